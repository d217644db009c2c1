import { sensitivityOf, type Sensitivity } from '../../access/sensitivity.js';

/** The class of information that services of these categories reveal. */
export function sensitivityFor(categories: readonly string[]): Sensitivity {
  const classes = categories.map((category) => sensitivityOf(category));
  if (classes.includes('INTIMATE_PARTNER_VIOLENCE')) return 'INTIMATE_PARTNER_VIOLENCE';
  return classes.find((one) => one !== 'NONE') ?? 'NONE';
}
