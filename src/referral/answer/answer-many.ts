import { GraphQLError } from 'graphql';
import { writeAudited, type HubContext } from '../../access/index.js';
import { colleagueById } from '../../identity/index.js';
import { refuse, Refusal, UserError } from '../../platform/graphql/refusal.js';
import { inLanguage } from '../../platform/sentences.js';
import { tellBothSides } from '../announce.js';
import { auditReferral } from '../audit-referral.js';
import { isTerminal } from '../machine.js';
import type { Referral } from '../referral.entity.js';
import { lockReferral, refuseAsItStands } from '../take-step.js';

/** What became of one of several. */
export interface RowResult {
  id: string;
  refusal: UserError | null;
}

/** Does the same to each of several referrals, each in a transaction of its own: what is refused for one stops no other. */
export async function eachOf(
  ctx: HubContext,
  ids: readonly string[],
  work: (id: string) => Promise<unknown>,
): Promise<RowResult[]> {
  const results: RowResult[] = [];
  for (const id of new Set(ids)) {
    try {
      await writeAudited(ctx, () => work(id));
      results.push({ id, refusal: null });
    } catch (error) {
      results.push({ id, refusal: refusalOf(ctx, error) });
    }
  }
  return results;
}

function refusalOf(ctx: HubContext, error: unknown): UserError {
  const gone = error instanceof GraphQLError && ['NOT_FOUND', 'FORBIDDEN'].includes(String(error.extensions['code']));
  if (!(error instanceof Refusal) && !gone) throw error;
  const said = gone ? new Refusal('NOT_FOUND', 'This referral is not in your inbox any more.') : (error as Refusal);
  return Object.assign(new UserError(), said.toUserError(), { message: inLanguage(said.message, ctx.language) });
}

/** Gives a referral to a colleague to work on, or to nobody. */
export async function assignReferral(ctx: HubContext, id: string, userId: string | null): Promise<Referral> {
  const referral = await lockReferral(ctx, id, 'answer');
  auditReferral(ctx, referral, 'referral.assign');
  const { status } = referral;
  if (isTerminal(status)) refuseAsItStands(referral, 'FINISHED', 'This referral is finished and cannot change.');
  const colleague = userId === null ? null : await colleagueById(ctx, userId);
  if (userId !== null && !colleague?.roles.some((role) => role.startsWith('AGENCY_'))) {
    refuse('NOT_A_COLLEAGUE', 'Choose somebody who works at your agency now.', 'userId');
  }
  referral.assignedToId = userId;
  const em = await ctx.db.em();
  await em.flush();
  await tellBothSides(em, referral);
  return referral;
}
