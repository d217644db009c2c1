import { placeOf } from '../places.js';
import { verdictOf } from './evaluate.js';
import type { Rule } from './rules.js';
import type { Facts } from './words.js';

type Atom = Exclude<Rule, { kind: 'ANY_OF' }>;
type Of<K extends Rule['kind']> = Extract<Rule, { kind: K }>;

/** More ways than these are not looked through: such rules count as possible. */
const MOST_WAYS = 200;

/** Every way in which rules can hold together: of each ANY_OF one is chosen. null when there are too many. */
function waysOf(rules: readonly Rule[]): Atom[][] | null {
  let ways: Atom[][] = [[]];
  for (const rule of rules) {
    const own = rule.kind === 'ANY_OF' ? rule.rules.map((one) => waysOf([one])) : [[[rule]]];
    if (own.includes(null)) return null;
    const choices = own.flatMap((one) => one ?? []);
    if (ways.length * choices.length > MOST_WAYS) return null;
    ways = ways.flatMap((way) => choices.map((choice) => [...way, ...choice]));
  }
  return ways;
}

const isOf =
  <K extends Atom['kind']>(...kinds: K[]) =>
  (rule: Rule): rule is Of<K> =>
    (kinds as readonly string[]).includes(rule.kind);

const NO_COUNTY = '—';
const NO_ZIP = '00000';

/** People of every kind that rules on residence tell apart. */
function homesIn(rules: readonly Of<'RESIDENCE'>[]): Facts[] {
  return rules.flatMap(({ states = [], counties = [], zips = [] }) => [
    ...states.map((state) => ({ state, county: NO_COUNTY, zip: NO_ZIP })),
    ...counties.map((key) => ({ state: key.slice(0, 2), county: key.slice(3), zip: NO_ZIP })),
    ...zips.map((zip) => {
      const { state = null, county = null } = placeOf(zip) ?? {};
      return { state, county, zip };
    }),
  ]);
}

/** Whether one of these people meets all of the rules. */
const oneMeets = (rules: readonly Rule[], people: readonly Facts[]): boolean =>
  rules.length === 0 || people.some((facts) => verdictOf({ rules, unreadable: 0 }, facts) === 'MATCH');

/** Whether somebody can meet all of these: kinds are about different facts, so each is looked at alone. */
function isPossible(atoms: readonly Atom[]): boolean {
  const [ages, homes] = [atoms.filter(isOf('AGE')), atoms.filter(isOf('RESIDENCE'))];
  const [sizes, children] = [atoms.filter(isOf('HOUSEHOLD')), atoms.filter(isOf('CHILD_UNDER'))];
  const [insured, genders] = [atoms.filter(isOf('INSURANCE')), atoms.filter(isOf('GENDER'))];
  const least = Math.max(children.length > 0 ? 2 : 1, ...sizes.map(({ minSize = 1 }) => minSize));
  const kinds = insured.flatMap(({ anyOf = [] }) => anyOf).filter((kind) => kind !== 'UNINSURED');
  return (
    oneMeets(ages, [{ ageYears: Math.max(0, ...ages.map(({ min = 0 }) => min)) }]) &&
    oneMeets(homes, homesIn(homes)) &&
    oneMeets(sizes, [{ householdSize: least }]) &&
    oneMeets(insured, [{ insurance: ['UNINSURED'] }, { insurance: kinds }]) &&
    oneMeets(
      genders,
      genders.flatMap(({ anyOf }) => anyOf.map((gender): Facts => ({ gender }))),
    )
  );
}

/** Whether anybody at all can meet all of these rules. */
export function anybodyMeets(rules: readonly Rule[]): boolean {
  return waysOf(rules)?.some(isPossible) ?? true;
}
