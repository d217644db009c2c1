import { Arg, Ctx, Field, FieldResolver, ID, InputType, Mutation, Resolver, Root } from 'type-graphql';
import { Can, manyBy, type HubContext } from '../../access/index.js';
import { Colleague, colleagueById } from '../../identity/index.js';
import { keys } from '../../platform/database/compile.js';
import { payloadOf } from '../../platform/graphql/payload.js';
import { Referral } from '../referral.entity.js';
import { copyReferral, uncopyReferral } from './watch.js';

const NOW = 'The referral as it stands now.';
const CopyReferralPayload = payloadOf('CopyReferral', 'referral', Referral, NOW);
const UncopyReferralPayload = payloadOf('UncopyReferral', 'referral', Referral, NOW);

@InputType({ description: 'Colleagues to copy a referral to.' })
export class CopyReferralInput {
  @Field(() => ID, { description: 'The referral.' })
  id!: string;

  @Field(() => [ID], { description: 'Users of the viewer’s organization who may see the patient, at most 10.' })
  userIds!: string[];
}

@InputType({ description: 'A colleague who is no longer to follow a referral.' })
export class UncopyReferralInput {
  @Field(() => ID, { description: 'The referral.' })
  id!: string;

  @Field(() => ID, { description: 'The user.' })
  userId!: string;
}

/** Who follows a referral; row-level security and this condition show it to the sending side alone. */
const watchersOf = manyBy<{ referralId: string; userId: string }>(
  (ctx, ids) =>
    ctx.db.query(
      `select referral_id as "referralId", user_id as "userId" from hub.referral_watcher
       where referral_id = any ($1::uuid[]) and from_org_id = $2 order by added_at, user_id`,
      [keys(ids), ctx.caller?.organizationId ?? null],
    ),
  (row) => row.referralId,
);

/** Copies of a referral to colleagues of the sender. */
@Resolver(() => Referral)
export class WatchResolver {
  @Can('referral.send')
  @Mutation(() => CopyReferralPayload, {
    description: 'Copies a referral to colleagues: it stands in their list, and its letters go to them too.',
  })
  async copyReferral(
    @Arg('input', () => CopyReferralInput) input: CopyReferralInput,
    @Ctx() ctx: HubContext,
  ): Promise<{ referral: Referral }> {
    return { referral: await copyReferral(ctx, input.id, input.userIds) };
  }

  @Can('referral.send')
  @Mutation(() => UncopyReferralPayload, { description: 'Takes a copy back.' })
  async uncopyReferral(
    @Arg('input', () => UncopyReferralInput) input: UncopyReferralInput,
    @Ctx() ctx: HubContext,
  ): Promise<{ referral: Referral }> {
    return { referral: await uncopyReferral(ctx, input.id, input.userId) };
  }

  @FieldResolver(() => [Colleague], {
    description: 'Colleagues of the sender who follow it; empty for the agency.',
  })
  async copiedTo(@Root() referral: Referral, @Ctx() ctx: HubContext): Promise<Colleague[]> {
    const rows = await watchersOf(ctx, referral.id);
    const found = await Promise.all(rows.map((row) => colleagueById(ctx, row.userId)));
    return found.filter((one) => one !== null);
  }
}
