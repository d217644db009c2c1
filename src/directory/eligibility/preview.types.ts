import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { enumOf } from '../../platform/graphql/enum-of.js';
import { FitVerdict } from './fit.js';
import { EligibilityRule } from './rule.types.js';

export const FitGroupKind = enumOf(['STANDARD_PROFILES', 'OWN_PATIENTS', 'OWN_REFERRALS']);
export type FitGroupKind = keyof typeof FitGroupKind;
registerEnumType(FitGroupKind, {
  name: 'FitGroupKind',
  description: 'Whom rules are tried on. Nobody is counted whom the caller may not read by themselves.',
  valuesConfig: {
    STANDARD_PROFILES: { description: 'Fictional people, the same for everybody, who live in and around the area.' },
    OWN_PATIENTS: {
      description: 'Patients of the caller’s organization with an open need of that kind, in the area served.',
    },
    OWN_REFERRALS: {
      description: 'People sent to the caller’s agency for this service in 12 months, by what was shared of them.',
    },
  },
});

export const RuleWarningKind = enumOf([
  'INCOMPLETE',
  'REVERSED',
  'OUT_OF_RANGE',
  'UNKNOWN_PLACE',
  'UNKNOWN_VALUE',
  'TOO_DEEP',
  'NOBODY_BOTH',
  'NOBODY_ALONE',
  'NOBODY_ALL',
  'NO_INCOME',
  'OUTSIDE_AREA',
  'SHUTS_NOBODY_OUT',
  'SAID_ALREADY',
  'EVERYONE_AND_OTHERS',
  'UNREADABLE',
]);
export type RuleWarningKind = keyof typeof RuleWarningKind;
registerEnumType(RuleWarningKind, {
  name: 'RuleWarningKind',
  description: 'What is wrong with rules.',
  valuesConfig: {
    INCOMPLETE: { description: 'A rule is not filled in.' },
    REVERSED: { description: 'Its least lies above its most.' },
    OUT_OF_RANGE: { description: 'A number is not possible.' },
    UNKNOWN_PLACE: { description: 'A place is no state, county or ZIP code.' },
    UNKNOWN_VALUE: { description: 'A value is none of those that are possible.' },
    TOO_DEEP: { description: 'Groups lie in each other too deep.' },
    NOBODY_BOTH: { description: 'Nobody meets two of the rules at once.' },
    NOBODY_ALONE: { description: 'Nobody meets a rule.' },
    NOBODY_ALL: { description: 'Nobody meets all of the rules.' },
    NO_INCOME: { description: 'A limit of income is 0.' },
    OUTSIDE_AREA: { description: 'A place lies outside the area served.' },
    SHUTS_NOBODY_OUT: { description: 'A rule shuts nobody out.' },
    SAID_ALREADY: { description: 'Another rule is as strict already.' },
    EVERYONE_AND_OTHERS: { description: 'Open to everyone, beside other rules.' },
    UNREADABLE: { description: 'The listing holds rules that cannot be read.' },
  },
});

@ObjectType({ description: 'Something wrong with rules, and what to do about it.' })
export class RuleWarning {
  @Field(() => RuleWarningKind, { description: 'What it is.' })
  kind!: RuleWarningKind;

  @Field(() => [Int], { description: 'Which of the rules, counted from 0; empty when it is about the listing.' })
  rules!: number[];

  @Field(() => String, { description: 'What is wrong and what to change, in words.' })
  words!: string;

  @Field(() => Boolean, { description: 'Whether the rules cannot be saved like this.' })
  blocks!: boolean;
}

@ObjectType({ description: 'How many of some people a listing is for.' })
export class FitCount {
  @Field(() => Int, { description: 'Those whom it is for.' })
  fit!: number;

  @Field(() => Int, { description: 'Those who have to be asked more.' })
  ask!: number;

  @Field(() => Int, { description: 'Those whom it shuts out.' })
  shutOut!: number;
}

@ObjectType({ description: 'What one of the proposed rules does to some people.' })
export class RuleShare {
  @Field(() => Int, { description: 'Which rule, counted from 0.' })
  rule!: number;

  @Field(() => Int, { description: 'All who do not meet it.' })
  shutOut!: number;

  @Field(() => Int, { description: 'Those of them whom no other rule shuts out.' })
  alone!: number;

  @Field(() => Int, { description: 'Those of whom it is not known.' })
  ask!: number;
}

@ObjectType({ description: 'A fact that is not known of some people, and would decide.' })
export class FitQuestion {
  @Field(() => String, { description: 'What to ask, in words.' })
  words!: string;

  @Field(() => Int, { description: 'Of how many.' })
  people!: number;
}

@ObjectType({ description: 'A fictional person, and what the rules mean for them.' })
export class FitProfile {
  @Field(() => String, { description: 'Which one: a name that stays.' })
  key!: string;

  @Field(() => String, { description: 'Who it is, in words.' })
  words!: string;

  @Field(() => FitVerdict, { description: 'By the rules in force.' })
  now!: FitVerdict;

  @Field(() => FitVerdict, { description: 'By the proposed rules.' })
  proposed!: FitVerdict;

  @Field(() => [String], { description: 'The proposed rules that they do not meet, in words.' })
  failed!: string[];

  @Field(() => [String], { description: 'What they would be asked.' })
  ask!: string[];
}

@ObjectType({ description: 'People whom the rules were tried on: numbers, and of fictional people who they are.' })
export class FitGroup {
  @Field(() => FitGroupKind, { description: 'Who they are.' })
  kind!: FitGroupKind;

  @Field(() => Int, { description: 'How many there are.' })
  people!: number;

  @Field(() => Boolean, { description: 'Whether there are more, of whom only the newest were looked at.' })
  more!: boolean;

  @Field(() => FitCount, { description: 'By the rules in force.' })
  now!: FitCount;

  @Field(() => FitCount, { description: 'By the proposed rules.' })
  proposed!: FitCount;

  @Field(() => Int, { description: 'Not shut out now, and would be.' })
  newlyShutOut!: number;

  @Field(() => Int, { description: 'Shut out now, and would not be any more.' })
  noLongerShutOut!: number;

  @Field(() => [RuleShare], { description: 'Rule by rule; rules that cannot be read yet are left out.' })
  rules!: RuleShare[];

  @Field(() => [FitQuestion], { description: 'What would have to be asked, of the most people first.' })
  questions!: FitQuestion[];

  @Field(() => [FitProfile], { description: 'The fictional people one by one; empty for others.' })
  profiles!: FitProfile[];
}

@ObjectType({ description: 'What rules mean before they are saved.' })
export class EligibilityPreview {
  @Field(() => [EligibilityRule], {
    nullable: 'items',
    description: 'The rules as they would be read, in the order given; null for one that cannot be read yet.',
  })
  rules!: (EligibilityRule | null)[];

  @Field(() => [RuleWarning], { description: 'What is wrong with them, the worst first.' })
  warnings!: RuleWarning[];

  @Field(() => Boolean, { description: 'Whether they can be saved.' })
  canSave!: boolean;

  @Field(() => [String], { description: 'The area that the people live in, in words; empty for everywhere.' })
  area!: string[];

  @Field(() => [FitGroup], { description: 'Whom they were tried on: the caller’s own people first.' })
  groups!: FitGroup[];
}
