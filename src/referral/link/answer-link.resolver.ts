import { Arg, Ctx, Field, FieldResolver, ID, InputType, Mutation, ObjectType, Resolver, Root } from 'type-graphql';
import { Can, manyBy, type HubContext } from '../../access/index.js';
import { toDate, toDateOrNull } from '../../platform/database/rows.js';
import { DateTimeISO } from '../../platform/graphql/scalars.js';
import { payloadOf } from '../../platform/graphql/payload.js';
import { ReferralContact } from '../answer/referral-contact.entity.js';
import { Referral } from '../referral.entity.js';
import { contactsOf } from '../referral.loaders.js';
import { sideOf } from '../take-step.js';
import { renewLink, withdrawLink } from './renew-link.js';

@ObjectType({ description: 'The link by which an agency answers a referral without an account.' })
export class AnswerLink {
  @Field(() => DateTimeISO, { description: 'When the first letter with it left.' })
  createdAt!: Date;

  @Field(() => DateTimeISO, { description: 'Until when it works.' })
  expiresAt!: Date;

  @Field(() => DateTimeISO, { nullable: true, description: 'When somebody first opened it.' })
  openedAt!: Date | null;

  @Field(() => DateTimeISO, { nullable: true, description: 'When somebody first answered by it.' })
  answeredAt!: Date | null;

  @Field(() => DateTimeISO, { nullable: true, description: 'When the sender took it back; null while it stands.' })
  withdrawnAt!: Date | null;
}

interface LinkRow {
  referralId: string;
  createdAt: string;
  expiresAt: string;
  openedAt: string | null;
  answeredAt: string | null;
  withdrawnAt: string | null;
}
const linksOf = manyBy(
  (ctx: HubContext, ids) =>
    ctx.db.query<LinkRow>(
      `select distinct on (referral_id) referral_id as "referralId", created_at as "createdAt", expires_at as "expiresAt",
         opened_at as "openedAt", answered_at as "answeredAt", revoked_at as "withdrawnAt"
       from hub.referral_link where referral_id = any ($1::uuid[]) and from_org_id = $2 order by referral_id, created_at desc, id desc`,
      [ids, ctx.caller?.organizationId ?? null],
    ),
  (row) => row.referralId,
);

@InputType({ description: 'The referral whose link no longer works.' })
export class WithdrawAnswerLinkInput {
  @Field(() => ID, { description: 'The referral.' })
  id!: string;
}

@InputType({ description: 'The referral whose agency gets a new link.' })
export class RenewAnswerLinkInput {
  @Field(() => ID, { description: 'The referral.' })
  id!: string;
}
const WithdrawAnswerLinkPayload = payloadOf('WithdrawAnswerLink', 'referral', Referral, 'The referral.');
const RenewAnswerLinkPayload = payloadOf('RenewAnswerLink', 'referral', Referral, 'The referral.');

/** How the agency may answer without an account, and how often it tried to reach the person. */
@Resolver(() => Referral)
export class ReferralReach {
  @FieldResolver(() => AnswerLink, {
    nullable: true,
    description: 'The newest link that went to the agency; only for the sending side. Null before a letter left.',
  })
  async answerLink(@Root() referral: Referral, @Ctx() ctx: HubContext): Promise<AnswerLink | null> {
    if (sideOf(ctx, referral) !== 'REQUESTER') return null;
    const [row] = await linksOf(ctx, referral.id);
    if (!row) return null;
    const [openedAt, answeredAt, withdrawnAt] = [row.openedAt, row.answeredAt, row.withdrawnAt].map(toDateOrNull);
    return {
      createdAt: toDate(row.createdAt),
      expiresAt: toDate(row.expiresAt),
      openedAt: openedAt ?? null,
      answeredAt: answeredAt ?? null,
      withdrawnAt: withdrawnAt ?? null,
    };
  }

  @FieldResolver(() => [ReferralContact], {
    description: 'Each time the agency tried to reach the person, oldest first.',
  })
  contactAttempts(@Root() referral: Referral, @Ctx() ctx: HubContext): Promise<readonly object[]> {
    return contactsOf(ctx, referral.id);
  }

  @Can('referral.send')
  @Mutation(() => WithdrawAnswerLinkPayload, {
    description: 'Takes back the link by which the agency answers without an account. No later letter holds one.',
  })
  async withdrawAnswerLink(
    @Arg('input', () => WithdrawAnswerLinkInput) input: WithdrawAnswerLinkInput,
    @Ctx() ctx: HubContext,
  ): Promise<{ referral: Referral }> {
    return { referral: await withdrawLink(ctx, input.id) };
  }

  @Can('referral.send')
  @Mutation(() => RenewAnswerLinkPayload, {
    description: 'Sends the agency a letter with a new link; the old one stops working at once.',
  })
  async renewAnswerLink(
    @Arg('input', () => RenewAnswerLinkInput) input: RenewAnswerLinkInput,
    @Ctx() ctx: HubContext,
  ): Promise<{ referral: Referral }> {
    return { referral: await renewLink(ctx, input.id) };
  }
}
