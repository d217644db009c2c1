import { defineEntity, p } from '@mikro-orm/postgresql';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { Sensitivity } from '../../access/sensitivity.js';
import { DateTimeISO } from '../../platform/graphql/scalars.js';
import { PatientConfirmation, ReferralReason, type Confirmation, type ReasonCode } from '../referral.enums.js';
import type { OffPlatformStatus as Status } from './machine.js';
import { AskedHow, OffPlatformStatus, ToldAgency } from './off-platform.enums.js';

const OffPlatformSchema = defineEntity({
  name: 'OffPlatformReferral',
  tableName: 'off_platform_referral',
  properties: {
    id: p.uuid().primary(),
    careOrgId: p.uuid(),
    patientId: p.uuid(),
    serviceId: p.uuid().nullable(),
    agencyName: p.text().nullable(),
    how: p.text().$type<AskedHow>(),
    status: p.text().$type<Status>(),
    reasonCode: p.text().$type<ReasonCode>().nullable(),
    note: p.text().nullable(),
    told: p.text().$type<ToldAgency>(),
    consentId: p.uuid().nullable(),
    categories: p.array<string>(),
    sensitivity: p.text().$type<Sensitivity>(),
    patientConfirmation: p.text().$type<Confirmation>().nullable(),
    patientConfirmedAt: p.datetime().nullable(),
    madeBy: p.uuid(),
    madeByName: p.text(),
    madeAt: p.datetime(),
    answeredAt: p.datetime().nullable(),
    closedAt: p.datetime().nullable(),
    version: p.integer().version(),
    updatedAt: p.datetime(),
  },
});

@ObjectType({
  description: 'Help that was asked for outside the hub, such as by phone. No agency sees it; it is counted apart.',
})
export class OffPlatformReferral extends OffPlatformSchema.class {
  @Field(() => ID, { description: 'The id.' })
  override id!: string;

  @Field(() => AskedHow, { description: 'How it was asked for.' })
  override how!: AskedHow;

  @Field(() => OffPlatformStatus, { description: 'Where it stands, as the care team knows.' })
  override status!: Status;

  @Field(() => ReferralReason, { nullable: true, description: 'Why they could not help.' })
  override reasonCode!: ReasonCode | null | undefined;

  @Field(() => String, { nullable: true, description: 'What was said, in the words of who recorded it last.' })
  override note!: string | null | undefined;

  @Field(() => ToldAgency, { description: 'What the agency was told about the person.' })
  override told!: ToldAgency;

  @Field(() => PatientConfirmation, { nullable: true, description: 'What the patient says; null when not asked yet.' })
  override patientConfirmation!: Confirmation | null | undefined;

  @Field(() => DateTimeISO, { nullable: true, description: 'When the patient was asked.' })
  override patientConfirmedAt!: Date | null | undefined;

  @Field(() => String, { description: 'Who recorded it.' })
  override madeByName!: string;

  @Field(() => DateTimeISO, { description: 'When it was recorded.' })
  override madeAt!: Date;

  @Field(() => DateTimeISO, { nullable: true, description: 'When their answer became known.' })
  override answeredAt!: Date | null | undefined;

  @Field(() => DateTimeISO, { nullable: true, description: 'When it ended, however it did.' })
  override closedAt!: Date | null | undefined;

  @Field(() => Int, { description: 'Grows with each change; send it back as `expectedVersion`.' })
  override version!: number;
}
OffPlatformSchema.setClass(OffPlatformReferral);

const StepSchema = defineEntity({
  name: 'OffPlatformStep',
  tableName: 'off_platform_step',
  properties: {
    id: p.uuid().primary(),
    referralId: p.uuid(),
    careOrgId: p.uuid(),
    status: p.text().$type<Status>(),
    reasonCode: p.text().$type<ReasonCode>().nullable(),
    note: p.text().nullable(),
    byUserId: p.uuid().nullable(),
    byName: p.text(),
    at: p.datetime(),
  },
});

@ObjectType({ description: 'What became known about help outside the hub, and when. Never changed.' })
export class OffPlatformStep extends StepSchema.class {
  @Field(() => ID, { description: 'The id.' })
  override id!: string;

  @Field(() => OffPlatformStatus, { description: 'Where it stood from then on.' })
  override status!: Status;

  @Field(() => ReferralReason, { nullable: true, description: 'Why, as a code.' })
  override reasonCode!: ReasonCode | null | undefined;

  @Field(() => String, { nullable: true, description: 'What was said.' })
  override note!: string | null | undefined;

  @Field(() => String, { description: 'Who recorded it.' })
  override byName!: string;

  @Field(() => DateTimeISO, { description: 'When.' })
  override at!: Date;
}
StepSchema.setClass(OffPlatformStep);

const NeedSchema = defineEntity({
  name: 'OffPlatformNeed',
  tableName: 'off_platform_need',
  properties: {
    referralId: p.uuid().primary(),
    needId: p.uuid().primary(),
    careOrgId: p.uuid(),
  },
});
/** Which needs it is for. */
export class OffPlatformNeed extends NeedSchema.class {}
NeedSchema.setClass(OffPlatformNeed);
