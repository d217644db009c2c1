import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { enumOf } from '../../platform/graphql/enum-of.js';
import { languageOf, type HubContext } from '../../access/index.js';
import { evaluateListing, type ListedEligibility } from './evaluate.js';
import type { Facts } from './words.js';

export const FitVerdict = enumOf(['MATCH', 'NO_MATCH', 'UNKNOWN']);
export type FitVerdict = keyof typeof FitVerdict;
registerEnumType(FitVerdict, {
  name: 'FitVerdict',
  description: 'Whether a service is for a person.',
  valuesConfig: {
    MATCH: { description: 'The person meets every rule.' },
    NO_MATCH: { description: 'The person does not meet a rule.' },
    UNKNOWN: { description: 'More has to be asked.' },
  },
});

@ObjectType({ description: 'Whether a service is for a person, by its rules and what is known.' })
export class Fit {
  @Field(() => FitVerdict, { description: 'The verdict.' })
  verdict!: FitVerdict;

  @Field(() => [String], { description: 'The rules that are not met, in words.' })
  failed!: string[];

  @Field(() => [String], { description: 'What to ask, when it is unknown.' })
  ask!: string[];
}

/** Whether a listing is for a person, in the words of the viewer's language. */
export function fitIn(ctx: HubContext, listing: ListedEligibility, facts: Facts): Fit {
  const { verdict, failed, ask } = evaluateListing(listing, facts, ctx.clock.now().toISOString().slice(0, 10));
  const language = languageOf(ctx);
  return {
    verdict,
    failed: failed.map(({ words }) => words[language]),
    ask: ask.map(({ question }) => question[language]),
  };
}

/** {@link fitIn} for a person whose facts may be unknown: null then. */
export function fitOf(ctx: HubContext, listing: ListedEligibility, facts: Facts | null): Promise<Fit | null> {
  return Promise.resolve(facts && fitIn(ctx, listing, facts));
}

/** How a root further down tells what is known of a patient; it checks the permission and writes the audit. */
export type PatientFacts = (ctx: HubContext, patientId: string) => Promise<Facts | null>;

let patientFacts: PatientFacts | undefined;

/** Says how to learn a patient's facts; called once, by the root that keeps patients. */
export function usePatientFacts(facts: PatientFacts): void {
  patientFacts = facts;
}

/** What is known of a patient, or null when there is no such patient for the caller. */
export async function factsOf(ctx: HubContext, patientId: string): Promise<Facts | null> {
  if (!patientFacts) throw new Error('Nobody said how to learn the facts of a patient: see usePatientFacts');
  return patientFacts(ctx, patientId);
}
