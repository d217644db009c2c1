import type { HubContext } from '../../access/index.js';
import { beforeSelf, mayAskForCall, maySendCode } from '../../identity/index.js';
import { addressOf, beginRequest, tooManyCodes } from './begin-request.js';
import type { BeginSelfReferralInput } from './self.inputs.js';
import { askable } from './self-statement.js';

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
  if (!room) tooManyCodes();
  return beginRequest(ctx, { ...input, address }, service.id);
}
