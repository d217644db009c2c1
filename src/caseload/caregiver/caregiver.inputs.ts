import { Field, ID, InputType, Int } from 'type-graphql';
import { LocalDate } from '../../platform/graphql/scalars.js';
import { Authority } from '../patient/words.js';
import { RelativeReach } from '../reach/relative-reach.js';

@InputType({ description: 'Which record is that of somebody around a patient: one that is there, or a new one.' })
export class LinkOwnRecordInput {
  @Field(() => ID, { description: 'Id of the related person.' })
  relatedPersonId!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Id of their own record in the organization; without it, one is made.',
  })
  patientId?: string | null;

  @Field(() => String, { nullable: true, description: 'First name of a new record.' })
  givenName?: string | null;

  @Field(() => String, { nullable: true, description: 'Last name of a new record.' })
  familyName?: string | null;

  @Field(() => LocalDate, { nullable: true, description: 'Date of birth of a new record.' })
  birthDate?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'A key of the client’s choice: a repeat makes no second record.',
  })
  idempotencyKey?: string | null;
}

@InputType({ description: 'Whose own record no longer belongs to them.' })
export class UnlinkOwnRecordInput {
  @Field(() => ID, { description: 'Id of the related person.' })
  relatedPersonId!: string;
}

@InputType({ description: 'A change to somebody around a patient. What is left out stays, null clears.' })
export class UpdateRelatedPersonInput extends RelativeReach {
  @Field(() => ID, { description: 'Id of the related person.' })
  id!: string;

  @Field(() => Int, { description: 'The version that was read; CONFLICT when someone else changed it since.' })
  expectedVersion!: number;

  @Field(() => String, { nullable: true, description: 'What they are to the patient, such as `daughter`.' })
  relationship?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether they take care of the patient.' })
  isCaregiver?: boolean | null;

  @Field(() => Authority, { nullable: true, description: 'In which legal role they may decide for the patient.' })
  authority?: Authority | null;

  @Field(() => LocalDate, { nullable: true, description: 'First day of the authority.' })
  authorityFrom?: string | null;

  @Field(() => LocalDate, { nullable: true, description: 'Last day of the authority.' })
  authorityTo?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'true: they are no longer around the patient; their link ends.',
  })
  ended?: boolean | null;
}
