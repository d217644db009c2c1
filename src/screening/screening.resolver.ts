import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  Float,
  ID,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { Can, languageOf, load, type HubContext } from '../access/index.js';
import { Patient, patientById, Problems, recordAccess, shortListPage } from '../caseload/index.js';
import { Colleague, colleagueById } from '../identity/index.js';
import { connectionOf, PageArgs, type Connection } from '../platform/graphql/connection.js';
import { payloadOf, type PayloadShape } from '../platform/graphql/payload.js';
import { DateTimeISO } from '../platform/graphql/scalars.js';
import { answerScreening } from './answer-screening.js';
import { answersOf, type KeptAnswer } from './answers.js';
import { completeScreening } from './complete-screening.js';
import { byLinkId, enabledItems } from './enabled.js';
import { instrumentType, InstrumentType } from './instrument.resolver.js';
import { instrumentOf } from './instruments.js';
import { Need } from './need/need.entity.js';
import { Screening } from './screening.entity.js';
import { AnswerScreeningInput, CompleteScreeningInput, StartScreeningInput } from './screening.inputs.js';
import { needsOfScreening, screeningsOf } from './screening.loaders.js';
import { AbsentReason, AnsweredVia } from './screening.words.js';
import { startScreening } from './start-screening.js';

@ObjectType({ description: 'What was answered to one question, or why nothing was.' })
class ScreeningAnswer {
  @Field(() => String, { description: 'Which question.' })
  linkId!: string;

  @Field(() => [String], { description: 'The answer codes chosen.' })
  codes!: string[];

  @Field(() => Float, { nullable: true, description: 'The number answered.' })
  number!: number | null;

  @Field(() => String, { nullable: true, description: 'The text answered.' })
  text!: string | null;

  @Field(() => AbsentReason, { nullable: true, description: 'Why there is no answer.' })
  absent!: 'ASKED_DECLINED' | 'NOT_ASKED' | null;

  @Field(() => String, { nullable: true, description: 'Why it was not asked, in words.' })
  absentText!: string | null;

  @Field(() => DateTimeISO, { description: 'When it was answered last.' })
  answeredAt!: Date;

  @Field(() => AnsweredVia, { description: 'Through whose hands it came.' })
  via!: AnsweredVia;

  /** Not part of the API. */
  recordedBy!: string | null;
}

@ObjectType({ description: 'A score of the form.' })
class ScreeningScore {
  @Field(() => String, { nullable: true, description: 'LOINC code of the score; null where LOINC has none.' })
  loinc!: string | null;

  @Field(() => String, { description: 'The score’s name.' })
  name!: string;

  @Field(() => Float, { nullable: true, description: 'The number; null when it cannot be computed.' })
  value!: number | null;

  @Field(() => String, { nullable: true, description: 'LOINC answer code of a score that is a category.' })
  code!: string | null;

  @Field(() => String, { description: 'The result in words.' })
  words!: string;

  @Field(() => Boolean, { nullable: true, description: 'Whether it points to a need; null when that cannot be said.' })
  positive!: boolean | null;

  @Field(() => Boolean, { description: 'False when an answer is missing that could change the result.' })
  complete!: boolean;
}

@ObjectType({ description: 'How far a screening is, in questions.' })
class ScreeningProgress {
  @Field(() => Int, { description: 'With an answer.' })
  answered!: number;

  @Field(() => Int, { description: 'Asked, and the person did not want to answer.' })
  declined!: number;

  @Field(() => Int, { description: 'Not asked, with a reason.' })
  notAsked!: number;

  @Field(() => Int, { description: 'Still open.' })
  remaining!: number;
}

const StartScreeningPayload = payloadOf('StartScreening', 'screening', Screening, 'The screening, new or resumed.');
const AnswerScreeningPayload = payloadOf('AnswerScreening', 'screening', Screening, 'The screening with its answers.');
const CompleteScreeningPayload = payloadOf('CompleteScreening', 'screening', Screening, 'The completed screening.');
const ScreeningConnection = connectionOf(Screening);

@Resolver(() => Screening)
export class ScreeningResolver {
  @Can('screening.read')
  @Query(() => Screening, { description: 'One screening of the caller’s organization.' })
  async screening(@Arg('id', () => ID) id: string, @Ctx() ctx: HubContext): Promise<Screening> {
    const screening = await load(ctx, Screening, id);
    recordAccess(ctx, { action: 'screening.read', patientId: screening.patientId, entity: 'screening', entityId: id });
    return screening;
  }

  @Can('screening.write')
  @Mutation(() => StartScreeningPayload, {
    description: 'Begins a screening, or goes on with the open one of the same form.',
  })
  async startScreening(
    @Arg('input', () => StartScreeningInput) input: StartScreeningInput,
    @Ctx() ctx: HubContext,
  ): Promise<PayloadShape<'screening', Screening>> {
    return { screening: await load(ctx, Screening, await startScreening(ctx, input)) };
  }

