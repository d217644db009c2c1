import { defineEntity, p } from '@mikro-orm/postgresql';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { DateTimeISO } from '../../platform/graphql/scalars.js';
import { FollowHow } from '../follow/follow.enums.js';
import { ReferralKind, ReferralPriority, type Kind, type Priority } from '../referral.enums.js';
import type { HouseholdPersonInput } from '../household/household.inputs.js';

const DraftSchema = defineEntity({
  name: 'ReferralDraft',
  tableName: 'referral_draft',
  properties: {
    id: p.uuid().primary(),
    fromOrgId: p.uuid(),
    patientId: p.uuid(),
    serviceId: p.uuid(),
    serviceAtLocationId: p.uuid().nullable(),
    needIds: p.array<string>().columnType('uuid[]'),
    share: p.array<string>().nullable(),
    household: p.json().$type<HouseholdPersonInput[]>(),
    kind: p.text().$type<Kind>(),
    priority: p.text().$type<Priority>(),
    request: p.text().nullable(),
    followsId: p.uuid().nullable(),
    followsHow: p.text().$type<FollowHow>().nullable(),
    madeBy: p.uuid(),
    madeByName: p.text(),
    madeAt: p.datetime(),
    updatedAt: p.datetime(),
    version: p.integer().version(),
  },
});

@ObjectType({
  description: 'A referral that was begun and not sent; FHIR’s Task in `draft`. Only its own organization knows of it.',
})
export class ReferralDraft extends DraftSchema.class {
  @Field(() => ID, { description: 'The id of the draft.' })
  override id!: string;

  @Field(() => [String], { nullable: true, description: 'What to share besides; null when nothing was chosen yet.' })
  override share!: string[] | null | undefined;

  @Field(() => ReferralKind, { description: 'Whether it asks for help or for somebody to look first.' })
  override kind!: Kind;

  @Field(() => ReferralPriority, { description: 'How soon an answer is needed.' })
  override priority!: Priority;

  @Field(() => String, { nullable: true, description: 'What is asked of the agency, so far.' })
  override request!: string | null | undefined;

  @Field(() => FollowHow, { nullable: true, description: 'How it would follow it.' })
  override followsHow!: FollowHow | null | undefined;

  @Field(() => String, { description: 'Who began it.' })
  override madeByName!: string;

  @Field(() => DateTimeISO, { description: 'When it was last saved.' })
  override updatedAt!: Date;

  @Field(() => Int, { description: 'Grows with each change; send it back as `expectedVersion`.' })
  override version!: number;
}
DraftSchema.setClass(ReferralDraft);
