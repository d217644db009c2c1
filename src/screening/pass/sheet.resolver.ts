import { Arg, Ctx, Field, ID, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { Apart, Can, type HubContext } from '../../access/index.js';
import { Problems } from '../../caseload/index.js';
import { Payload, payloadOf, type PayloadShape } from '../../platform/graphql/payload.js';
import { answerSheet, finishSheet, questionSheet, takeBackDevice } from './sheet.js';
import {
  AnswerSheetInput,
  FinishSheetInput,
  OpenSheetInput,
  QuestionSheet,
  TakeBackDeviceInput,
} from './sheet.types.js';

const AnswerSheetPayload = payloadOf('AnswerSheet', 'sheet', QuestionSheet, 'The questions as they stand now.');
const FinishSheetPayload = payloadOf('FinishSheet', 'sheet', QuestionSheet, 'The questions as they stand now.');
const OpenSheetPayload = payloadOf('OpenSheet', 'sheet', QuestionSheet, 'The questions as they stand now.');
type SheetPayload = PayloadShape<'sheet', QuestionSheet>;

@ObjectType({ description: 'The answer to `takeBackDevice`.' })
class TakeBackDevicePayload extends Payload {
  @Field(() => ID, { nullable: true, description: 'Id of the screening to go on with.' })
  screeningId!: string | null;
}

const payload = (done: QuestionSheet | Problems): SheetPayload =>
  done instanceof Problems ? { sheet: null, userErrors: done.userErrors } : { sheet: done };

@Resolver()
export class SheetResolver {
  @Can('public')
  @Query(() => QuestionSheet, {
    description: 'The questions of a pass, or that the birth date is asked first. Reading changes nothing.',
  })
  questionSheet(
    @Arg('token', () => String, { description: 'The token of the pass.' }) token: string,
    @Ctx() ctx: HubContext,
  ): Promise<QuestionSheet> {
    return questionSheet(ctx, token);
  }

  @Can('public')
  @Apart()
  @Mutation(() => OpenSheetPayload, {
    description: 'The questions of a pass that asks for the birth date first. Five wrong dates an hour.',
  })
  async openSheet(
    @Arg('input', () => OpenSheetInput) { token, birthDate }: OpenSheetInput,
    @Ctx() ctx: HubContext,
  ): Promise<SheetPayload> {
    return { sheet: await questionSheet(ctx, token, birthDate) };
  }

  @Can('public')
  @Apart()
  @Mutation(() => AnswerSheetPayload, { description: 'Saves answers of a patient who answers alone.' })
  async answerSheet(
    @Arg('input', () => AnswerSheetInput) input: AnswerSheetInput,
    @Ctx() ctx: HubContext,
  ): Promise<SheetPayload> {
    return payload(await answerSheet(ctx, input));
  }

  @Can('public')
  @Apart()
  @Mutation(() => FinishSheetPayload, { description: 'The patient is through; the result is for the care team.' })
  async finishSheet(
    @Arg('input', () => FinishSheetInput) input: FinishSheetInput,
    @Ctx() ctx: HubContext,
  ): Promise<SheetPayload> {
    return payload(await finishSheet(ctx, input));
  }

  @Can('public')
  @Apart()
  @Mutation(() => TakeBackDevicePayload, {
    description: 'Whoever handed the device over takes it back with their password; their session opens again.',
  })
  async takeBackDevice(
    @Arg('input', () => TakeBackDeviceInput) input: TakeBackDeviceInput,
    @Ctx() ctx: HubContext,
  ): Promise<TakeBackDevicePayload> {
    return { screeningId: await takeBackDevice(ctx, input) };
  }
}
