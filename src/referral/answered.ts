import type { HubContext } from '../access/context.js';
import { fail } from '../platform/graphql/errors.js';
import type { Referral } from './referral.entity.js';
import type { Status } from './referral.enums.js';
import { takeStep, type StepInput } from './take-step.js';

/** A text of the input that is longer than it may be names its field and the limit. */
export function refuseLong(text: string | null | undefined, limit: number, field: string): void {
  if (text && text.length > limit) fail.badInput(`input.${field}`, `at most ${limit} characters are expected`);
}

/** A step with its reason, as every mutation that takes one makes it. */
export async function answered(
  ctx: HubContext,
  input: StepInput,
  to: Status,
  action: 'answer' | 'cancel',
): Promise<{ referral: Referral }> {
  refuseLong(input.reason, 1000, 'reason');
  return { referral: await takeStep(ctx, input, to, action) };
}
