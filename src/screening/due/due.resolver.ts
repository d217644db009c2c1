import { Arg, Args, Ctx, Field, FieldResolver, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { Can, load, type HubContext } from '../../access/index.js';
import { Patient, patientById, recordAccess } from '../../caseload/index.js';
import { connectionOf, PageArgs, type Connection } from '../../platform/graphql/connection.js';
import { Payload, payloadOf, type PayloadShape } from '../../platform/graphql/payload.js';
import { activeInstruments } from '../instruments.js';
import { dueOfPatient, lifeEventsOf, pauseOf, screeningsDue } from './due.queries.js';
import {
  ChangeScreeningRulesInput,
  LifeEvent,
  RecordLifeEventInput,
  ResumeScreeningInput,
  ScreeningDue,
  ScreeningPause,
  ScreeningRule,
  ScreeningsDueFilter,
  SnoozeScreeningInput,
  WithdrawLifeEventInput,
} from './due.types.js';
import { recordLifeEvent, withdrawLifeEvent } from './life-events.js';
import { resumeScreening, snoozeScreening } from './pause-screening.js';
import { changeScreeningRules, screeningRules } from './screening-rules.js';

const ScreeningDueConnection = connectionOf(ScreeningDue);
const payload = (mutation: string) => payloadOf(mutation, 'patient', Patient, 'The patient as they stand now.');
const SnoozeScreeningPayload = payload('SnoozeScreening');
const ResumeScreeningPayload = payload('ResumeScreening');
const RecordLifeEventPayload = payload('RecordLifeEvent');
const WithdrawLifeEventPayload = payload('WithdrawLifeEvent');
type PatientPayload = PayloadShape<'patient', Patient>;

@ObjectType({ description: 'The answer to `changeScreeningRules`.' })
class ChangeScreeningRulesPayload extends Payload {
  @Field(() => [ScreeningRule], { nullable: true, description: 'The rules as they stand now.' })
  rules!: ScreeningRule[] | null;
}

@Resolver(() => ScreeningDue)
export class ScreeningDueResolver {
  @Can('screening.read')
  @Query(() => ScreeningDueConnection, { description: 'Who is due for a screening, by the rules; longest first.' })
  async screeningsDue(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: HubContext,
    @Arg('filter', () => ScreeningsDueFilter, { nullable: true, description: 'All that are due when left out.' })
    filter?: ScreeningsDueFilter | null,
  ): Promise<Connection<ScreeningDue>> {
    const found = await screeningsDue(ctx, filter ?? {}, page);
    recordAccess(ctx, { action: 'patient.list', entity: 'patient', detail: { count: found.edges.length, list: 'screeningsDue' } }); // prettier-ignore
    return found;
  }

  @Can('screening.read')
  @Query(() => [ScreeningRule], { description: 'When the organization screens again.' })
  screeningRules(@Ctx() ctx: HubContext): Promise<ScreeningRule[]> {
    return screeningRules(ctx);
  }

  @Can('patient.assign')
  @Mutation(() => ChangeScreeningRulesPayload, { description: 'Puts these rules in place of all there are.' })
  async changeScreeningRules(
    @Arg('input', () => ChangeScreeningRulesInput) input: ChangeScreeningRulesInput,
    @Ctx() ctx: HubContext,
  ): Promise<ChangeScreeningRulesPayload> {
    await changeScreeningRules(ctx, input);
    return { rules: await screeningRules(ctx) };
  }

  @Can('screening.write')
  @Mutation(() => SnoozeScreeningPayload, { description: 'Puts a screening off, or notes that it was declined.' })
  async snoozeScreening(
    @Arg('input', () => SnoozeScreeningInput) input: SnoozeScreeningInput,
    @Ctx() ctx: HubContext,
  ): Promise<PatientPayload> {
    return { patient: await load(ctx, Patient, await snoozeScreening(ctx, input)) };
  }

  @Can('screening.write')
  @Mutation(() => ResumeScreeningPayload, { description: 'Asks again after all.' })
  async resumeScreening(
    @Arg('input', () => ResumeScreeningInput) input: ResumeScreeningInput,
    @Ctx() ctx: HubContext,
  ): Promise<PatientPayload> {
    return { patient: await load(ctx, Patient, await resumeScreening(ctx, input.patientId)) };
  }

  @Can('screening.write')
  @Mutation(() => RecordLifeEventPayload, { description: 'Notes what happened to a patient.' })
  async recordLifeEvent(
    @Arg('input', () => RecordLifeEventInput) input: RecordLifeEventInput,
    @Ctx() ctx: HubContext,
  ): Promise<PatientPayload> {
    return { patient: await load(ctx, Patient, await recordLifeEvent(ctx, input)) };
  }

  @Can('screening.write')
  @Mutation(() => WithdrawLifeEventPayload, { description: 'Takes back what was noted by mistake.' })
  async withdrawLifeEvent(
    @Arg('input', () => WithdrawLifeEventInput) input: WithdrawLifeEventInput,
    @Ctx() ctx: HubContext,
  ): Promise<PatientPayload> {
    return { patient: await load(ctx, Patient, await withdrawLifeEvent(ctx, input.id)) };
  }

  @FieldResolver(() => Patient, { description: 'Who is due.' })
  patient(@Root() due: ScreeningDue, @Ctx() ctx: HubContext): Promise<Patient | null> {
    return patientById(ctx, due.id);
  }

  @FieldResolver(() => String, { nullable: true, description: 'Title of the form that is due; null for any form.' })
  async form(@Root() { instrumentKey }: ScreeningDue, @Ctx() ctx: HubContext): Promise<string | null> {
    if (!instrumentKey) return null;
    const found = (await activeInstruments(ctx)).find(({ key }) => key === instrumentKey);
    return found?.title[ctx.language] ?? null;
  }
}

@Resolver(() => Patient)
export class PatientDue {
  @Can('screening.read')
  @FieldResolver(() => ScreeningDue, {
    nullable: true,
    description: 'The screening that is due or comes next; null while it is put off.',
  })
  async screeningDue(@Root() { id }: { id: string }, @Ctx() ctx: HubContext): Promise<ScreeningDue | null> {
    return (await dueOfPatient(ctx, id))[0] ?? null;
  }

  @Can('screening.read')
  @FieldResolver(() => ScreeningPause, { nullable: true, description: 'Until when screening is put off, and why.' })
  async screeningPause(@Root() { id }: { id: string }, @Ctx() ctx: HubContext): Promise<ScreeningPause | null> {
    return (await pauseOf(ctx, id))[0] ?? null;
  }

  @Can('screening.read')
  @FieldResolver(() => [LifeEvent], { description: 'What happened to the patient, the latest first.' })
  async lifeEvents(@Root() { id }: { id: string }, @Ctx() ctx: HubContext): Promise<readonly LifeEvent[]> {
    return lifeEventsOf(ctx, id);
  }
}
