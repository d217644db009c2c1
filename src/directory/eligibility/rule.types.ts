import { Ctx, Field, FieldResolver, Float, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { InLanguage, languageOf, type HubContext } from '../../access/index.js';
import type { Language } from '../../platform/words.js';
import { placeWords } from './place-keys.js';
import { EligibilityKind } from './rule.enums.js';
import type { Rule } from './rules.js';
import { ruleWords } from './words.js';

@ObjectType({ description: 'A place that a rule names.' })
export class RulePlace {
  @Field(() => String, { description: 'As rules name it: `MD`, `MD/Howard` or `21044`.' })
  key!: string;

  @Field(() => String, { description: 'As people name it: "Maryland", "Howard County, MD", "21044".' })
  words!: string;
}

@ObjectType({ description: 'One rule of who a service is for. Which fields it has, its kind says.' })
export class EligibilityRule {
  @Field(() => EligibilityKind, { description: 'What it is about.' })
  kind!: EligibilityKind;

  rule!: Rule;
}

const placesIn = (rule: Rule): string[] =>
  rule.kind === 'RESIDENCE' ? [...(rule.states ?? []), ...(rule.counties ?? []), ...(rule.zips ?? [])] : [];

function valuesIn(rule: Rule): readonly string[] {
  switch (rule.kind) {
    case 'LANGUAGE':
    case 'GENDER':
      return rule.anyOf;
    case 'INSURANCE':
      return rule.anyOf ?? ['UNINSURED'];
    case 'DOCUMENTS':
      return rule.allOf;
    default:
      return [];
  }
}

/** A rule as the API shows it. */
export const shownRule = (rule: Rule): EligibilityRule => ({ kind: rule.kind, rule });

@Resolver(() => EligibilityRule)
export class EligibilityRuleFields {
  @FieldResolver(() => String, { description: 'The rule in plain words, in the locale asked for or preferred.' })
  words(@Root() { rule }: EligibilityRule, @InLanguage() language: Language): string {
    return ruleWords(rule)[language];
  }

  @FieldResolver(() => Float, { nullable: true, description: 'At least: years of AGE, people of HOUSEHOLD.' })
  minimum(@Root() { rule }: EligibilityRule): number | null {
    return (rule.kind === 'AGE' ? rule.min : rule.kind === 'HOUSEHOLD' ? rule.minSize : null) ?? null;
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description: 'At most: years of AGE, people of HOUSEHOLD; the age that a child of CHILD_UNDER has not reached.',
  })
  maximum(@Root() { rule }: EligibilityRule): number | null {
    if (rule.kind === 'CHILD_UNDER') return rule.age;
    return (rule.kind === 'AGE' ? rule.max : rule.kind === 'HOUSEHOLD' ? rule.maxSize : null) ?? null;
  }

  @FieldResolver(() => Float, { nullable: true, description: 'INCOME: percent of the federal poverty guideline.' })
  percent(@Root() { rule }: EligibilityRule): number | null {
    return rule.kind === 'INCOME' ? (rule.maxPercent ?? null) : null;
  }

  @FieldResolver(() => Int, { nullable: true, description: 'INCOME: cents a year, where it is no percentage.' })
  annualCents(@Root() { rule }: EligibilityRule): number | null {
    return rule.kind === 'INCOME' && rule.maxAnnualCents !== undefined ? Math.round(rule.maxAnnualCents) : null;
  }

  @FieldResolver(() => [RulePlace], { description: 'RESIDENCE: where people live.' })
  places(@Root() { rule }: EligibilityRule, @Ctx() ctx: HubContext): RulePlace[] {
    return placesIn(rule).map((key) => ({ key, words: placeWords(key)[languageOf(ctx)] }));
  }

  @FieldResolver(() => [String], { description: 'LANGUAGE, INSURANCE, GENDER, DOCUMENTS: what is asked for.' })
  values(@Root() { rule }: EligibilityRule): string[] {
    return [...valuesIn(rule)];
  }

  @FieldResolver(() => [EligibilityRule], { description: 'ANY_OF: the rules of which one is enough.' })
  rules(@Root() { rule }: EligibilityRule): EligibilityRule[] {
    return rule.kind === 'ANY_OF' ? rule.rules.map(shownRule) : [];
  }
}
