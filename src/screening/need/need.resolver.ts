import { Arg, Args, Ctx, Field, FieldResolver, Mutation, ObjectType, Resolver, Root } from 'type-graphql';
import { Can, languageOf, load, type HubContext } from '../../access/index.js';
import { categoriesOf, Patient, patientById, shortListPage } from '../../caseload/index.js';
import { SdohCategory, Sensitivity } from '../../directory/index.js';
import { Colleague, colleagueById } from '../../identity/index.js';
import { connectionOf, PageArgs, type Connection } from '../../platform/graphql/connection.js';
import { payloadOf, type PayloadShape } from '../../platform/graphql/payload.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { needLabelIn } from './need-labels.js';
import { Screening } from '../screening.entity.js';
import {
  AddNeedInput,
  ConfirmNeedInput,
  DeclineNeedInput,
  RefuteNeedInput,
  ResolveNeedInput,
} from '../screening.inputs.js';
import { needsOf, screeningById } from '../screening.loaders.js';
import { addNeed } from './add-need.js';
import { changeNeed } from './change-need.js';
import { Need } from './need.entity.js';

@ObjectType({ description: 'A question and its answer, in the words of the form.' })
export class NeedEvidence {
  @Field(() => String, { description: 'The question, or the name of a score.' })
  question!: string;

  @Field(() => String, { description: 'What was answered, or the score’s result.' })
  answer!: string;

  @Field(() => String, { nullable: true, description: 'Which question of the form; null for a score.' })
  linkId!: string | null;

  @Field(() => String, { nullable: true, description: 'LOINC code of the question or the score.' })
  loinc!: string | null;

  @Field(() => [String], { description: 'Codes of the answers that point to it.' })
  codes!: string[];
}

const payload = (mutation: string) => payloadOf(mutation, 'need', Need, 'The need as it stands now.');
const ConfirmNeedPayload = payload('ConfirmNeed');
const DeclineNeedPayload = payload('DeclineNeed');
const RefuteNeedPayload = payload('RefuteNeed');
const AddNeedPayload = payload('AddNeed');
const ResolveNeedPayload = payload('ResolveNeed');
const NeedConnection = connectionOf(Need);
type NeedPayload = PayloadShape<'need', Need>;

@Resolver(() => Need)
export class NeedResolver {
  @Can('need.write')
  @Mutation(() => ConfirmNeedPayload, {
    description: 'The patient agrees that the need is there; also opens one again.',
  })
  async confirmNeed(
    @Arg('input', () => ConfirmNeedInput) input: ConfirmNeedInput,
    @Ctx() ctx: HubContext,
  ): Promise<NeedPayload> {
    const by = ctx.caller?.userId ?? null;
    return {
      need: await changeNeed(ctx, input, 'need.confirm', (need, now) => {
        // What a referral is under way for stays so: only what the patient wants may change.
        if (need.status === 'BEING_ADDRESSED') need.wantsHelp = input.wantsHelp;
        else need.confirm(input.wantsHelp, by, now, input.agreedBy ?? 'PATIENT');
      }),
    };
  }

  @Can('need.write')
  @Mutation(() => DeclineNeedPayload, { description: 'The need is there, but the patient wants no help.' })
  async declineNeed(
    @Arg('input', () => DeclineNeedInput) input: DeclineNeedInput,
    @Ctx() ctx: HubContext,
  ): Promise<NeedPayload> {
    return { need: await changeNeed(ctx, input, 'need.decline', (need, now) => need.decline(now)) };
  }

  @Can('need.write')
  @Mutation(() => RefuteNeedPayload, { description: 'It is no need after all.' })
  async refuteNeed(
    @Arg('input', () => RefuteNeedInput) input: RefuteNeedInput,
    @Ctx() ctx: HubContext,
  ): Promise<NeedPayload> {
    return { need: await changeNeed(ctx, input, 'need.refute', (need, now) => need.refute(now)) };
  }

  @Can('need.write')
  @Mutation(() => AddNeedPayload, { description: 'Adds a need that came up without a screening, confirmed.' })
  async addNeed(@Arg('input', () => AddNeedInput) input: AddNeedInput, @Ctx() ctx: HubContext): Promise<NeedPayload> {
    return { need: await load(ctx, Need, await addNeed(ctx, input)) };
  }

  @Can('need.write')
  @Mutation(() => ResolveNeedPayload, { description: 'Help came (MET), or could not be had (UNMET).' })
  async resolveNeed(
    @Arg('input', () => ResolveNeedInput) input: ResolveNeedInput,
    @Ctx() ctx: HubContext,
  ): Promise<NeedPayload> {
    const { status } = input;
    if (status !== 'MET' && status !== 'UNMET') {
      return refuse('MET_OR_UNMET', 'Say whether the need was met.', 'status');
    }
    return { need: await changeNeed(ctx, input, 'need.resolve', (need, now) => need.resolve(status, now)) };
  }

  @FieldResolver(() => Patient, { description: 'Whose need it is.' })
  patient(@Root() need: Need, @Ctx() ctx: HubContext): Promise<Patient | null> {
    return patientById(ctx, need.patientId);
  }

  @FieldResolver(() => String, { description: 'The need in plain words.' })
  label(@Root() need: Need, @Ctx() ctx: HubContext): string {
    return needLabelIn(need.label, ctx.language);
  }

  @FieldResolver(() => SdohCategory, { description: 'What kind of need it is.' })
  category(@Root() need: Need): SdohCategory | undefined {
    return categoriesOf([need.category])[0];
  }

  @FieldResolver(() => Sensitivity, { description: 'The sensitive class it reveals; NONE for most.' })
  sensitivity(@Root() need: Need): string {
    return need.sensitivity;
  }

  @FieldResolver(() => [NeedEvidence], { description: 'The answers that point to it.' })
  evidence(@Root() need: Need, @Ctx() ctx: HubContext): NeedEvidence[] {
    const language = languageOf(ctx);
    return need.evidence.map(({ question, answer, linkId = null, loinc = null, codes = [] }) => {
      return { question: question[language], answer: answer[language], linkId, loinc, codes };
    });
  }

  @FieldResolver(() => Colleague, { nullable: true, description: 'Who of the care team confirmed it.' })
  confirmedBy(@Root() need: Need, @Ctx() ctx: HubContext): Promise<Colleague | null> | null {
    return need.confirmedBy ? colleagueById(ctx, need.confirmedBy) : null;
  }

  @FieldResolver(() => Screening, { nullable: true, description: 'The screening that pointed to it last.' })
  async screening(@Root() need: Need, @Ctx() ctx: HubContext): Promise<Screening | null> {
    return need.screeningId ? screeningById(ctx, need.screeningId) : null;
  }
}

@Resolver(() => Patient)
export class PatientNeeds {
  @FieldResolver(() => NeedConnection, { description: 'The patient’s needs, the newest first.' })
  async needs(
    @Root() patient: { id: string },
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: HubContext,
  ): Promise<Connection<Need>> {
    return shortListPage('needs', await needsOf(ctx, patient.id), page);
  }
}
