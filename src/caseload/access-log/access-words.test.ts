import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { actionWords } from './access-words.js';

const root = join(import.meta.dirname, '..', '..');
/** What is audited about accounts, organizations and rules, and is about no person in care. */
const NO_PERSON =
  /^(account|apikey|hub|instrument|member|organization|population|service|session|webhook)\.|^screening\.rules$/;
const AUDITED = /(?:\baction: |\b(?:audit|note)\(ctx, |\bauditReferral\(ctx, [\w.]+, )'([a-z-]+\.[a-z-]+)'/g;

const actions = new Set(
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .flatMap((path) =>
      [...readFileSync(join(root, path), 'utf8').matchAll(AUDITED)].map(([, action]) => String(action)),
    )
    .filter((action) => !NO_PERSON.test(action)),
);

describe('an entry of the access log', () => {
  it('has words in both languages for whatever is audited about a person', () => {
    expect(actions.size).toBeGreaterThan(60);
    const bare = [...actions].filter((action) => Object.values(actionWords(action)).includes(action));
    expect(bare).toEqual([]);
  });
});