  @Can('screening.write')
  @Mutation(() => AnswerScreeningPayload, { description: 'Saves answers at once; each replaces the one before.' })
  async answerScreening(
    @Arg('input', () => AnswerScreeningInput) input: AnswerScreeningInput,
    @Ctx() ctx: HubContext,
  ): Promise<PayloadShape<'screening', Screening>> {
    const done = await answerScreening(ctx, input);
    return done instanceof Problems ? { screening: null, userErrors: done.userErrors } : { screening: done };
  }

  @Can('screening.write')
  @Mutation(() => CompleteScreeningPayload, {
    description: 'Ends a screening: scores it, and notes what it points to as possible needs.',
  })
  async completeScreening(
    @Arg('input', () => CompleteScreeningInput) input: CompleteScreeningInput,
    @Ctx() ctx: HubContext,
  ): Promise<PayloadShape<'screening', Screening>> {
    return { screening: await completeScreening(ctx, input.id) };
  }

  @FieldResolver(() => Patient, { description: 'Who was screened.' })
  patient(@Root() screening: Screening, @Ctx() ctx: HubContext): Promise<Patient | null> {
    return patientById(ctx, screening.patientId);
  }

  @FieldResolver(() => InstrumentType, { description: 'The form, in the version it was asked with.' })
  async instrument(@Root() screening: Screening, @Ctx() ctx: HubContext): Promise<InstrumentType> {
    return instrumentType(await instrumentOf(ctx, screening.instrumentKey, screening.instrumentVersion));
  }

  @FieldResolver(() => Colleague, { nullable: true, description: 'Who began it.' })
  startedBy(@Root() screening: Screening, @Ctx() ctx: HubContext): Promise<Colleague | null> {
    return colleagueById(ctx, screening.startedById);
  }

  @FieldResolver(() => [ScreeningAnswer], { description: 'The answers kept so far.' })
  async answers(@Root() screening: Screening, @Ctx() ctx: HubContext): Promise<readonly KeptAnswer[]> {
    return answersOf(ctx, screening.id);
  }

  @FieldResolver(() => [ScreeningScore], { description: 'The form’s scores; empty until it is completed.' })
  scores(@Root() screening: Screening, @Ctx() ctx: HubContext): ScreeningScore[] {
    const language = languageOf(ctx);
    return screening.scores.map(({ name, text, ...rest }) => ({
      ...rest,
      name: name[language],
      words: text[language],
    }));
  }

  @FieldResolver(() => [Need], { description: 'The needs it points to.' })
  async needs(@Root() screening: Screening, @Ctx() ctx: HubContext): Promise<readonly Need[]> {
    return needsOfScreening(ctx, screening.id);
  }

  @FieldResolver(() => [String], {
    description: 'The questions that are to be asked after the answers so far, by linkId: some open or close others.',
  })
  async asked(@Root() screening: Screening, @Ctx() ctx: HubContext): Promise<string[]> {
    const [answers, instrument] = await Promise.all([
      answersOf(ctx, screening.id),
      instrumentOf(ctx, screening.instrumentKey, screening.instrumentVersion),
    ]);
    return enabledItems(instrument, byLinkId(answers)).map(({ linkId }) => linkId);
  }

  @FieldResolver(() => ScreeningProgress, { description: 'How far it is.' })
  async progress(@Root() screening: Screening, @Ctx() ctx: HubContext): Promise<ScreeningProgress> {
    const [answers, instrument] = await Promise.all([
      answersOf(ctx, screening.id),
      instrumentOf(ctx, screening.instrumentKey, screening.instrumentVersion),
    ]);
    const count = (absent: KeptAnswer['absent']): number => answers.filter((answer) => answer.absent === absent).length;
    const given = byLinkId(answers);
    const remaining = enabledItems(instrument, given).filter(({ linkId }) => !given.has(linkId)).length;
    return { answered: count(null), declined: count('ASKED_DECLINED'), notAsked: count('NOT_ASKED'), remaining };
  }
}

@Resolver(() => ScreeningAnswer)
export class ScreeningAnswerResolver {
  @FieldResolver(() => Colleague, {
    nullable: true,
    description: 'Who wrote it down; null where the patient answered alone.',
  })
  recordedBy(@Root() answer: ScreeningAnswer, @Ctx() ctx: HubContext): Promise<Colleague | null> | null {
    return answer.recordedBy ? colleagueById(ctx, answer.recordedBy) : null;
  }
}

@Resolver(() => Patient)
export class PatientScreenings {
  @FieldResolver(() => ScreeningConnection, { description: 'The patient’s screenings, the newest first.' })
  async screenings(
    @Root() patient: { id: string },
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: HubContext,
  ): Promise<Connection<Screening>> {
    return shortListPage('screenings', await screeningsOf(ctx, patient.id), page);
  }
}
