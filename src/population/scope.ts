import { DateTime } from 'luxon';
import { isSdohCategory } from '../access/sensitivity.js';
import { badInput, type FieldProblem } from '../platform/graphql/errors.js';
import type { Scope } from './population.queries.js';
import type { PopulationInput } from './population.types.js';
import { AGE_BANDS } from './refresh.js';

const MAX_MONTHS = 60;

/**
 * The scope a plan may ask for. Periods are whole months: two periods that differ by a day would show, by their
 * difference, what suppression hides.
 */
export function scopeOf(input: PopulationInput, planId: string): Scope {
  const from = DateTime.fromISO(input.from);
  const to = DateTime.fromISO(input.to);
  const problems: FieldProblem[] = [];
  if (from.day !== 1) problems.push({ field: 'input.from', message: 'the first day of a month is expected' });
  if (to.day !== to.daysInMonth) problems.push({ field: 'input.to', message: 'the last day of a month is expected' });
  if (to < from) problems.push({ field: 'input.to', message: 'a day after `from` is expected' });
  else if (to.diff(from, 'months').months > MAX_MONTHS) {
    problems.push({ field: 'input.to', message: `at most ${MAX_MONTHS} months after \`from\` are expected` });
  }
  if (input.category && !isSdohCategory(input.category)) {
    problems.push({ field: 'input.category', message: 'one of the SDOH categories is expected' });
  }
  if (input.ageBand && !AGE_BANDS.some((band) => band === input.ageBand)) {
    problems.push({ field: 'input.ageBand', message: `one of ${AGE_BANDS.join(', ')} is expected` });
  }
  if (problems.length > 0) throw badInput(problems);
  const { category, ageBand, county, productLine } = input;
  return { planId, from: input.from, to: input.to, category, ageBand, county, productLine };
}
