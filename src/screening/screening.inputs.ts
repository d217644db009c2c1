import { Field, Float, ID, InputType } from 'type-graphql';
import { AbsentReason, AnsweredBy, NeedStatus } from './screening.words.js';

@InputType({ description: 'The beginning of a screening.' })
export class StartScreeningInput {
  @Field(() => ID, { description: 'Id of the patient.' })
  patientId!: string;

  @Field(() => String, { description: 'Which instrument, such as `ahc-hrsn`.' })
  instrumentKey!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The language it is asked in; the patient’s when the form has it, else English.',
  })
  language?: string | null;

  @Field(() => AnsweredBy, { nullable: true, description: 'Who answers; the patient when left out.' })
  answeredBy?: AnsweredBy | null;

  @Field(() => String, { nullable: true, description: 'A key of the client’s choice, 8 to 100 characters.' })
  idempotencyKey?: string | null;
}

@InputType({ description: 'One answer: codes, a number or a text as the question asks, or why there is none.' })
export class AnswerInput {
  @Field(() => String, { description: 'Which question, such as `/71802-3`.' })
  linkId!: string;

  @Field(() => [String], { nullable: true, description: 'LOINC answer codes, such as `LA28397-0`.' })
  codes?: string[] | null;

  @Field(() => Float, { nullable: true, description: 'The number that was answered.' })
  number?: number | null;

  @Field(() => String, { nullable: true, description: 'The text that was answered, at most 500 characters.' })
  text?: string | null;

  @Field(() => AbsentReason, { nullable: true, description: 'Why there is no answer.' })
  absent?: 'ASKED_DECLINED' | 'NOT_ASKED' | null;

  @Field(() => String, { nullable: true, description: 'Why it was not asked, in words; required with NOT_ASKED.' })
  absentText?: string | null;
}

@InputType({ description: 'Answers to keep, one or several.' })
export class AnswerScreeningInput {
  @Field(() => ID, { description: 'Id of the screening.' })
  id!: string;

  @Field(() => [AnswerInput], {
    description: 'The answers; each replaces what was answered to its question before. 1 to 200.',
  })
  answers!: AnswerInput[];
}

@InputType({ description: 'The end of a screening.' })
export class CompleteScreeningInput {
  @Field(() => ID, { description: 'Id of the screening.' })
  id!: string;
}

@InputType({ description: 'The patient agrees that the need is there.' })
export class ConfirmNeedInput {
  @Field(() => ID, { description: 'Id of the need.' })
  id!: string;

  @Field(() => AnsweredBy, { nullable: true, description: 'Who agreed; the patient when left out.' })
  agreedBy?: AnsweredBy | null;

  @Field(() => Boolean, { description: 'Whether the patient wants help with it.' })
  wantsHelp!: boolean;

  @Field(() => String, { nullable: true, description: 'What to remember about it, at most 1000 characters.' })
  note?: string | null;
}

@InputType({ description: 'The need is there, but the patient wants no help.' })
export class DeclineNeedInput {
  @Field(() => ID, { description: 'Id of the need.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'What to remember about it, at most 1000 characters.' })
  note?: string | null;
}

@InputType({ description: 'It is no need after all.' })
export class RefuteNeedInput {
  @Field(() => ID, { description: 'Id of the need.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'What to remember about it, at most 1000 characters.' })
  note?: string | null;
}

@InputType({ description: 'A need that came up without a screening.' })
export class AddNeedInput {
  @Field(() => ID, { description: 'Id of the patient.' })
  patientId!: string;

  @Field(() => String, { description: 'Code of the SDOH category, such as `food-insecurity`.' })
  category!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The need in plain words; the category’s when left out. At most 200 characters.',
  })
  label?: string | null;

  @Field(() => Boolean, { description: 'Whether the patient wants help with it.' })
  wantsHelp!: boolean;

  @Field(() => String, { nullable: true, description: 'What to remember about it, at most 1000 characters.' })
  note?: string | null;

  @Field(() => String, { nullable: true, description: 'A key of the client’s choice, 8 to 100 characters.' })
  idempotencyKey?: string | null;
}

@InputType({ description: 'How a need ended.' })
export class ResolveNeedInput {
  @Field(() => ID, { description: 'Id of the need.' })
  id!: string;

  @Field(() => NeedStatus, { description: 'MET or UNMET.' })
  status!: NeedStatus;

  @Field(() => String, { nullable: true, description: 'What to remember about it, at most 1000 characters.' })
  note?: string | null;
}
