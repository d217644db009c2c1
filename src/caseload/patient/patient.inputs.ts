import { Field, Float, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { LocalDate } from '../../platform/graphql/scalars.js';
import { ContactWindowInput, type ContactWindow } from '../reach/contact-windows.js';
import { RelativeReach } from '../reach/relative-reach.js';
import { Authority, ContactMethod, PatientStatus, Risk } from './words.js';

export const PatientSort = { RISK: 'RISK', NAME: 'NAME', RECENT: 'RECENT' } as const;
export type PatientSort = keyof typeof PatientSort;
registerEnumType(PatientSort, {
  name: 'PatientSort',
  description: 'The order of a list of patients.',
  valuesConfig: {
    RISK: { description: 'High risk first, then those an agency keeps waiting, then by name.' },
    NAME: { description: 'By family name, then given name.' },
    RECENT: { description: 'Changed last first.' },
  },
});

@InputType({ description: 'Which patients to list. What is left out does not narrow the list.' })
export class PatientFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Words of the name (beginnings are enough) or the record number.',
  })
  text?: string | null;

  @Field(() => [Risk], { nullable: true, description: 'Only these risks.' })
  risk?: Risk[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Only patients assigned to the caller.' })
  mine?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'Only with an open need of this category, such as `food-insecurity`.',
  })
  needCategory?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Only those whose yearly screening is due (or, false, is not).',
  })
  screeningDue?: boolean | null;

  @Field(() => PatientStatus, { nullable: true, description: 'Only this status; ACTIVE when left out.' })
  status?: PatientStatus | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Only those for whom an agency is late with its answer (or, false, not).',
  })
  overdue?: boolean | null;
}

/** What both registering and changing a patient may say. Left out: unchanged; null: cleared. */
@InputType({ description: 'Details of a patient.' })
abstract class PatientDetails {
  @Field(() => String, { nullable: true, description: 'What the patient likes to be called.' })
  preferredName?: string | null;

  @Field(() => String, { nullable: true, description: 'Gender in the patient’s own words.' })
  gender?: string | null;

  @Field(() => String, { nullable: true, description: 'Pronouns, such as `she/her`.' })
  pronouns?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Preferred language as an ISO 639 code, such as `es`; English at first.',
  })
  language?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether an interpreter is needed.' })
  interpreterNeeded?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'Phone number, as people write it; a US number unless it begins with +.',
  })
  phone?: string | null;

  @Field(() => String, { nullable: true, description: 'E-mail address.' })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'Street and number.' })
  address1?: string | null;

  @Field(() => String, { nullable: true, description: 'City; known from the ZIP code when left out.' })
  city?: string | null;

  @Field(() => String, { nullable: true, description: 'Two-letter state; known from the ZIP code when left out.' })
  state?: string | null;

  @Field(() => String, { nullable: true, description: 'ZIP code, five digits or ZIP+4.' })
  zip?: string | null;

  @Field(() => ContactMethod, {
    nullable: true,
    description: 'How the patient wants to be reached; by phone at first.',
  })
  contactMethod?: ContactMethod | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether a message may be left on the phone; no at first.' })
  voicemailOk?: boolean | null;

  @Field(() => String, { nullable: true, description: 'When it is safe and good to call.' })
  contactTimes?: string | null;

  @Field(() => [ContactWindowInput], {
    nullable: true,
    description: 'Hours in which it is safe, at most 14 stretches; letters and texts obey them. Null for any time.',
  })
  contactWindows?: ContactWindow[] | null;

  @Field(() => String, { nullable: true, description: 'An IANA time zone, such as `America/Denver`.' })
  timeZone?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether this phone number may be used; yes at first.' })
  phoneSafe?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether this e-mail address may be used; yes at first.' })
  emailSafe?: boolean | null;

  @Field(() => String, { nullable: true, description: 'What to mind when reaching out.' })
  contactNote?: string | null;

  @Field(() => String, { nullable: true, description: 'What matters to the patient, in their own words.' })
  whatMatters?: string | null;

  @Field(() => Int, { nullable: true, description: 'People in the household, 1 to 30.' })
  householdSize?: number | null;

  @Field(() => Float, { nullable: true, description: 'Income of the household in a year, in whole cents.' })
  annualIncomeCents?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the patient served in the military.' })
  veteran?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the patient has a disability.' })
  disability?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the patient cares for someone.' })
  caregiver?: boolean | null;

  @Field(() => [String], { nullable: true, description: 'Kinds of insurance, such as `MEDICAID`; at most 20.' })
  insurance?: string[] | null;

  @Field(() => Risk, { nullable: true, description: 'How closely the patient is followed; LOW at first.' })
  risk?: Risk | null;
}

@InputType({ description: 'A new patient of the caller’s organization.' })
export class RegisterPatientInput extends PatientDetails {
  @Field(() => String, { description: 'Given name, 1 to 100 characters.' })
  givenName!: string;

  @Field(() => String, { description: 'Family name, 1 to 100 characters.' })
  familyName!: string;

  @Field(() => LocalDate, { description: 'Date of birth, not in the future.' })
  birthDate!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The number of the record elsewhere, unique in the organization.',
  })
  externalId?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the caller becomes the patient’s care manager.' })
  assignToMe?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'A key of the client’s choice, 8 to 100 characters: a repeat registers nobody twice.',
  })
  idempotencyKey?: string | null;
}

@InputType({ description: 'A change to a patient. What is left out stays, null clears.' })
export class UpdatePatientInput extends PatientDetails {
  @Field(() => ID, { description: 'Id of the patient.' })
  id!: string;

  @Field(() => Int, { description: 'The version that was read; CONFLICT when someone else changed it since.' })
  expectedVersion!: number;

  @Field(() => String, { nullable: true, description: 'Given name, 1 to 100 characters.' })
  givenName?: string | null;

  @Field(() => String, { nullable: true, description: 'Family name, 1 to 100 characters.' })
  familyName?: string | null;

  @Field(() => String, { nullable: true, description: 'Apartment, floor, care of.' })
  address2?: string | null;

  @Field(() => PatientStatus, { nullable: true, description: 'Whether the care team still serves this patient.' })
  status?: PatientStatus | null;
}

@InputType({ description: 'Someone around a patient.' })
export class AddRelatedPersonInput extends RelativeReach {
  @Field(() => ID, { description: 'Id of the patient.' })
  patientId!: string;

  @Field(() => String, { description: 'Full name, 1 to 200 characters.' })
  name!: string;

  @Field(() => String, { description: 'What they are to the patient, such as `daughter`.' })
  relationship!: string;

  @Field(() => Boolean, { nullable: true, description: 'Whether they take care of the patient.' })
  isCaregiver?: boolean | null;

  @Field(() => Authority, {
    nullable: true,
    description: 'In which legal role they may decide for the patient; NONE when left out.',
  })
  authority?: Authority | null;

  @Field(() => LocalDate, { nullable: true, description: 'First day of the authority.' })
  authorityFrom?: string | null;

  @Field(() => LocalDate, { nullable: true, description: 'Last day of the authority.' })
  authorityTo?: string | null;
}

@InputType({ description: 'Who looks after a patient from now on.' })
export class AssignPatientInput {
  @Field(() => ID, { description: 'Id of the patient.' })
  patientId!: string;

  @Field(() => ID, { description: 'Id of a colleague who is a care manager.' })
  userId!: string;
}
