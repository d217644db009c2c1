import type { HubContext } from '../access/index.js';
import { refuse } from '../platform/graphql/refusal.js';
import type { Referral } from './referral.entity.js';
import { takeStep, type Move, type StepInput } from './take-step.js';

/** Text as it is kept: trimmed, null when empty, refused when it is longer than `limit` characters. */
export function keptText(text: string | null | undefined, limit: number, field: string): string | null {
  const kept = text?.trim() || null;
  return kept && kept.length > limit ? refuse('TOO_LONG', `Use at most ${limit} characters.`, field) : kept;
}

/** A step with its reason, as every mutation that takes one makes it. */
export async function answered(
  ctx: HubContext,
  input: StepInput,
  to: Move,
  action: 'answer' | 'cancel' | 'send',
): Promise<{ referral: Referral }> {
  keptText(input.reason, 1000, 'reason');
  return { referral: await takeStep(ctx, input, to, action) };
}
