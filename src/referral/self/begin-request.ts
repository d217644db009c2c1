import { languageOf, type HubContext } from '../../access/index.js';
import { PersonFields, Problems } from '../../caseload/index.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { newId } from '../../platform/id.js';
import { enqueue } from '../../platform/jobs/enqueue.js';
import type { SelfWay } from './self.enums.js';
import { SelfRequest } from './self-request.entity.js';
import { asThemselves } from './self-org.js';
import { sendSelfCode } from './self.tasks.js';

const VALID_MS = 30 * 60_000;

/** The way that somebody says is safe. */
export interface GivenWay {
  way: SelfWay;
  address: string;
  language?: string | null;
}

/** The address as it is kept, or what is wrong with it. */
export function addressOf({ way, address }: GivenWay): string {
  const problems = new Problems();
  const check = new PersonFields(problems);
  const kept = way === 'EMAIL' ? check.email('address', address) : check.phone('address', address);
  const [wrong] = problems.userErrors;
  if (wrong) return refuse(wrong.code, wrong.message, 'address');
  return kept ?? refuse('REQUIRED', 'This is needed.', 'address');
}

export const tooManyCodes = (): never =>
  refuse('TOO_MANY_CODES', 'Enough was asked for there today. Try again tomorrow, or call them.', 'address');

/** Keeps the request for half an hour, and has its code sent where one goes. */
export async function beginRequest(ctx: HubContext, given: GivenWay, serviceId: string | null): Promise<string> {
  const id = newId();
  await asThemselves(ctx, id, async (as) => {
    const em = await as.db.em();
    await em.execute('select hub.begin_self()');
    const now = ctx.clock.now();
    em.create(SelfRequest, {
      id,
      orgId: as.caller?.organizationId ?? '',
      serviceId,
      way: given.way,
      address: given.address,
      language: languageOf(ctx, given.language),
      wrong: 0,
      createdAt: now,
      expiresAt: new Date(now.getTime() + VALID_MS),
    });
    await em.flush();
    if (given.way !== 'CALL') await enqueue(em, sendSelfCode, { requestId: id });
  });
  return id;
}
