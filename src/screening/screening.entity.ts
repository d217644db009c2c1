import { defineEntity, p } from '@mikro-orm/postgresql';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Patient } from '../caseload/index.js';
import { DateTimeISO } from '../platform/graphql/scalars.js';
import type { ScoreResult } from './score.js';
import type { Recorder } from './answers.js';
import { AnsweredBy, AnsweredVia, ScreeningStatus } from './screening.words.js';

const ScreeningSchema = defineEntity({
  name: 'Screening',
  tableName: 'screening',
  properties: {
    id: p.uuid().primary(),
    careOrgId: p.uuid(),
    patientId: () => p.manyToOne(Patient).mapToPk().name('patient_id'),
    instrumentKey: p.text(),
    instrumentVersion: p.text(),
    status: p.text().$type<ScreeningStatus>(),
    answeredBy: p.text().$type<AnsweredBy>(),
    language: p.text(),
    ageYears: p.integer().nullable(),
    scores: p.json<ScoreResult[]>(),
    startedById: p.uuid().name('started_by'),
    startedAt: p.datetime(),
    completedById: p.uuid().name('completed_by').nullable(),
    completedAt: p.datetime().nullable(),
    completedVia: p.text().$type<AnsweredVia>().nullable(),
    version: p.integer().version(),
  },
});

@ObjectType({ description: 'One asking of an instrument, in the version it was asked with.' })
export class Screening extends ScreeningSchema.class {
  @Field(() => ID, { description: 'Id of the screening.' })
  override id!: string;

  @Field(() => ScreeningStatus, { description: 'Where it stands.' })
  override status!: ScreeningStatus;

  @Field(() => String, { description: 'The language it was asked in, an ISO 639 code.' })
  override language!: string;

  @Field(() => AnsweredBy, { description: 'Who answered.' })
  override answeredBy!: AnsweredBy;

  @Field(() => DateTimeISO, { description: 'When it was begun.' })
  override startedAt!: Date;

  @Field(() => DateTimeISO, { nullable: true, description: 'When it was completed; null while it is under way.' })
  override completedAt!: Date | null | undefined;

  @Field(() => AnsweredVia, { nullable: true, description: 'Through whose hands it was completed.' })
  override completedVia!: AnsweredVia | null | undefined;

  @Field(() => Int, { description: 'Goes up when its state changes.' })
  override version!: number;

  /** Ends it with its scores. Only once. */
  complete(scores: ScoreResult[], { by, via }: Recorder, now: Date): void {
    if (this.status !== 'IN_PROGRESS') throw new Error(`A screening that is ${this.status} cannot be completed`);
    this.status = 'COMPLETED';
    this.scores = scores;
    this.completedById = by;
    this.completedVia = via;
    this.completedAt = now;
  }
}
ScreeningSchema.setClass(Screening);
