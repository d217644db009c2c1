import { defineEntity, p } from '@mikro-orm/postgresql';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { Sensitivity } from '../../access/sensitivity.js';
import { Patient } from '../../caseload/index.js';
import { DateTimeISO } from '../../platform/graphql/scalars.js';
import type { Words } from '../../platform/words.js';
import { Screening } from '../screening.entity.js';
import { AnsweredBy, NeedStatus } from '../screening.words.js';
import { mayBecome, NeedStepError } from './machine.js';

/** A question and what was answered, in every language of the form, with the codes of both. */
export interface Evidence {
  question: Words;
  answer: Words;
  /** Which question of the form; none for a score. Not kept before the codes were. */
  linkId?: string | null;
  /** LOINC of the question or the score. */
  loinc?: string | null;
  /** Codes of the answers that show it. */
  codes?: string[];
}

const NeedSchema = defineEntity({
  name: 'Need',
  tableName: 'need',
  properties: {
    id: p.uuid().primary(),
    careOrgId: p.uuid(),
    patientId: () => p.manyToOne(Patient).mapToPk().name('patient_id'),
    screeningId: () => p.manyToOne(Screening).mapToPk().name('screening_id').nullable(),
    category: p.text(),
    sensitivity: p.text().$type<Sensitivity>(),
    label: p.text(),
    status: p.text().$type<NeedStatus>(),
    wantsHelp: p.boolean().nullable(),
    evidence: p.json<Evidence[]>(),
    icd10cm: p.text().nullable(),
    snomed: p.text().nullable(),
    identifiedAt: p.datetime(),
    confirmedAt: p.datetime().nullable(),
    confirmedBy: p.uuid().nullable(),
    agreedBy: p.text().$type<AnsweredBy>().nullable(),
    resolvedAt: p.datetime().nullable(),
    note: p.text().nullable(),
    version: p.integer().version(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

@ObjectType({ description: 'Something a patient lacks: possible at first, a need only when the patient agrees.' })
export class Need extends NeedSchema.class {
  @Field(() => ID, { description: 'Id of the need.' })
  override id!: string;

  @Field(() => String, { description: 'The need in plain words.' })
  override label!: string;

  @Field(() => NeedStatus, { description: 'Where it stands.' })
  override status!: NeedStatus;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the patient wants help with it; null while not talked about.',
  })
  override wantsHelp!: boolean | null | undefined;

  @Field(() => String, { nullable: true, description: 'ICD-10-CM code, a billable leaf such as `Z59.41`.' })
  override icd10cm!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'SNOMED CT finding, such as `733423003`.' })
  override snomed!: string | null | undefined;

  @Field(() => AnsweredBy, { nullable: true, description: 'Who agreed that it is there; null while unconfirmed.' })
  override agreedBy!: AnsweredBy | null | undefined;

  @Field(() => DateTimeISO, { description: 'When answers first pointed to it, or it was added.' })
  override identifiedAt!: Date;

  @Field(() => DateTimeISO, { nullable: true, description: 'When it was confirmed.' })
  override confirmedAt!: Date | null | undefined;

  @Field(() => DateTimeISO, { nullable: true, description: 'When it was met, given up, declined or refuted.' })
  override resolvedAt!: Date | null | undefined;

  @Field(() => String, { nullable: true, description: 'What was noted last about it.' })
  override note!: string | null | undefined;

  @Field(() => Int, { description: 'Goes up with every change.' })
  override version!: number;

  /** The patient agrees that it is there. Opens again what went unmet or was declined. */
  confirm(wantsHelp: boolean, by: string | null, now: Date, agreedBy: AnsweredBy = 'PATIENT'): void {
    this.become('CONFIRMED', now);
    this.wantsHelp = wantsHelp;
    this.confirmedAt = now;
    this.confirmedBy = by;
    this.agreedBy = agreedBy;
    this.resolvedAt = null;
  }

  /** It is there, and the patient wants no help. */
  decline(now: Date): void {
    this.become('DECLINED', now);
    this.wantsHelp = false;
    this.resolvedAt = now;
  }

  /** It was no need after all. */
  refute(now: Date): void {
    this.become('REFUTED', now);
    this.resolvedAt = now;
  }

  /** A referral for it is under way. */
  address(now: Date): void {
    this.become('BEING_ADDRESSED', now);
  }

  /** What was under way did not end it: it waits for help again. */
  waitAgain(now: Date): void {
    if (this.status !== 'BEING_ADDRESSED') throw new NeedStepError(this.status, 'CONFIRMED');
    this.become('CONFIRMED', now);
  }

  /** Help came, or could not be had. */
  resolve(to: 'MET' | 'UNMET', now: Date): void {
    this.become(to, now);
    this.resolvedAt = now;
  }

  /** New answers point to it again: they replace the old evidence. What is confirmed stays confirmed. */
  refresh(screeningId: string, evidence: Evidence[], now: Date): void {
    this.screeningId = screeningId;
    this.evidence = evidence;
    this.updatedAt = now;
  }

  private become(to: NeedStatus, now: Date): void {
    if (!mayBecome(this.status, to)) throw new NeedStepError(this.status, to);
    this.status = to;
    this.updatedAt = now;
  }
}
NeedSchema.setClass(Need);
