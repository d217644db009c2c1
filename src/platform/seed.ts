import { readFileSync, readdirSync } from 'node:fs';

const folder = new URL('../../seeds/', import.meta.url);

/** One reference file of `seeds/`, parsed; the path is relative to that folder. */
export function readSeed(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, folder), 'utf8'));
}

/** The JSON files of a folder of `seeds/`, in the order of their names, as paths for readSeed. */
export function seedsIn(path: string): string[] {
  return readdirSync(new URL(`${path}/`, folder))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => `${path}/${name}`);
}
