import { defineEntity, p } from '@mikro-orm/postgresql';
import { Field, ID, ObjectType } from 'type-graphql';
import { DateTimeISO } from '../../platform/graphql/scalars.js';
import { EmergencyReason, EmergencyVerdict } from './emergency.words.js';

const EmergencySchema = defineEntity({
  name: 'EmergencyAccess',
  tableName: 'emergency_access',
  properties: {
    id: p.uuid().primary(),
    careOrgId: p.uuid(),
    patientId: p.uuid(),
    userId: p.uuid(),
    userName: p.text(),
    reason: p.text().$type<EmergencyReason>(),
    words: p.text(),
    nature: p.text().nullable(),
    openedAt: p.datetime(),
    endsAt: p.datetime(),
    closedAt: p.datetime().nullable(),
    reviewedAt: p.datetime().nullable(),
    reviewedBy: p.uuid().nullable(),
    verdict: p.text().$type<EmergencyVerdict>().nullable(),
    reviewNote: p.text().nullable(),
  },
});

@ObjectType({ description: 'That somebody outside the care team opened a protected record, for an hour at most.' })
export class EmergencyAccess extends EmergencySchema.class {
  @Field(() => ID, { description: 'Id of it.' })
  override id!: string;

  @Field(() => String, { description: 'Who opened it.' })
  override userName!: string;

  @Field(() => EmergencyReason, { description: 'The reason that was picked.' })
  override reason!: EmergencyReason;

  @Field(() => String, { description: 'The reason in their own words.' })
  override words!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The nature of a medical emergency, written down (42 CFR 2.51).',
  })
  override nature!: string | null | undefined;

  @Field(() => DateTimeISO, { description: 'When it was opened.' })
  override openedAt!: Date;

  @Field(() => DateTimeISO, { nullable: true, description: 'When a privacy officer reviewed it; null while it waits.' })
  override reviewedAt!: Date | null | undefined;

  @Field(() => EmergencyVerdict, { nullable: true, description: 'What the officer found.' })
  override verdict!: EmergencyVerdict | null | undefined;

  @Field(() => String, { nullable: true, description: 'What the officer wrote.' })
  override reviewNote!: string | null | undefined;
}
EmergencySchema.setClass(EmergencyAccess);

/** An opening as a list reads it. */
export type EmergencyRow = Pick<EmergencyAccess, keyof typeof EmergencySchema.properties & keyof EmergencyAccess>;
