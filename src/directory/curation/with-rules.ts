import { fail } from '../../platform/graphql/errors.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { keptAs } from '../eligibility/kept-as.js';
import { readRulesOf } from '../eligibility/read-rule.js';
import { given } from '../given.js';
import type { Service } from '../service/service.entity.js';
import type { ListingChangesInput } from './changes.inputs.js';
import type { ListingChanges } from './listing-fields.js';

/** Changes of a listing with its rules, said with fields, as what a listing keeps of them: their text and its ages. */
export function withRules(service: Service, { rules, ...changes }: Partial<ListingChangesInput>): ListingChanges {
  if (rules === undefined) return changes;
  for (const twice of ['eligibilityRules', 'minimumAge', 'maximumAge'] as const) {
    if (given(changes[twice])) fail.badInput(twice, 'rules say it already');
  }
  const read = readRulesOf(rules ?? []).map(({ rule }) => rule);
  const whole = read.filter((rule) => rule !== undefined);
  if (whole.length < read.length) {
    refuse('BAD_RULES', 'A rule is not filled in, or cannot be so. Look at the notes beside the rules.', 'rules');
  }
  const { eligibilityRules, ...ages } = keptAs(service, whole);
  return { ...changes, ...ages, eligibilityRules: JSON.stringify(eligibilityRules) };
}
