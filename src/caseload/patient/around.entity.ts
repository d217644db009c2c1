import { defineEntity, p } from '@mikro-orm/postgresql';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { LocalDate } from '../../platform/graphql/scalars.js';
import { Patient } from './patient.entity.js';
import { ContactWindowType, type ContactWindow } from '../reach/contact-windows.js';
import { Authority, ContactMethod, ProductLine } from './words.js';

const RelatedPersonSchema = defineEntity({
  name: 'RelatedPerson',
  tableName: 'related_person',
  properties: {
    id: p.uuid().primary(),
    careOrgId: p.uuid(),
    patientId: () => p.manyToOne(Patient).mapToPk().name('patient_id'),
    name: p.text(),
    relationship: p.text(),
    phone: p.text().nullable(),
    email: p.text().nullable(),
    language: p.text().default('en'),
    isCaregiver: p.boolean().default(false),
    authority: p.text().$type<Authority>().default('NONE'),
    authorityFrom: p.date().nullable(),
    authorityTo: p.date().nullable(),
    contactNote: p.text().nullable(),
    contactMethod: p.text().$type<ContactMethod>().nullable(),
    contactWindows: p.json().$type<ContactWindow[]>().nullable(),
    timeZone: p.text().nullable(),
    phoneSafe: p.boolean().default(true),
    emailSafe: p.boolean().default(true),
    voicemailOk: p.boolean().default(false),
    endedAt: p.datetime().nullable(),
    ownPatientId: p.uuid().nullable(),
    version: p.integer().version(),
    createdAt: p.datetime(),
  },
});

@ObjectType({ description: 'Someone around the patient: family, caregiver, proxy.' })
export class RelatedPerson extends RelatedPersonSchema.class {
  @Field(() => ID, { description: 'Id of the related person.' })
  override id!: string;

  @Field(() => String, { description: 'Full name.' })
  override name!: string;

  @Field(() => String, { description: 'What they are to the patient, such as `daughter`.' })
  override relationship!: string;

  @Field(() => String, { nullable: true, description: 'Phone number in E.164.' })
  override phone!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'E-mail address.' })
  override email!: string | null | undefined;

  @Field(() => String, { description: 'Preferred language as an ISO 639 code.' })
  override language!: string;

  @Field(() => Boolean, { description: 'Whether they take care of the patient.' })
  override isCaregiver!: boolean;

  @Field(() => Authority, { description: 'In which legal role they may decide for the patient.' })
  override authority!: Authority;

  @Field(() => LocalDate, { nullable: true, description: 'First day of the authority; null when not limited.' })
  override authorityFrom!: string | null | undefined;

  @Field(() => LocalDate, { nullable: true, description: 'Last day of the authority; null when not limited.' })
  override authorityTo!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'What to mind when reaching out to them.' })
  override contactNote!: string | null | undefined;

  @Field(() => ContactMethod, {
    nullable: true,
    description: 'How they want to be reached; null when nobody said: by text where there is a number, else by mail.',
  })
  override contactMethod!: ContactMethod | null | undefined;

  @Field(() => [ContactWindowType], { nullable: true, description: 'Hours in which it is safe; null for any time.' })
  override contactWindows!: ContactWindow[] | null | undefined;

  @Field(() => String, { nullable: true, description: 'Their IANA time zone; null for that of the patient.' })
  override timeZone!: string | null | undefined;

  @Field(() => Boolean, { description: 'Whether the number may be used.' })
  override phoneSafe!: boolean;

  @Field(() => Boolean, { description: 'Whether the address may be used.' })
  override emailSafe!: boolean;

  @Field(() => Boolean, { description: 'Whether a message may be left on the phone.' })
  override voicemailOk!: boolean;

  @Field(() => Int, { description: 'Goes up with every change; send it back as `expectedVersion`.' })
  override version!: number;

  /** Whether they may decide for the patient on this day (`YYYY-MM-DD`). */
  mayDecide(today: string): boolean {
    if (this.authority === 'NONE' || this.endedAt) return false;
    return (this.authorityFrom ?? today) <= today && today <= (this.authorityTo ?? today);
  }
}
RelatedPersonSchema.setClass(RelatedPerson);

const AssignmentSchema = defineEntity({
  name: 'Assignment',
  tableName: 'assignment',
  properties: {
    id: p.uuid().primary(),
    careOrgId: p.uuid(),
    patientId: () => p.manyToOne(Patient).mapToPk().name('patient_id'),
    userId: p.uuid(),
    startsAt: p.datetime(),
    endsAt: p.datetime().nullable(),
  },
});

/** Who looks after a patient, from when to when. One is open at a time. */
export class Assignment extends AssignmentSchema.class {}
AssignmentSchema.setClass(Assignment);

const CoverageSchema = defineEntity({
  name: 'Coverage',
  tableName: 'coverage',
  properties: {
    id: p.uuid().primary(),
    careOrgId: p.uuid(),
    patientId: () => p.manyToOne(Patient).mapToPk().name('patient_id'),
    planOrgId: p.uuid(),
    memberId: p.text(),
    productLine: p.text().$type<ProductLine>(),
    startsOn: p.date(),
    endsOn: p.date().nullable(),
  },
});

@ObjectType({ description: 'A span in which a health plan covers the patient.' })
export class Coverage extends CoverageSchema.class {
  @Field(() => ID, { description: 'Id of the span.' })
  override id!: string;

  @Field(() => String, { description: 'The patient’s number at the plan.' })
  override memberId!: string;

  @Field(() => ProductLine, { description: 'The kind of plan.' })
  override productLine!: ProductLine;

  @Field(() => LocalDate, { description: 'First day of the span.' })
  override startsOn!: string;

  @Field(() => LocalDate, { nullable: true, description: 'Last day of the span; null while it runs.' })
  override endsOn!: string | null | undefined;
}
CoverageSchema.setClass(Coverage);
