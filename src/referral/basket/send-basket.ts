import type { HubContext } from '../../access/index.js';
import { capacityOf } from '../../directory/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { refuse, Refusal } from '../../platform/graphql/refusal.js';
import { keptText } from '../answered.js';
import { prepare, type Prepared } from '../prepare-referral.js';
import { isOpenAlready } from '../preview-warnings.js';
import { sendReferral } from '../send-referral.js';
import type { BasketItemInput, PreviewReferralsInput, SendReferralsInput } from './basket.inputs.js';

const MOST = 8;
/** What concerns the person stands in the way of all; the others stand in the way of one agency. */
const OF_ALL: ReadonlySet<string> = new Set(['PATIENT_NOT_ACTIVE', 'TOO_LONG']);

/** What became of one service on the list. */
export interface Sent {
  serviceId: string;
  referralId: string | null;
  code: string | null;
  message: string | null;
}

/** Different services, not too many of them. */
export function checkItems({ items }: PreviewReferralsInput): void {
  if (items.length === 0 || items.length > MOST) fail.badInput('input.items', `1 to ${MOST} services are expected`);
  for (const [index, { serviceId }] of items.entries()) {
    const first = items.findIndex((item) => item.serviceId === serviceId);
    if (first < index) fail.badInput(`input.items.${index}.serviceId`, 'each service is expected once');
  }
}

/** Why an agency is left out of a list that is sent, though each alone could be asked. */
export async function demandFresh(ctx: HubContext, prepared: Prepared, item: BasketItemInput): Promise<void> {
  if (await isOpenAlready(ctx, prepared)) {
    refuse('ASKED_ALREADY', 'This patient already has an open referral to this service.');
  }
  if (!item.evenIfFull && capacityOf(prepared.service, ctx.clock.now()).status === 'NO_CAPACITY') {
    refuse('NO_ROOM', 'The service says it has no room right now.');
  }
}

/** The reason of a refusal that concerns this agency alone; what concerns all goes on. */
export function reasonOf(error: unknown): Refusal {
  if (error instanceof Refusal && !OF_ALL.has(error.code)) return error;
  throw error;
}

/**
 * One at a time for each person, so that of two tabs with the same list the second finds what the first one sent; and
 * the needs of all items in one order, as whoever sends one referral takes them.
 */
async function takeTurn(ctx: HubContext, { patientId, items }: SendReferralsInput): Promise<void> {
  const em = await ctx.db.em();
  await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`basket|${patientId}`]);
  const ids = [...new Set(items.flatMap((item) => item.needIds))];
  await em.execute('select id from hub.need where id = any (?::uuid[]) and patient_id = ? order by id for update', [
    `{${ids.join()}}`,
    patientId,
  ]);
}

/**
 * Sends to all services of a list that may be sent to, in one transaction. Whatever refuses a referral does so before its
 * first row is written, so the others need no transaction of their own: what cannot be sent is said, and all that is
 * said to be sent was sent.
 */
export async function sendBasket(ctx: HubContext, input: SendReferralsInput): Promise<Sent[]> {
  keptText(input.request, 2000, 'request');
  await takeTurn(ctx, input);
  const sent: Sent[] = [];
  for (const item of input.items) sent.push(await sendOne(ctx, input, item));
  return sent;
}

async function sendOne(ctx: HubContext, input: SendReferralsInput, item: BasketItemInput): Promise<Sent> {
  const { patientId, priority, request, household, idempotencyKey } = input;
  const { serviceId, siteId, needIds, share } = item;
  const one = { patientId, serviceId, siteId, needIds, share, priority, request, household, idempotencyKey };
  const before = ctx.audit.waiting;
  try {
    await demandFresh(ctx, await prepare(ctx, one, 'locked'), item);
    const { id } = await sendReferral(ctx, one);
    return { serviceId, referralId: id, code: null, message: null };
  } catch (error) {
    const { code, message } = reasonOf(error);
    ctx.audit.refused(before);
    // What exactly a consent would have to say stands in the preview; kept with the key are sentences of nobody.
    const said = code === 'CONSENT_MISSING' ? 'No consent of the person covers this agency.' : message;
    return { serviceId, referralId: null, code, message: said };
  }
}
