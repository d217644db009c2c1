import { defineEntity, p } from '@mikro-orm/postgresql';
import { Field, ID, ObjectType } from 'type-graphql';
import { DateTimeISO, LocalDate } from '../../platform/graphql/scalars.js';
import { RelatedPerson } from '../patient/around.entity.js';
import { Patient } from '../patient/patient.entity.js';
import { Authority } from '../patient/words.js';
import { ConsentKind, ConsentMethod, ConsentPurpose, Grantor, type ConsentStatus, type GranteeClass } from './words.js';
import type { Part2Elements } from './part2.js';

const ConsentSchema = defineEntity({
  name: 'Consent',
  tableName: 'consent',
  properties: {
    id: p.uuid().primary(),
    careOrgId: p.uuid(),
    patientId: () => p.manyToOne(Patient).mapToPk().name('patient_id'),
    status: p.text().$type<'ACTIVE' | 'REVOKED' | 'ENTERED_IN_ERROR'>().default('ACTIVE'),
    kind: p.text().$type<ConsentKind>().default('AGENCY'),
    grantor: p.text().$type<Grantor>(),
    grantorRelatedPersonId: () => p.manyToOne(RelatedPerson).mapToPk().name('grantor_related_person_id').nullable(),
    granteeOrganizationId: p.uuid().nullable(),
    grantorAuthority: p.text().$type<Exclude<Authority, 'NONE'>>().nullable(),
    grantorAuthorityFrom: p.date().nullable(),
    grantorAuthorityTo: p.date().nullable(),
    granteeClass: p.text().$type<GranteeClass>().nullable(),
    granteeRelatedPersonId: () => p.manyToOne(RelatedPerson).mapToPk().name('grantee_related_person_id').nullable(),
    categories: p.array<string>(),
    sensitivities: p.array<string>(),
    purpose: p.text().$type<ConsentPurpose>(),
    method: p.text().$type<ConsentMethod>(),
    evidence: p.text().nullable(),
    evidenceFileId: p.uuid().nullable(),
    witness: p.text().nullable(),
    statement: p.text().nullable(),
    readAloud: p.boolean().default(false),
    language: p.text().default('en'),
    startsAt: p.datetime(),
    expiresAt: p.datetime().nullable(),
    expiryEvent: p.text().nullable(),
    eventAt: p.datetime().nullable(),
    eventNotedBy: p.uuid().nullable(),
    part2: p.json<Part2Elements>().nullable(),
    recordedById: p.uuid().name('recorded_by'),
    endToldAt: p.datetime().nullable(),
    createdAt: p.datetime(),
    revokedAt: p.datetime().nullable(),
    revokedBy: p.uuid().nullable(),
    revokedByLink: p.uuid().nullable(),
    revokeReason: p.text().nullable(),
    version: p.integer().version(),
  },
});

@ObjectType({
  description: 'What a patient agreed to share, with whom, for what and until when. Revocable at any time.',
})
export class Consent extends ConsentSchema.class {
  @Field(() => ID, { description: 'Id of the consent.' })
  override id!: string;

  @Field(() => ConsentKind, { description: 'What kind of agreement it is.' })
  override kind!: ConsentKind;

  @Field(() => Grantor, { description: 'Who agreed.' })
  override grantor!: Grantor;

  @Field(() => Authority, {
    nullable: true,
    description: 'In which legal role a representative agreed, as it was that day; null when the patient did.',
  })
  override grantorAuthority!: Exclude<Authority, 'NONE'> | null | undefined;

  @Field(() => LocalDate, { nullable: true, description: 'First day of that authority; null when not limited.' })
  override grantorAuthorityFrom!: string | null | undefined;

  @Field(() => LocalDate, { nullable: true, description: 'Last day of that authority; null when not limited.' })
  override grantorAuthorityTo!: string | null | undefined;

  @Field(() => String, {
    nullable: true,
    description:
      'The class of organizations that may receive, `COMMUNITY_AGENCIES` or `CARE_PROVIDERS`; null when somebody is named.',
  })
  override granteeClass!: GranteeClass | null | undefined;

  @Field(() => ConsentPurpose, { description: 'What the information may be used for.' })
  override purpose!: ConsentPurpose;

  @Field(() => ConsentMethod, { description: 'How the consent was given.' })
  override method!: ConsentMethod;

  @Field(() => String, { nullable: true, description: 'Where the proof is, such as the name of the scanned form.' })
  override evidence!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'Who witnessed a spoken consent.' })
  override witness!: string | null | undefined;

  @Field(() => String, {
    nullable: true,
    description: 'The whole text that was shown or read, word for word, paragraphs apart by an empty line.',
  })
  override statement!: string | null | undefined;

  @Field(() => Boolean, { description: 'Whether the text was read aloud to the patient, word for word.' })
  override readAloud!: boolean;

  @Field(() => String, { description: 'The language it was explained in, an ISO 639 code.' })
  override language!: string;

  @Field(() => DateTimeISO, { description: 'From when it holds.' })
  override startsAt!: Date;

  @Field(() => DateTimeISO, { nullable: true, description: 'Until when it holds; null when an event ends it.' })
  override expiresAt!: Date | null | undefined;

  @Field(() => String, { nullable: true, description: 'The event that ends it, in words.' })
  override expiryEvent!: string | null | undefined;

  @Field(() => DateTimeISO, { nullable: true, description: 'When the event that ends it has happened; null before.' })
  override eventAt!: Date | null | undefined;

  @Field(() => DateTimeISO, { description: 'When it was recorded.' })
  override createdAt!: Date;

  @Field(() => DateTimeISO, { nullable: true, description: 'When it was revoked.' })
  override revokedAt!: Date | null | undefined;

  /** Where the consent stands at a moment. */
  statusAt(now: Date): ConsentStatus {
    if (this.status !== 'ACTIVE') return this.status;
    return [this.expiresAt, this.eventAt].some((end) => end && end <= now) ? 'EXPIRED' : 'ACTIVE';
  }

  /** Whether something may be disclosed on it at a moment. */
  effectiveAt(now: Date): boolean {
    return this.startsAt <= now && this.statusAt(now) === 'ACTIVE';
  }

  /** Stops every new disclosure at once. Revoking twice changes nothing; what has ended already stays ended. */
  revoke(by: { userId: string } | { linkId: string }, now: Date, reason: string | null): void {
    if (this.status !== 'ACTIVE') return;
    this.status = 'REVOKED';
    this.revokedAt = now;
    this.revokedBy = 'userId' in by ? by.userId : null;
    this.revokedByLink = 'linkId' in by ? by.linkId : null;
    this.revokeReason = reason;
  }

  /** Notes that the event which ends it has happened. */
  end(by: string, now: Date): void {
    this.eventAt ??= now;
    this.eventNotedBy ??= by;
  }
}
ConsentSchema.setClass(Consent);
