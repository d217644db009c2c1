import { defineEntity, p } from '@mikro-orm/postgresql';
import { Field, ID, ObjectType } from 'type-graphql';
import { DateTimeISO } from '../../platform/graphql/scalars.js';
import { TransferSettled } from './follow.enums.js';

const TransferSchema = defineEntity({
  name: 'ReferralTransfer',
  tableName: 'referral_transfer',
  properties: {
    id: p.uuid().primary(),
    referralId: p.uuid(),
    fromOrgId: p.uuid(),
    toOrgId: p.uuid(),
    serviceId: p.uuid(),
    note: p.text().nullable(),
    proposedBy: p.uuid().nullable(),
    proposedByName: p.text(),
    proposedAt: p.datetime(),
    settled: p.text().$type<TransferSettled>().nullable(),
    settledAt: p.datetime().nullable(),
  },
});

@ObjectType({ description: 'An agency’s word that another service fits better. Nothing was sent there by it.' })
export class ReferralTransfer extends TransferSchema.class {
  @Field(() => ID, { description: 'The id of the proposal.' })
  override id!: string;

  @Field(() => String, { nullable: true, description: 'Why, in the agency’s words.' })
  override note!: string | null | undefined;

  @Field(() => String, { description: 'Who at the agency proposed it.' })
  override proposedByName!: string;

  @Field(() => DateTimeISO, { description: 'When.' })
  override proposedAt!: Date;

  @Field(() => TransferSettled, {
    nullable: true,
    description: 'What became of it; null while the sender has to decide.',
  })
  override settled!: TransferSettled | null | undefined;
}
TransferSchema.setClass(ReferralTransfer);
