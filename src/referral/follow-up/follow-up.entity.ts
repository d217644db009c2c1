import { defineEntity, p } from '@mikro-orm/postgresql';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTimeISO, LocalDate } from '../../platform/graphql/scalars.js';

export const FollowUpKind = { CALL_AGENCY: 'CALL_AGENCY', CHECK_IN: 'CHECK_IN', OTHER: 'OTHER' } as const;
export type FollowUpKind = keyof typeof FollowUpKind;
registerEnumType(FollowUpKind, {
  name: 'FollowUpKind',
  description: 'What is to be done.',
  valuesConfig: {
    CALL_AGENCY: { description: 'Ask the agency what became of it.' },
    CHECK_IN: { description: 'Ask the patient whether help came.' },
  },
});

export const FollowUpResult = {
  DONE: 'DONE',
  REACHED: 'REACHED',
  NOT_REACHED: 'NOT_REACHED',
  NO_LONGER_NEEDED: 'NO_LONGER_NEEDED',
} as const;
export type FollowUpResult = keyof typeof FollowUpResult;
registerEnumType(FollowUpResult, { name: 'FollowUpResult', description: 'What came of a follow-up.' });

const FollowUpSchema = defineEntity({
  name: 'FollowUp',
  tableName: 'follow_up',
  properties: {
    id: p.uuid().primary(),
    careOrgId: p.uuid(),
    patientId: p.uuid(),
    referralId: p.uuid().nullable(),
    offPlatformId: p.uuid().nullable(),
    kind: p.text().$type<FollowUpKind>(),
    dueOn: p.date(),
    assignedToId: p.uuid().name('assigned_to').nullable(),
    note: p.text().nullable(),
    madeBy: p.uuid(),
    madeAt: p.datetime(),
    doneAt: p.datetime().nullable(),
    doneBy: p.uuid().nullable(),
    result: p.text().$type<FollowUpResult>().nullable(),
    resultNote: p.text().nullable(),
    version: p.integer().version(),
  },
});

@ObjectType({ description: 'Something to do about a patient by a day.' })
export class FollowUp extends FollowUpSchema.class {
  @Field(() => ID, { description: 'The id.' })
  override id!: string;

  @Field(() => FollowUpKind, { description: 'What is to be done.' })
  override kind!: FollowUpKind;

  @Field(() => LocalDate, { description: 'The day by which.' })
  override dueOn!: string;

  @Field(() => String, { nullable: true, description: 'What to think of.' })
  override note!: string | null | undefined;

  @Field(() => DateTimeISO, { nullable: true, description: 'When it was done; null while it is open.' })
  override doneAt!: Date | null | undefined;

  @Field(() => FollowUpResult, { nullable: true, description: 'What came of it.' })
  override result!: FollowUpResult | null | undefined;

  @Field(() => String, { nullable: true, description: 'What was said.' })
  override resultNote!: string | null | undefined;

  @Field(() => Int, { description: 'Grows with each change; send it back as `expectedVersion`.' })
  override version!: number;
}
FollowUpSchema.setClass(FollowUp);
