import { defineEntity, p } from '@mikro-orm/postgresql';
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { DateTimeISO, LocalDate } from '../../platform/graphql/scalars.js';
import { ContactWindowType, type ContactWindow } from '../reach/contact-windows.js';
import { ContactMethod, PatientStatus, Restriction, Risk } from './words.js';

const PatientSchema = defineEntity({
  name: 'Patient',
  tableName: 'patient',
  properties: {
    id: p.uuid().primary(),
    careOrgId: p.uuid(),
    givenName: p.text(),
    familyName: p.text(),
    preferredName: p.text().nullable(),
    birthDate: p.date().nullable(),
    gender: p.text().nullable(),
    pronouns: p.text().nullable(),
    language: p.text().default('en'),
    interpreterNeeded: p.boolean().default(false),
    phone: p.text().nullable(),
    email: p.text().nullable(),
    address1: p.text().name('address_1').nullable(),
    address2: p.text().name('address_2').nullable(),
    city: p.text().nullable(),
    state: p.text().nullable(),
    zip: p.text().nullable(),
    county: p.text().nullable(),
    contactMethod: p.text().$type<ContactMethod>().default('PHONE'),
    voicemailOk: p.boolean().default(false),
    contactTimes: p.text().nullable(),
    contactWindows: p.json().$type<ContactWindow[]>().nullable(),
    timeZone: p.text().nullable(),
    phoneSafe: p.boolean().default(true),
    emailSafe: p.boolean().default(true),
    contactNote: p.text().nullable(),
    whatMatters: p.text().nullable(),
    householdSize: p.integer().nullable(),
    annualIncomeCents: p.bigint('number').nullable(),
    veteran: p.boolean().name('is_veteran').nullable(),
    disability: p.boolean().name('has_disability').nullable(),
    caregiver: p.boolean().name('is_caregiver').nullable(),
    insurance: p.array<string>().nullable(),
    risk: p.text().$type<Risk>().default('LOW'),
    status: p.text().$type<PatientStatus>().default('ACTIVE'),
    externalId: p.text().nullable(),
    restricted: p.text().$type<Restriction>().nullable(),
    version: p.integer().version(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

@ObjectType({ description: 'A person whom a care organization serves. Only that organization sees the record.' })
export class Patient extends PatientSchema.class {
  @Field(() => ID, { description: 'Id of the patient.' })
  override id!: string;

  @Field(() => String, { description: 'Given name, 1 to 100 characters.' })
  override givenName!: string;

  @Field(() => String, { description: 'Family name, 1 to 100 characters.' })
  override familyName!: string;

  @Field(() => String, { nullable: true, description: 'What the patient likes to be called.' })
  override preferredName!: string | null | undefined;

  @Field(() => LocalDate, { nullable: true, description: 'Date of birth; null when it is not known.' })
  override birthDate!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'Gender in the patient’s own words.' })
  override gender!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'Pronouns, such as `she/her`.' })
  override pronouns!: string | null | undefined;

  @Field(() => String, { description: 'Preferred language as an ISO 639 code, such as `es`.' })
  override language!: string;

  @Field(() => Boolean, { description: 'Whether an interpreter is needed.' })
  override interpreterNeeded!: boolean;

  @Field(() => String, { nullable: true, description: 'Phone number in E.164, such as `+14105550123`.' })
  override phone!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'E-mail address.' })
  override email!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'Street and number.' })
  override address1!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'Apartment, floor, care of.' })
  override address2!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'City.' })
  override city!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'Two-letter state.' })
  override state!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'Five-digit ZIP code.' })
  override zip!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'County, known from the ZIP code.' })
  override county!: string | null | undefined;

  @Field(() => ContactMethod, { description: 'How the patient wants to be reached.' })
  override contactMethod!: ContactMethod;

  @Field(() => Boolean, { description: 'Whether a message may be left on the phone.' })
  override voicemailOk!: boolean;

  @Field(() => String, { nullable: true, description: 'When it is safe and good to call.' })
  override contactTimes!: string | null | undefined;

  @Field(() => [ContactWindowType], {
    nullable: true,
    description:
      'When it is safe, as hours that letters and texts obey too, in the patient’s own time; null for any time.',
  })
  override contactWindows!: ContactWindow[] | null | undefined;

  @Field(() => String, {
    nullable: true,
    description: 'Where the patient’s clock stands, such as `America/Denver`; null where the organization is.',
  })
  override timeZone!: string | null | undefined;

  @Field(() => Boolean, { description: 'Whether this phone number may be used; others may hear what comes there.' })
  override phoneSafe!: boolean;

  @Field(() => Boolean, { description: 'Whether this e-mail address may be used; others may read what comes there.' })
  override emailSafe!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'What to mind when reaching out, such as who may answer the phone.',
  })
  override contactNote!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'What matters to the patient, in their own words.' })
  override whatMatters!: string | null | undefined;

  @Field(() => Int, {
    nullable: true,
    description: 'People in the household, the patient included; null when not known.',
  })
  override householdSize!: number | null | undefined;

  @Field(() => Float, {
    nullable: true,
    description: 'Income of the household in a year, in cents; null when not known.',
  })
  override annualIncomeCents!: number | null | undefined;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the patient served in the military; null when not known.',
  })
  override veteran!: boolean | null | undefined;

  @Field(() => Boolean, { nullable: true, description: 'Whether the patient has a disability; null when not known.' })
  override disability!: boolean | null | undefined;

  @Field(() => Boolean, { nullable: true, description: 'Whether the patient cares for someone; null when not known.' })
  override caregiver!: boolean | null | undefined;

  @Field(() => [String], {
    nullable: true,
    description: 'Kinds of insurance, such as `MEDICAID`; null when not known.',
  })
  override insurance!: string[] | null | undefined;

  @Field(() => Risk, { description: 'How closely the patient is followed.' })
  override risk!: Risk;

  @Field(() => PatientStatus, { description: 'Whether the care team still serves this patient.' })
  override status!: PatientStatus;

  @Field(() => Restriction, {
    nullable: true,
    description: 'Why the record is protected: only the care team sees it; null for most.',
  })
  override restricted!: Restriction | null | undefined;

  @Field(() => Int, { description: 'Goes up with every change; send it back as `expectedVersion`.' })
  override version!: number;

  @Field(() => DateTimeISO, { description: 'When the record was made.' })
  override createdAt!: Date;
}
PatientSchema.setClass(Patient);

/** A patient as a list reads it: the columns without an entity, and who is assigned. */
export type PatientRow = Pick<Patient, keyof typeof PatientSchema.properties & keyof Patient> & {
  /** The care manager's user id; undefined when this row was read without it. */
  careManagerId?: string | null;
};
