import { defineEntity, p } from '@mikro-orm/postgresql';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { DateTimeISO } from '../../platform/graphql/scalars.js';
import type { HouseholdPersonInput } from '../household/household.inputs.js';
import { ReferralPriority, type Priority } from '../referral.enums.js';
import { OfferKind, OfferSkipReason, OfferStatus, OfferTargetState, type SkipReason } from './offer.enums.js';

const OfferSchema = defineEntity({
  name: 'ReferralOffer',
  tableName: 'referral_offer',
  properties: {
    id: p.uuid().primary(),
    fromOrgId: p.uuid(),
    patientId: p.uuid(),
    kind: p.text().$type<OfferKind>(),
    status: p.text().$type<OfferStatus>(),
    needIds: p.array<string>().columnType('uuid[]'),
    share: p.array<string>(),
    household: p.json<HouseholdPersonInput[]>(),
    priority: p.text().$type<Priority>(),
    request: p.text().nullable(),
    sendOn: p.boolean(),
    sentBy: p.uuid(),
    sentByName: p.text(),
    takenBy: p.uuid().nullable(),
    createdAt: p.datetime(),
    closedAt: p.datetime().nullable(),
    version: p.integer().version(),
  },
});

@ObjectType({
  description: 'One request to several agencies, each with a referral of its own; known to the sender alone.',
})
export class ReferralOffer extends OfferSchema.class {
  @Field(() => ID, { description: 'The id of the offer.' })
  override id!: string;

  @Field(() => OfferKind, { description: 'All at once, or one after another.' })
  override kind!: OfferKind;

  @Field(() => OfferStatus, { description: 'Where it stands.' })
  override status!: OfferStatus;

  @Field(() => ReferralPriority, { description: 'How soon an answer is needed.' })
  override priority!: Priority;

  @Field(() => Boolean, { description: 'Whether the hub goes on to agencies that fit when those chosen are through.' })
  override sendOn!: boolean;

  @Field(() => String, { description: 'Who sent it.' })
  override sentByName!: string;

  @Field(() => DateTimeISO, { description: 'When it was sent.' })
  override createdAt!: Date;

  @Field(() => DateTimeISO, { nullable: true, description: 'When it was taken, stopped or through.' })
  override closedAt!: Date | null | undefined;
}
OfferSchema.setClass(ReferralOffer);

const TargetSchema = defineEntity({
  name: 'OfferTarget',
  tableName: 'offer_target',
  properties: {
    offerId: p.uuid().primary(),
    position: p.integer().primary(),
    fromOrgId: p.uuid(),
    toOrgId: p.uuid(),
    serviceId: p.uuid(),
    serviceAtLocationId: p.uuid().nullable(),
    state: p.text().$type<OfferTargetState>(),
    skippedFor: p.text().$type<SkipReason>().nullable(),
    chosenBy: p.text().$type<'SENDER' | 'HUB'>(),
    referralId: p.uuid().nullable(),
    at: p.datetime().nullable(),
  },
});

@ObjectType({ description: 'One agency of an offer.' })
export class OfferTarget extends TargetSchema.class {
  @Field(() => Int, { description: 'Its place, from 1.' })
  override position!: number;

  @Field(() => OfferTargetState, { description: 'Not asked yet, asked, or left out.' })
  override state!: OfferTargetState;

  @Field(() => OfferSkipReason, { nullable: true, description: 'Why it was left out.' })
  override skippedFor!: SkipReason | null | undefined;

  @Field(() => DateTimeISO, { nullable: true, description: 'When it was asked or left out.' })
  override at!: Date | null | undefined;
}
TargetSchema.setClass(OfferTarget);
