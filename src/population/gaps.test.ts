import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyStaff, anonymous, careManager, curator, operator, planAnalyst } from '../../test/actors.js';
import { Attacker } from '../../test/attacker.js';
import { patient } from '../../test/caseload-factories.js';
import { testHub, type TestHub } from '../../test/hub.js';
import { pair, send, step } from '../../test/referral-factories.js';
import { asTask } from '../platform/database/operation.js';
import { countGaps, keptCounts } from './gaps.js';

describe('what is kept of the counts', () => {
  it('never tells a small one, to somebody who knows the rule and adds up', () => {
    const people = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 90 }));
    fc.assert(
      fc.property(fc.array(people, { minLength: 1, maxLength: 7 }), (counts) => {
        const row = (county: string, count: number) => ({
          state: 'MD',
          county,
          category: 'food-insecurity',
          reason: 'NO_CAPACITY',
          people: count,
        });
        const kept = keptCounts(counts.map((count, index) => row(`C${index}`, count)));
        const shown = (county: string): number | null => kept.find((one) => one.county === county)?.people ?? null;
        const attacker = new Attacker();
        counts.forEach((count, index) => attacker.number(`C${index}`, count, shown(`C${index}`), count < 11));
        attacker.number(
          'all',
          counts.reduce((sum, count) => sum + count, 0),
          shown(''),
          false,
        );
        attacker.adds(
          'all',
          counts.map((_, index) => `C${index}`),
        );
        expect(attacker.learns()).toEqual([]);
        expect(kept.every((one) => one.people > 10)).toBe(true);
      }),
    );
  });
});

describe('the report of gaps', () => {
  let hub: TestHub;
  const asked =
    'query ($month: String) { helpGaps(month: $month) { month counted gaps { state county category need reason noRoom people } } }';
  beforeAll(async () => {
    hub = await testHub({ now: '2026-10-10T15:00:00Z' });
    const first = await pair(hub);
    const id = await send(first);
    const [{ version } = { version: 0 }] = await hub.sql<{ version: number }>(
      'select version from hub.referral where id = $1',
      [id],
    );
    await first.agency.gql(step('declineReferral'), {
      input: { id, expectedVersion: version, reasonCode: 'NO_CAPACITY', reason: 'Full.' },
    });
    // The same for others: 13 people of Howard, 12 of Carroll, 3 of Harford.
    const copy = async (county: string, people: number): Promise<void> => {
      for (let made = 0; made < people; made += 1) {
        const patientId = await patient(hub, first.owner, { county, state: 'MD' });
        await hub.sql(
          `with r as (insert into hub.referral select (jsonb_populate_record(x, jsonb_build_object('id', gen_random_uuid(), 'patient_id', $2::uuid))).*
               from hub.referral x where x.id = $1 returning id)
           insert into hub.referral_transition select (jsonb_populate_record(x, jsonb_build_object('id', gen_random_uuid(), 'referral_id', r.id))).*
             from hub.referral_transition x, r where x.referral_id = $1`,
          [id, patientId],
        );
      }
    };
    await copy('Howard', 13);
    await copy('Carroll', 12);
    await copy('Harford', 3);
    await hub.sql("update hub.patient set county = 'Howard', state = 'MD' where id = $1", [first.patientId]);
  });
  afterAll(() => hub.stop());
  const count = () => asTask(hub.orm).write((em) => countGaps(em, hub.clock.now()));

  it('waits until a month is over, and counts it once', async () => {
    const keeper = await curator(hub);
    await count();
    expect((await keeper.gql(asked, { month: '2026-10' })).helpGaps).toEqual({
      month: '2026-10',
      counted: false,
      gaps: [],
    });
    hub.clock.advance({ days: 24 });
    await count();
    const { helpGaps } = await keeper.gql(asked, { month: '2026-10' });
    const row = { state: 'MD', category: 'food-insecurity', need: 'Food', reason: 'No room right now', noRoom: true };
    // Harford's 3 hide behind Carroll's 12: their sum is the difference of what is shown.
    expect(helpGaps).toMatchObject({
      counted: true,
      gaps: [
        { ...row, county: null, people: 29 },
        { ...row, county: 'Howard', people: 14 },
      ],
    });
    await hub.sql('delete from hub.referral_transition where id in (select id from hub.referral_transition limit 9)');
    await count();
    expect((await keeper.gql(asked, { month: '2026-10' })).helpGaps).toEqual(helpGaps);
    expect((await keeper.gql(asked)).helpGaps.month).toBe('2026-10');
  });

  it('speaks Spanish, refuses what is no month, and is for those who keep the directory', async () => {
    const keeper = await curator(hub);
    expect(await keeper.codes(asked, { month: '2026-13' })).toEqual(['BAD_USER_INPUT']);
    for (const make of [careManager, agencyStaff, planAnalyst]) {
      expect(await (await make(hub)).codes(asked, {})).toEqual(['FORBIDDEN']);
    }
    expect(await (await anonymous(hub)).codes(asked, {})).toEqual(['UNAUTHENTICATED']);
    expect(await (await operator(hub)).codes(asked, {})).toEqual(['FORBIDDEN']);
  });

  it('keeps no small count in its table, which cannot hold one', async () => {
    expect(await hub.sql('select from hub.gap_count where people < 11')).toEqual([]);
    await expect(
      hub.sql("insert into hub.gap_count values ('2026-10-01', 'MD', 'Kent', 'food-insecurity', 'OTHER', 10)"),
    ).rejects.toThrow(/check constraint/);
  });
});
