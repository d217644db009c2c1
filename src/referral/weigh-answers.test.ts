import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { patient } from '../../test/caseload-factories.js';
import { insert } from '../../test/factories.js';
import { testHub, type TestHub } from '../../test/hub.js';
import { pair, type Pair } from '../../test/referral-factories.js';
import { asTask } from '../platform/database/operation.js';
import { newId } from '../platform/id.js';
import { FEWEST_PEOPLE, weighAnswers } from './weigh-answers.js';

const HOUR = 3_600_000;

describe('how agencies answer referrals', () => {
  let hub: TestHub;
  const run = () =>
    weighAnswers.run(
      {},
      {
        db: asTask(hub.orm),
        platform: hub.platform,
        job: { id: '1', attempt: 1, last: false, signal: new AbortController().signal },
      },
    );
  const weighed = async ({ agency }: Pair) =>
    (
      await hub.sql<{ answered: number; points: number; median_hours: number; helped_share: number }>(
        'select answered, points, median_hours, helped_share from hub.agency_answers where organization_id = $1',
        [agency.organization.id],
      )
    )[0];

  /** Referrals of as many people, answered after some hours. */
  async function referrals(made: Pair, people: number, after: number, columns: Record<string, unknown>): Promise<void> {
    const { sender, agency, serviceId, consentId, owner } = made;
    for (let n = 0; n < people; n += 1) {
      const sentAt = new Date(hub.clock.now().getTime() - 40 * 24 * HOUR);
      await insert(hub, 'referral', {
        id: newId(),
        from_org_id: sender.organization.id,
        to_org_id: agency.organization.id,
        patient_id: await patient(hub, owner, {}),
        service_id: serviceId,
        categories: ['food-insecurity'],
        consent_id: consentId,
        shared: {},
        patient_label: 'A. B.',
        sent_by: sender.user.id,
        sent_by_name: 'Somebody',
        sent_at: sentAt,
        answer_due_at: new Date(sentAt.getTime() + 48 * HOUR),
        answered_at: new Date(sentAt.getTime() + after * HOUR),
        ...columns,
      });
    }
  }

  beforeAll(async () => {
    hub = await testHub();
  });
  afterAll(() => hub.stop());

  it('are weighed for many people only, bounded, and one referral does not tip them', async () => {
    const [good, bad, few] = [await pair(hub), await pair(hub), await pair(hub)];
    await referrals(good, 30, 5, { status: 'COMPLETED', outcome: 'HELP_RECEIVED' });
    await referrals(bad, 30, 300, { status: 'REJECTED' });
    await referrals(few, FEWEST_PEOPLE - 1, 5, { status: 'COMPLETED', outcome: 'HELP_RECEIVED' });
    await run();
    const [best, worst] = [await weighed(good), await weighed(bad)];
    expect(best).toMatchObject({ answered: 30, median_hours: 5 });
    expect(best?.points).toBeGreaterThan(0.85);
    expect(worst?.points).toBeLessThan(0.45);
    expect(await weighed(few)).toBeUndefined();
    await referrals(good, 1, 1, { status: 'REJECTED' });
    await run();
    expect(Math.abs(((await weighed(good))?.points ?? 0) - (best?.points ?? 0))).toBeLessThan(0.03);
  });

  it('reach the search, which ranks by them', async () => {
    const [good, bad] = [await pair(hub), await pair(hub)];
    await hub.sql(`update hub.service set name = 'Viola da gamba' where id in ($1, $2)`, [
      good.serviceId,
      bad.serviceId,
    ]);
    await referrals(good, 20, 5, { status: 'COMPLETED', patient_confirmation: 'HELPED' });
    await referrals(bad, 20, 300, { status: 'COMPLETED', patient_confirmation: 'NOT_HELPED' });
    await run();
    await hub.runJobs();
    const { searchServices } = await good.sender.gql(
      'query { searchServices(input: { text: "viola gamba" }) { edges { node { service { id } explanation { name points words } } } } }',
    );
    const ids = searchServices.edges.map((edge: { node: { service: { id: string } } }) => edge.node.service.id);
    expect(ids.slice(0, 2)).toEqual([good.serviceId, bad.serviceId]);
    expect(searchServices.edges[0].node.explanation).toContainEqual(
      expect.objectContaining({ name: 'answers', words: 'Answers referrals fast and helps' }),
    );
  });
});
