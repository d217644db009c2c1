import { afterAll, beforeAll, expect, it } from 'vitest';
import { agencyStaff, anonymous, careManager, curator, type Actor } from '../../../test/actors.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { listing } from '../../../test/listings.js';
import { act } from '../../../test/suggestions.js';
import { asTask } from '../../platform/database/operation.js';
import { findDuplicates } from '../duplicate/find-duplicates.js';

let hub: TestHub;
let keeper: Actor;
beforeAll(async () => {
  hub = await testHub({ now: '2026-11-20T15:00:00Z' });
  keeper = await curator(hub);
});
afterAll(() => hub.stop());

const asked = '{ deskCounts { due suggestions duplicates claims } }';
const counts = async () => (await keeper.gql(asked)).deskCounts;

it('counts what each list of the desk holds, and is nobody else’s', async () => {
  const before = await counts();
  const due = { assured_date: '2025-01-02', next_verification_on: '2026-01-02' };
  const site = { address1: '12 Cedar Row', zip: '21044' };
  const one = await listing(hub, { name: 'Cedar Row Pantry', site, columns: due });
  await listing(hub, { name: 'Cedar Row Pantry', site, columns: { ...due, next_verification_on: '2027-11-02' } });
  await listing(hub, { name: 'Closed Pantry', status: 'defunct', columns: due });
  await findDuplicates(asTask(hub.orm), hub.clock.now());
  const visitor = await anonymous(hub);
  const claim = { serviceId: one.id, name: 'Ana Ruiz', email: 'ana.ruiz@example.net' };
  await act(visitor, 'claimListing', claim, 'claimed');
  await act(visitor, 'reportListing', { serviceId: one.id, signal: 'WRONG_NUMBER' }, 'reported');
  await hub.runJobs();
  const more = { due: 1, suggestions: 1, duplicates: 1, claims: 1 };
  expect(await counts()).toEqual(
    Object.fromEntries(Object.entries(more).map(([name, number]) => [name, before[name] + number])),
  );
  for (const who of [await careManager(hub), await agencyStaff(hub)]) {
    expect(await who.codes(asked)).toEqual(['FORBIDDEN']);
  }
  expect(await visitor.codes(asked)).toEqual(['UNAUTHENTICATED']);
});
