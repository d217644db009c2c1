import type { HubContext } from '../../access/index.js';
import { PersonFields, Problems } from '../../caseload/index.js';
import { beforeSelf, mayAskForCall, maySendCode } from '../../identity/index.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { newId } from '../../platform/id.js';
import { enqueue } from '../../platform/jobs/enqueue.js';
import { languageOf } from '../../screening/index.js';
import { SelfRequest } from './self-request.entity.js';
import type { BeginSelfReferralInput } from './self.inputs.js';
import { asThemselves } from './self-org.js';
import { askable } from './self-statement.js';
import { sendSelfCode } from './self.tasks.js';

const VALID_MS = 30 * 60_000;

/** The address as it is kept, or what is wrong with it. */
function addressOf({ way, address }: BeginSelfReferralInput): string {
  const problems = new Problems();
  const check = new PersonFields(problems);
  const kept = way === 'EMAIL' ? check.email('address', address) : check.phone('address', address);
  const [wrong] = problems.userErrors;
  if (wrong) return refuse(wrong.code, wrong.message, 'address');
  return kept ?? refuse('REQUIRED', 'This is needed.', 'address');
}

/**
 * Has a code sent to the way that somebody says is safe. The answer is the same whoever asks; from one place, to one
 * address and for one service there is an end to it.
 */
export async function beginSelf(ctx: HubContext, input: BeginSelfReferralInput): Promise<string> {
  const address = addressOf(input);
  const { service } = await askable(ctx, input.serviceId);
  await ctx.db.end();
  await beforeSelf(ctx, service.id);
  const byCall = input.way === 'CALL';
  const room = byCall ? await mayAskForCall(ctx, address, service.id) : await maySendCode(ctx, address);
  if (!room) {
    refuse('TOO_MANY_CODES', 'Enough was asked for there today. Try again tomorrow, or call them.', 'address');
  }
  const id = newId();
  await asThemselves(ctx, id, async (as) => {
    const em = await as.db.em();
    await em.execute('select hub.begin_self()');
    const now = ctx.clock.now();
    em.create(SelfRequest, {
      id,
      orgId: as.caller?.organizationId ?? '',
      serviceId: service.id,
      way: input.way,
      address,
      language: languageOf(ctx, input.language),
      wrong: 0,
      createdAt: now,
      expiresAt: new Date(now.getTime() + VALID_MS),
    });
    await em.flush();
    if (!byCall) await enqueue(em, sendSelfCode, { requestId: id });
  });
  return id;
}
