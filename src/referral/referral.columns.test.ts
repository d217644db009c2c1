import { isLeafType, getNamedType, isObjectType } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '../../test/actors.js';
import { testHub, type TestHub } from '../../test/hub.js';
import { pair, send, take, type Pair } from '../../test/referral-factories.js';

let hub: TestHub;
let between: Pair;
let ids: string[];

beforeAll(async () => {
  hub = await testHub({ now: new Date('2026-11-18T15:00:00Z') });
  between = await pair(hub);
  ids = [];
  for (let i = 0; i < 4; i += 1) ids.push(await send(await pair(hub, between)));
  const [accepted, declined, ended] = ids as [string, string, string];
  await take(between.agency, 'acceptReferral', accepted, { note: 'Coming.' });
  await take(between.agency, 'declineReferral', declined, { reasonCode: 'NO_CAPACITY', reason: 'Full.' });
  await take(between.agency, 'acceptReferral', ended);
  await take(between.agency, 'startReferral', ended);
  await take(between.agency, 'completeReferral', ended, { outcome: 'HELP_RECEIVED' });
  hub.clock.advance({ hours: 200 });
}, 60_000);
afterAll(() => hub.stop());

/** Every field of a referral with something below it, as a document asks for it. */
function selections(): string[] {
  const type = hub.app.schema().getType('Referral');
  if (!isObjectType(type)) throw new Error('No referrals in the schema');
  return Object.values(type.getFields()).map((field) => {
    const inner = getNamedType(field.type);
    return isLeafType(inner) ? field.name : `${field.name} { __typename }`;
  });
}

interface Lines {
  list: { edges: { node: Record<string, unknown> }[] };
}

async function linesOf(actor: Actor, list: string, fields: string): Promise<Record<string, unknown>[]> {
  const { list: found } = await actor.gql<Lines>(`{ list: ${list} { edges { node { id ${fields} } } } }`);
  return found.edges.map(({ node }) => node);
}

// First: what comes later asks for more selections than are told apart.
it('reads few columns for a line, and all of them for a field that it does not know', async () => {
  const { columnsFor } = await import('./referral.columns.js');
  const { REFERRAL_COLUMNS } = await import('./referral.row.js');
  expect(columnsFor(new Set(['patientLabel']))).toEqual([
    'id',
    'from_org_id',
    'to_org_id',
    'status',
    'patient_label',
    'answered_at',
  ]);
  expect(columnsFor(new Set(['status', 'aFieldOfTomorrow']))).toBe(REFERRAL_COLUMNS);
});

it('shows the same of a referral whether a field is asked for alone or with all others', async () => {
  const all = selections();
  expect(all.length).toBeGreaterThan(30);
  for (const [actor, list] of [
    [between.agency, 'inbox(first: 20)'],
    [between.sender, 'referrals(filter: { queue: ALL }, first: 20)'],
  ] as const) {
    const whole = await linesOf(actor, list, all.join(' '));
    expect(whole).toHaveLength(4);
    for (const selection of all) {
      const name = selection.split(' ', 1)[0] ?? '';
      const alone = await linesOf(actor, list, selection);
      expect(alone).toEqual(whole.map((row) => ({ id: row['id'], [name]: row[name] })));
    }
  }
});

it('shows the same of one referral, whichever of its fields are asked for', async () => {
  const all = selections();
  for (const actor of [between.agency, between.sender]) {
    for (const id of ids) {
      const page = `query ($id: ID!) { referral(id: $id) { ${all.join(' ')} } }`;
      const { referral: whole } = await actor.gql<{ referral: Record<string, unknown> }>(page, { id });
      for (const selection of all) {
        const name = selection.split(' ', 1)[0] ?? '';
        const alone = await actor.gql(`query ($id: ID!) { referral(id: $id) { ${selection} } }`, { id });
        expect(alone).toEqual({ referral: { [name]: whole[name] } });
      }
    }
  }
});
