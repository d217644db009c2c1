import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { network } from '../../../../test/hsds-network.js';
import { schemaDir, unlessSchemas } from '../../../../test/hsds-schemas.js';
import { columnsOf, entityNames } from '../model.js';

const fields = entityNames.flatMap((entity) => columnsOf(entity).map(({ name }) => `${entity}.${name}`));

describe('the directories that the round trip is tried with', () => {
  it.each(['public', 'all'] as const)(
    'fill every field of every table, and leave out all that may be (%s)',
    (extent) => {
      const filled = new Set<string>();
      const empty = new Set<string>();
      for (const made of fc.sample(network(extent === 'public'), { numRuns: 150, seed: 7 })) {
        for (const entity of entityNames) {
          for (const row of made[entity] ?? []) {
            for (const { name } of columnsOf(entity)) {
              (row[name] === null || row[name] === undefined ? empty : filled).add(`${entity}.${name}`);
            }
          }
        }
      }
      expect(fields.filter((field) => !filled.has(field))).toEqual([]);
      const must = entityNames.flatMap((entity) =>
        columnsOf(entity).flatMap(({ name, kind, required }) =>
          required || kind === 'any' || kind === 'entity' ? [`${entity}.${name}`] : [],
        ),
      );
      expect([...empty].filter((field) => must.includes(field))).toEqual([]);
    },
  );
});

interface Schema {
  properties: Record<string, { type?: string; items?: unknown; $ref?: string }>;
}

describe.skipIf(!schemaDir)(`the model${unlessSchemas}`, () => {
  const schema = (entity: string): Schema =>
    JSON.parse(readFileSync(join(schemaDir ?? '', `${entity}.json`), 'utf8')) as Schema;

  it.each(entityNames)('has every field that the published schema of %s has', (entity) => {
    const own = new Set(['id', ...columnsOf(entity).map(({ name }) => name)]);
    const missing = Object.entries(schema(entity).properties).flatMap(([name, { type, $ref }]) =>
      // Lists and objects are rows of other tables.
      own.has(name) || type === 'array' || type === 'object' || $ref !== undefined ? [] : [name],
    );
    expect(missing).toEqual([]);
  });
});
