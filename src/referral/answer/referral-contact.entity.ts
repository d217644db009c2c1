import { defineEntity, p } from '@mikro-orm/postgresql';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { DateTimeISO } from '../../platform/graphql/scalars.js';

export const ContactWay = {
  PHONE: 'PHONE',
  TEXT: 'TEXT',
  EMAIL: 'EMAIL',
  MAIL: 'MAIL',
  IN_PERSON: 'IN_PERSON',
} as const;
export type ContactWay = keyof typeof ContactWay;
registerEnumType(ContactWay, { name: 'ContactWay', description: 'How somebody tries to reach a person.' });

const ReferralContactSchema = defineEntity({
  name: 'ReferralContact',
  tableName: 'referral_contact',
  properties: {
    id: p.uuid().primary(),
    referralId: p.uuid(),
    fromOrgId: p.uuid(),
    toOrgId: p.uuid(),
    how: p.text().$type<ContactWay>(),
    reached: p.boolean(),
    note: p.text().nullable(),
    byUserId: p.uuid().nullable(),
    byName: p.text(),
    at: p.datetime(),
  },
});

@ObjectType({ description: 'One time that the agency tried to reach the person.' })
export class ReferralContact extends ReferralContactSchema.class {
  @Field(() => ID, { description: 'The id of the attempt.' })
  override id!: string;

  @Field(() => ContactWay, { description: 'How it was tried.' })
  override how!: ContactWay;

  @Field(() => Boolean, { description: 'Whether the person was reached.' })
  override reached!: boolean;

  @Field(() => String, { nullable: true, description: 'What the agency adds.' })
  override note!: string | null | undefined;

  @Field(() => String, { description: 'Who tried.' })
  override byName!: string;

  @Field(() => DateTimeISO, { description: 'When.' })
  override at!: Date;
}
ReferralContactSchema.setClass(ReferralContact);
