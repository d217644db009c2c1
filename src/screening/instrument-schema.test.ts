import { Ajv } from 'ajv';
import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anyInstrument } from '../../test/arbitrary-instrument.js';
import { instrumentProblems, seededInstruments } from './instrument-file.js';

const schema = JSON.parse(readFileSync(resolve('docs/instrument.schema.json'), 'utf8')) as object;
const valid = new Ajv({ strict: false }).compile(schema);

/** The value stays, under a name with a slip of the pen. */
const RENAMED = Symbol('renamed');

interface Place {
  parent: Record<string, unknown>;
  name: string;
}

/** Every value in a form, with where it stands. */
function places(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const parent = value as Record<string, unknown>;
  return Object.keys(parent).flatMap((name) => [{ parent, name }, ...places(parent[name])]);
}

describe('the published schema of instruments', () => {
  it('holds for every form of the hub, and for every form that the hub takes', () => {
    for (const form of seededInstruments()) {
      expect([form.key, valid(form), valid.errors]).toEqual([form.key, true, null]);
    }
    fc.assert(
      fc.property(anyInstrument, (form) => {
        expect(instrumentProblems(form)).toEqual([]);
        expect([valid(form), valid.errors]).toEqual([true, null]);
      }),
    );
  });

  it('refuses no broken form that the hub takes: whatever it refuses is refused at the door too', () => {
    const wrong = fc.constantFrom<unknown>(undefined, null, 0, -1, '', 'x y', [], {}, true, [null], RENAMED);
    let refused = 0;
    fc.assert(
      fc.property(fc.constantFrom(...seededInstruments()), fc.nat(), wrong, (form, pick, value) => {
        const copy = structuredClone(form);
        const all = places(copy);
        const place = all[pick % all.length]!;
        if (value === RENAMED) place.parent[`${place.name}s`] = place.parent[place.name];
        if (value === undefined || value === RENAMED) delete place.parent[place.name];
        else place.parent[place.name] = value;
        const file: unknown = JSON.parse(JSON.stringify(copy));
        if (valid(file)) return;
        refused += 1;
        expect([place.name, String(value), instrumentProblems(file).length > 0]).toEqual([
          place.name,
          String(value),
          true,
        ]);
      }),
      { numRuns: 1000 },
    );
    expect(refused).toBeGreaterThan(300);
  });
});
