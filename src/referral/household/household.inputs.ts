import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { RELATIONS, type Relation } from './household.js';

export const HouseholdRelation = Object.fromEntries(Object.keys(RELATIONS).map((name) => [name, name])) as {
  readonly [R in Relation]: R;
};
registerEnumType(HouseholdRelation, {
  name: 'HouseholdRelation',
  description: 'What somebody in the household is to the person.',
});

@InputType({ description: 'Somebody in the household whom the help is for too.' })
export class HouseholdPersonInput {
  @Field(() => HouseholdRelation, { description: 'What they are to the patient.' })
  relation!: Relation;

  @Field(() => Int, { nullable: true, description: 'How old they are, in years, 0 to 120.' })
  age?: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Their first name, at most 100 characters. It goes only to an agency that the patient named in the consent, and never with anything sensitive.',
  })
  givenName?: string | null;

  @Field(() => ID, { nullable: true, description: 'Who it is in the patient’s record; the agency never learns it.' })
  relatedPersonId?: string | null;
}

@ObjectType({ description: 'Somebody in the household whom the help is for too.' })
export class ReferralPerson {
  @Field(() => HouseholdRelation, { description: 'What they are to the patient.' })
  relation!: Relation;

  @Field(() => Int, { nullable: true, description: 'How old they are, in years.' })
  age!: number | null;

  @Field(() => String, { nullable: true, description: 'Their first name, where it may go.' })
  givenName!: string | null;
}
