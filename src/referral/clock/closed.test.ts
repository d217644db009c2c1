import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testHub, type TestHub } from '../../../test/hub.js';
import { pair, send, take, type Pair } from '../../../test/referral-factories.js';
import { newId } from '../../platform/id.js';

/** Ten o'clock in New York, on the day before the agency closes for a fortnight and more. */
const EVE = '2026-12-15T15:00:00Z';
const CLOSED = Array.from({ length: 16 }, (_, n) => `2026-12-${String(n + 16).padStart(2, '0')}`);
const PREVIEW = `query ($input: PreviewReferralInput!) { previewReferral(input: $input) { warnings } }`;

let hub: TestHub;
beforeAll(async () => {
  hub = await testHub({ now: EVE });
});
afterAll(() => hub.stop());

/** An agency that said before anybody asked that it will be closed. */
async function closing(at: string): Promise<Pair> {
  await hub.sql('update hub.referral set next_clock_at = null');
  hub.clock.set(at);
  const here = await pair(hub);
  await hub.sql('insert into hub.answering_times (id, organization_id, closed_on) values ($1, $2, $3::date[])', [
    newId(),
    here.agency.organization.id,
    CLOSED,
  ]);
  return here;
}
/** The tick of that minute; what it did for one referral, and whether it stands before the sender. */
async function at(moment: string, id: string) {
  hub.clock.set(moment);
  await hub.sql(`select hub.enqueue('referral.tick')`);
  await hub.runJobs();
  const [row] = await hub.sql<{ stalled: boolean; steps: string[] }>(
    `select stalled_at is not null as stalled, array(select step from hub.referral_clock_step where referral_id = r.id order by at) as steps
     from hub.referral r where id = $1`,
    [id],
  );
  return { stalled: row?.stalled, last: row?.steps.at(-1) };
}

describe('an agency that is closed for long', () => {
  it('keeps no sender waiting who asked while it was closed: days after it was asked, not weeks', async () => {
    const here = await closing('2026-12-17T15:00:00Z');
    const urgent = await send(here, { priority: 'URGENT' });
    expect(await at('2026-12-21T14:59:00Z', urgent)).toEqual({ stalled: false, last: undefined });
    expect(await at('2026-12-21T15:00:00Z', urgent)).toEqual({ stalled: true, last: 'HAND_OVER' });
    const other = await closing('2026-12-17T15:00:00Z');
    const routine = await send(other);
    expect(await at('2026-12-24T14:59:00Z', routine)).toEqual({ stalled: false, last: undefined });
    expect(await at('2026-12-24T15:00:00Z', routine)).toEqual({ stalled: true, last: 'HAND_OVER' });
  });

  it('that accepts on the eve of it and reaches nobody comes before the sender too, days after it closed', async () => {
    const here = await closing(EVE);
    const id = await send(here, { priority: 'URGENT' });
    hub.clock.set('2026-12-15T21:30:00Z');
    await take(here.agency, 'acceptReferral', id);
    expect(await at('2026-12-19T21:59:00Z', id)).toMatchObject({ stalled: false });
    expect(await at('2026-12-19T22:00:00Z', id)).toEqual({ stalled: true, last: 'ESCALATE_CONTACT' });
  });

  it('is named before sending, with the day on which it works again; a weekend is not', async () => {
    const here = await closing('2026-12-17T15:00:00Z');
    const input = { patientId: here.patientId, serviceId: here.serviceId, needIds: [here.needId] };
    const warnings = async () => (await here.sender.gql(PREVIEW, { input })).previewReferral.warnings.join(' ');
    expect(await warnings()).toContain('They are closed until January 4, 2027.');
    hub.clock.set('2026-12-12T15:00:00Z');
    expect(await warnings()).not.toContain('closed');
  });
});
