import { defineEntity, p } from '@mikro-orm/postgresql';
import { Field, ID, ObjectType } from 'type-graphql';
import { DateTimeISO } from '../../platform/graphql/scalars.js';
import { AgencyAnswer } from '../answer/agency-answer.js';

const PhoneAnswerSchema = defineEntity({
  name: 'PhoneAnswer',
  tableName: 'phone_answer',
  properties: {
    id: p.uuid().primary(),
    referralId: p.uuid(),
    fromOrgId: p.uuid(),
    toOrgId: p.uuid(),
    answer: p.text().$type<AgencyAnswer>(),
    saidBy: p.text(),
    saidAt: p.datetime(),
    note: p.text().nullable(),
    recordedBy: p.uuid(),
    recordedByName: p.text(),
    recordedAt: p.datetime(),
    contradictedAt: p.datetime().nullable(),
    contradictedBy: p.uuid().nullable(),
    contradictedByName: p.text().nullable(),
    contradiction: p.text().nullable(),
  },
});

@ObjectType({
  description:
    'What an agency said by phone of a referral, as the care team wrote it down. It is not the agency’s own word, which may contradict it.',
})
export class PhoneAnswer extends PhoneAnswerSchema.class {
  @Field(() => ID, { description: 'The id.' })
  override id!: string;

  @Field(() => AgencyAnswer, { description: 'What was said.' })
  override answer!: AgencyAnswer;

  @Field(() => String, { description: 'Who at the agency said it.' })
  override saidBy!: string;

  @Field(() => DateTimeISO, { description: 'When it was said.' })
  override saidAt!: Date;

  @Field(() => String, { nullable: true, description: 'What was said besides; both sides read it.' })
  override note!: string | null | undefined;

  @Field(() => String, { description: 'Who was told, and wrote it down.' })
  override recordedByName!: string;

  @Field(() => DateTimeISO, { description: 'When it was written down.' })
  override recordedAt!: Date;

  @Field(() => DateTimeISO, {
    nullable: true,
    description: 'When the agency said that it is not right; null while it has not.',
  })
  override contradictedAt!: Date | null | undefined;

  @Field(() => String, { nullable: true, description: 'Who at the agency said so.' })
  override contradictedByName!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'What is right, in the agency’s words.' })
  override contradiction!: string | null | undefined;
}
PhoneAnswerSchema.setClass(PhoneAnswer);
