import { defineEntity, p } from '@mikro-orm/postgresql';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { DateTimeISO } from '../platform/graphql/scalars.js';
import {
  ReferralReason,
  ReferralSide,
  ReferralStatus,
  type ReasonCode,
  type Side,
  type Status,
} from './referral.enums.js';

/** How somebody said something. */
export const StepVia = { ACCOUNT: 'ACCOUNT', LINK: 'LINK', MAIL: 'MAIL', PHONE: 'PHONE' } as const;
export type StepVia = keyof typeof StepVia;
registerEnumType(StepVia, {
  name: 'StepVia',
  description: 'How somebody said something.',
  valuesConfig: {
    ACCOUNT: { description: 'Signed in, or by software of the organization.' },
    LINK: { description: 'By the link of a letter.' },
    MAIL: { description: 'By answering the letter.' },
    PHONE: {
      description: 'By phone to the sender, who wrote it down: `byName` is who was told, and not the agency’s own act.',
    },
  },
});

const TransitionSchema = defineEntity({
  name: 'ReferralTransition',
  tableName: 'referral_transition',
  properties: {
    id: p.uuid().primary(),
    referralId: p.uuid(),
    fromOrgId: p.uuid(),
    toOrgId: p.uuid(),
    fromStatus: p.text().$type<Status>().nullable(),
    toStatus: p.text().$type<Status>(),
    reasonCode: p.text().$type<ReasonCode>().nullable(),
    reason: p.text().nullable(),
    side: p.text().$type<Side>(),
    via: p.text().$type<StepVia>().nullable(),
    byUserId: p.uuid().nullable(),
    byName: p.text(),
    at: p.datetime(),
  },
});

@ObjectType({ description: 'One step of a referral. Steps are never changed or removed.' })
export class ReferralTransition extends TransitionSchema.class {
  @Field(() => ID, { description: 'The id of the step.' })
  override id!: string;

  @Field(() => ReferralStatus, { nullable: true, description: 'Where it stood before; null for the first step.' })
  override fromStatus!: Status | null | undefined;

  @Field(() => ReferralStatus, { description: 'Where it stood after.' })
  override toStatus!: Status;

  @Field(() => ReferralReason, { nullable: true, description: 'Why, as a code.' })
  override reasonCode!: ReasonCode | null | undefined;

  @Field(() => String, { nullable: true, description: 'Why, in words.' })
  override reason!: string | null | undefined;

  @Field(() => ReferralSide, { description: 'Which side took the step.' })
  override side!: Side;

  @Field(() => StepVia, { nullable: true, description: 'How it was said; null for steps from before that was kept.' })
  override via!: StepVia | null | undefined;

  @Field(() => String, { description: 'Who took it.' })
  override byName!: string;

  @Field(() => DateTimeISO, { description: 'When.' })
  override at!: Date;
}
TransitionSchema.setClass(ReferralTransition);

const MessageSchema = defineEntity({
  name: 'ReferralMessage',
  tableName: 'referral_message',
  properties: {
    id: p.uuid().primary(),
    referralId: p.uuid(),
    fromOrgId: p.uuid(),
    toOrgId: p.uuid(),
    authorOrgId: p.uuid(),
    authorUserId: p.uuid().nullable(),
    authorName: p.text(),
    body: p.text(),
    at: p.datetime(),
  },
});

@ObjectType({ description: 'A message between the two sides of a referral.' })
export class ReferralMessage extends MessageSchema.class {
  @Field(() => ID, { description: 'The id of the message.' })
  override id!: string;

  @Field(() => String, { description: 'The text, 1 to 4000 characters.' })
  override body!: string;

  @Field(() => String, { description: 'Who wrote it.' })
  override authorName!: string;

  @Field(() => DateTimeISO, { description: 'When it was sent.' })
  override at!: Date;
}
MessageSchema.setClass(ReferralMessage);

const ReferralNeedSchema = defineEntity({
  name: 'ReferralNeed',
  tableName: 'referral_need',
  properties: { referralId: p.uuid().primary(), needId: p.uuid().primary(), fromOrgId: p.uuid() },
});
/** Which needs a referral is for; known to the sending side alone. */
export class ReferralNeed extends ReferralNeedSchema.class {}
ReferralNeedSchema.setClass(ReferralNeed);

const DisclosureSchema = defineEntity({
  name: 'Disclosure',
  tableName: 'disclosure',
  properties: {
    id: p.uuid().primary(),
    careOrgId: p.uuid(),
    patientId: p.uuid(),
    recipientOrgId: p.uuid().nullable(),
    recipientRelatedPersonId: p.uuid().nullable(),
    referralId: p.uuid().nullable(),
    offPlatformId: p.uuid().nullable(),
    consentId: p.uuid().nullable(),
    categories: p.array<string>(),
    fields: p.array<string>(),
    purpose: p.text(),
    notice: p.boolean().default(false),
    at: p.datetime(),
  },
});
/** What was told to whom, and the consent it relied on. */
export class Disclosure extends DisclosureSchema.class {}
DisclosureSchema.setClass(Disclosure);
