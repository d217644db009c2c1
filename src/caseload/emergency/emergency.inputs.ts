import { Field, ID, InputType } from 'type-graphql';
import { LocalDate } from '../../platform/graphql/scalars.js';
import { Restriction } from '../patient/words.js';
import { EmergencyReason, EmergencyVerdict } from './emergency.words.js';

@InputType({
  description: 'Which protected record to open, and why: by its id, or by the whole name and the day of birth.',
})
export class BreakGlassInput {
  @Field(() => ID, { nullable: true, description: 'Id of the patient, when it is known.' })
  patientId?: string | null;

  @Field(() => String, { nullable: true, description: 'The whole first name, or what the person is called.' })
  givenName?: string | null;

  @Field(() => String, { nullable: true, description: 'The whole last name.' })
  familyName?: string | null;

  @Field(() => LocalDate, { nullable: true, description: 'Date of birth.' })
  birthDate?: string | null;

  @Field(() => EmergencyReason, { description: 'Why it has to be now.' })
  reason!: EmergencyReason;

  @Field(() => String, { description: 'What has happened, 10 to 1000 characters; a privacy officer reads it.' })
  words!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The nature of the medical emergency, 3 to 500 characters; needed for substance use records alone.',
  })
  nature?: string | null;

  @Field(() => String, { nullable: true, description: 'A key of the client’s choice: a repeat opens nothing twice.' })
  idempotencyKey?: string | null;
}

@InputType({ description: 'Which opening to end before its hour is over.' })
export class CloseEmergencyInput {
  @Field(() => ID, { description: 'Id of the opening.' })
  id!: string;
}

@InputType({ description: 'What a privacy officer found.' })
export class ReviewEmergencyInput {
  @Field(() => ID, { description: 'Id of the opening.' })
  id!: string;

  @Field(() => EmergencyVerdict, { description: 'Whether the reason holds.' })
  verdict!: EmergencyVerdict;

  @Field(() => String, {
    nullable: true,
    description: 'A note, at most 1000 characters; needed when somebody has to answer for it.',
  })
  note?: string | null;
}

@InputType({ description: 'Whether a record is protected, and who sees it beside the care manager.' })
export class RestrictPatientInput {
  @Field(() => ID, { description: 'Id of the patient.' })
  patientId!: string;

  @Field(() => Restriction, {
    nullable: true,
    description: 'Why; null ends it, and all colleagues see the record again.',
  })
  restricted?: Restriction | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Ids of colleagues who see it too, at most 50; all of them, not only new ones.',
  })
  teamUserIds?: string[] | null;
}
