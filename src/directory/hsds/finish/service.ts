import { readAges, readFree } from '../clean/ages.js';
import { revealedBy } from '../clean/confidential.js';
import type { Complain, Value } from '../rows.js';

/** SDOH categories as a mapping gives them, whether the place must stay secret, ages and "free" out of texts that say just that; fees of HSDS 1 where 3 has fees_description. */
export function finishService(values: Record<string, Value>, categories: string | undefined, complain: Complain): void {
  values.categories = categories ? categories.split(',').map((code) => code.trim()) : null;
  if (values.fees_description === null && values.fees !== null) {
    values.fees_description = values.fees ?? null;
    values.fees = null;
  }
  const eligibility = values.eligibility_description;
  if (typeof eligibility === 'string' && values.minimum_age === null && values.maximum_age === null) {
    const { minimum, maximum } = readAges(eligibility);
    values.minimum_age = minimum ?? null;
    values.maximum_age = maximum ?? null;
  }
  for (const age of ['minimum_age', 'maximum_age']) {
    if (typeof values[age] === 'number' && values[age] < 0) values[age] = null;
  }
  const text = (value: Value | undefined): string | null => (typeof value === 'string' ? value : null);
  values.sensitivity = revealedBy(text(values.name), text(values.description));
  if (values.sensitivity === 'INTIMATE_PARTNER_VIOLENCE') {
    complain(
      'WARNING',
      'CONFIDENTIAL_PLACE',
      'description',
      'It seems to shelter survivors of violence, so its place is not shown. Correct the listing if that is wrong.',
    );
  }
  values.is_free = typeof values.fees_description === 'string' ? (readFree(values.fees_description) ?? null) : null;
}
