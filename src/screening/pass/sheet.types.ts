import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { LocalDate } from '../../platform/graphql/scalars.js';
import { InstrumentItemType } from '../instrument.resolver.js';
import { AnswerInput } from '../screening.inputs.js';
import { PassKind, PassSentBy } from './screening-pass.entity.js';

export const SheetState = { OPEN: 'OPEN', BIRTH_DATE: 'BIRTH_DATE', FINISHED: 'FINISHED' } as const;
export type SheetState = keyof typeof SheetState;
registerEnumType(SheetState, {
  name: 'QuestionSheetState',
  description: 'What comes next on the page of a pass.',
  valuesConfig: {
    OPEN: { description: 'Questions.' },
    BIRTH_DATE: { description: 'The birth date, before any question is shown.' },
    FINISHED: { description: 'Nothing: all is said, or the care team went on.' },
  },
});

@ObjectType({
  description: 'What a patient who answers alone sees: the questions, and never what was answered, nor whose they are.',
})
export class QuestionSheet {
  @Field(() => SheetState, { description: 'What comes next.' })
  state!: SheetState;

  @Field(() => PassKind, { description: 'On a device that was handed over, or by a link.' })
  kind!: PassKind;

  @Field(() => String, { description: 'Which care organization asks.' })
  askedBy!: string;

  @Field(() => String, { description: 'The language of the questions, an ISO 639 code.' })
  language!: string;

  @Field(() => [String], { description: 'The languages that the questions exist in.' })
  languages!: string[];

  @Field(() => Int, { nullable: true, description: 'How long it takes, in minutes.' })
  minutes!: number | null;

  @Field(() => Int, { description: 'How many questions there can be at most; answers open and close some.' })
  most!: number;

  @Field(() => [InstrumentItemType], { description: 'The questions to ask after the answers so far, in their order.' })
  items!: InstrumentItemType[];

  @Field(() => [String], { description: 'Which of them have an answer, by linkId; not what it is.' })
  done!: string[];

  @Field(() => [String], { description: 'Which must have an answer, or “I do not want to answer”, before the end.' })
  required!: string[];

  @Field(() => [String], { description: 'Citations and licence notices to show with the questions.' })
  notices!: string[];
}

@InputType({ description: 'The birth date that a pass asks for first.' })
export class OpenSheetInput {
  @Field(() => String, { description: 'The token of the pass.' })
  token!: string;

  @Field(() => LocalDate, { description: 'The birth date.' })
  birthDate!: string;
}

@InputType({ description: 'Answers by a pass.' })
export class AnswerSheetInput {
  @Field(() => String, { description: 'The token of the pass.' })
  token!: string;

  @Field(() => LocalDate, { nullable: true, description: 'The birth date, where the pass asks for it.' })
  birthDate?: string | null;

  @Field(() => [AnswerInput], { description: 'The answers; each replaces the one before. 1 to 100.' })
  answers!: AnswerInput[];
}

@InputType({ description: 'The end of a sheet.' })
export class FinishSheetInput {
  @Field(() => String, { description: 'The token of the pass.' })
  token!: string;

  @Field(() => LocalDate, { nullable: true, description: 'The birth date, where the pass asks for it.' })
  birthDate?: string | null;
}

@InputType({ description: 'Whoever handed the device over takes it back.' })
export class TakeBackDeviceInput {
  @Field(() => String, { description: 'The token of the pass.' })
  token!: string;

  @Field(() => String, { description: 'The password of the person who handed it over.' })
  password!: string;
}

@InputType({ description: 'The patient gets the device.' })
export class HandOverScreeningInput {
  @Field(() => ID, { description: 'Id of the screening.' })
  screeningId!: string;
}

@InputType({ description: 'A link for the patient.' })
export class SendScreeningLinkInput {
  @Field(() => ID, { description: 'Id of the screening.' })
  screeningId!: string;

  @Field(() => PassSentBy, {
    nullable: true,
    description:
      'How it is sent, only the way the patient wants to be reached; null: it is shown once, to be passed on.',
  })
  sendBy?: PassSentBy | null;

  @Field(() => Boolean, { nullable: true, description: 'Ask for the birth date before any question is shown.' })
  checkBirthDate?: boolean | null;

  @Field(() => Int, { nullable: true, description: 'How many days it works, 1 to 30; 7 when left out.' })
  days?: number | null;
}

@InputType({ description: 'Which pass is called back.' })
export class RevokeScreeningPassInput {
  @Field(() => ID, { description: 'Id of the pass.' })
  id!: string;
}
