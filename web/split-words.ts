import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Plugin } from 'vite';

const source = join(import.meta.dirname, 'src');
const routes = join(source, 'routes');
const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|svelte)$/.test(name))
    .map((name) => join(folder, name));
}

/** The file of this client that an import names; nothing for a package, and for the generated documents, which say nothing. */
function imported(from: string, name: string): string | undefined {
  if (name.includes('/gql/') || !/^(#lib\/|\.)/.test(name)) return undefined;
  const path = name.startsWith('#lib/') ? join(source, 'lib', name.slice(5)) : resolve(dirname(from), name);
  return [path, `${path}.ts`, path.replace(/\.js$/, '.ts')].find(isFile);
}

/** Every source that the pages open to everybody load at once, by their imports. */
function openSources(): string[] {
  const frame = readdirSync(routes).filter((name) => name.startsWith('+'));
  const found = new Set([...sourcesIn(join(routes, '(open)')), ...frame.map((name) => join(routes, name))]);
  // A set hands out what is added while it is walked.
  for (const file of found) {
    for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?'([^']+)'/g)) {
      const next = imported(file, name);
      if (next) found.add(next);
    }
  }
  return [...found];
}

/** Whether a page open to everybody can say a message: its key stands there, or the name of its enum does. */
function saidInTheOpen(): (key: string) => boolean {
  const text = openSources()
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const named = new Set([...text.matchAll(/'([\w.]+)'/g)].map(([, name = '']) => name));
  return (key) => named.has(key) || named.has(/^enum\.(\w+)\./.exec(key)?.[1] ?? '');
}

/**
 * Cuts each catalogue in two: `en.json?open` is what the pages open to everybody say, `en.json?work` the rest.
 * Whole, a catalogue is 23 kB compressed of the 100 kB that the first page may load; its open part is 9 kB.
 */
export const splitWords: Plugin = {
  name: 'split-words',
  enforce: 'pre',
  load(id) {
    const [, file, part] = /^(.*\/i18n\/\w+\.json)\?(open|work)$/.exec(id) ?? [];
    if (!file) return null;
    this.addWatchFile(file);
    const open = saidInTheOpen();
    const all = Object.entries<string>(JSON.parse(readFileSync(file, 'utf8')));
    const kept = all.filter(([key]) => open(key) === (part === 'open'));
    return { code: `export default ${JSON.stringify(Object.fromEntries(kept))};`, map: null, moduleType: 'js' };
  },
};
