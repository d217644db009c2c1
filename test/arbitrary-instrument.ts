import * as fc from 'fast-check';
import { SENSITIVITIES } from '../src/access/sensitivity.js';
import { SDOH_CATEGORIES } from '../src/directory/index.js';
import { OPERATORS, type Condition, type Instrument, type Item } from '../src/screening/instrument.js';
import type { Words } from '../src/platform/words.js';

const text = fc.string({ minLength: 1, maxLength: 30 }).filter((one) => one.trim() !== '');
const slug = fc.stringMatching(/^[a-z][a-z0-9-]{0,11}$/);
const loinc = fc.stringMatching(/^[1-9]\d{1,5}-\d$/);
const code = fc.oneof(fc.stringMatching(/^LA[1-9]\d{0,4}-\d$/), slug);
const maybe = <T extends object>(value: fc.Arbitrary<T>): fc.Arbitrary<T | Record<string, never>> =>
  fc.option(value, { nil: {} });

/** Words in both languages; a form without Spanish says the English in its place. */
const words = (spanish: boolean): fc.Arbitrary<Words> =>
  spanish ? fc.record({ en: text, es: text }) : text.map((en) => ({ en, es: en }));

const need = fc.record({
  category: fc.constantFrom(...SDOH_CATEGORIES.map((one) => one.code)),
  label: words(true),
});
const moreOfNeed = fc
  .tuple(
    maybe(fc.record({ sensitivity: fc.constantFrom(...SENSITIVITIES) })),
    maybe(fc.record({ related: fc.constant(['stress', 'food-insecurity']) })),
    maybe(fc.record({ icd10cm: fc.constantFrom('Z59.41', 'Z63.6', 'Z59.811') })),
    maybe(fc.record({ snomed: fc.constant('733423003') })),
  )
  .map((parts) => Object.assign({}, ...parts) as object);

function question(spanish: boolean, needs: readonly string[]): fc.Arbitrary<Omit<Item, 'linkId'>> {
  const option = fc
    .tuple(
      fc.record({ text: words(spanish), score: fc.integer({ min: 0, max: 9 }) }),
      maybe(fc.record({ exclusive: fc.constant(true as const) })),
      needs.length > 0 ? maybe(fc.record({ needs: fc.subarray([...needs], { minLength: 1 }) })) : fc.constant({}),
      fc.boolean(),
      fc.constantFrom('DECLINED' as const, 'UNKNOWN' as const, 'UNABLE' as const),
    )
    .map(([plain, exclusive, shows, none, means]) => ({
      ...plain,
      ...exclusive,
      ...(none && !('needs' in shows) ? { means } : shows),
    }));
  const answers = fc
    .uniqueArray(code, { minLength: 1, maxLength: 4 })
    .chain((codes) => fc.tuple(...codes.map((one) => option.map((rest) => ({ code: one, ...rest })))));
  const common = fc
    .tuple(
      fc.record({ text: words(spanish) }),
      maybe(fc.record({ loinc })),
      maybe(fc.record({ required: fc.boolean() })),
    )
    .map((parts) => Object.assign({}, ...parts) as Pick<Item, 'text'>);
  const bounds = fc.tuple(
    maybe(fc.record({ min: fc.integer({ min: 0, max: 5 }) })),
    maybe(fc.record({ max: fc.double({ min: 6, max: 99, noNaN: true }) })),
    maybe(fc.record({ unit: text })),
  );
  const kinds = fc.oneof(
    fc.record({ type: fc.constantFrom('choice' as const, 'multi' as const), answers }),
    fc.tuple(fc.constantFrom('integer' as const, 'decimal' as const), bounds).map(([type, parts]) => Object.assign({ type }, ...parts) as { type: 'integer' }), // prettier-ignore
    fc.tuple(fc.record({ type: fc.constant('text' as const) }), maybe(fc.record({ maxLength: fc.integer({ min: 1, max: 2000 }) }))).map(([kind, most]) => ({ ...kind, ...most })), // prettier-ignore
  );
  return fc.tuple(common, kinds).map(([one, kind]) => ({ ...one, ...kind }) as Omit<Item, 'linkId'>);
}

/** Conditions of the later half of the questions on the first one. */
function conditionOn(first: Item): fc.Arbitrary<Condition> {
  const { linkId } = first;
  if (first.type === 'text') return fc.boolean().map((exists) => ({ question: linkId, operator: 'exists', exists }));
  if (first.answers) {
    const codes = first.answers.map((answer) => answer.code);
    return fc
      .tuple(fc.constantFrom('=' as const, '!=' as const), fc.constantFrom(...codes))
      .map(([operator, chosen]) => ({ question: linkId, operator, code: chosen }));
  }
  const compared = OPERATORS.filter((one) => one !== 'exists');
  return fc
    .tuple(fc.constantFrom(...compared), fc.integer({ min: 0, max: 9 }))
    .map(([operator, number]) => ({ question: linkId, operator, number }));
}

/** Any instrument that the hub would take. */
export const anyInstrument: fc.Arbitrary<Instrument> = fc
  .tuple(fc.boolean(), fc.uniqueArray(slug, { maxLength: 3 }))
  .chain(([spanish, needs]) =>
    fc
      .tuple(
        fc.record({
          key: slug,
          version: fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9)).map((parts) => parts.join('.')),
          loinc: fc.option(loinc, { nil: null }),
          title: words(spanish),
          description: words(spanish),
          minutes: fc.integer({ min: 1, max: 60 }),
          languages: fc.constant(spanish ? { en: 'official', es: 'unofficial' } : { en: 'reviewed' }),
          notices: fc.array(text, { minLength: 1, maxLength: 3 }),
        }),
        fc.tuple(...needs.map(() => fc.tuple(need, moreOfNeed).map(([one, more]) => ({ ...one, ...more })))),
        fc.array(fc.array(question(spanish, needs), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 }),
        fc.tuple(words(spanish), fc.boolean(), maybe(fc.record({ loinc })), maybe(fc.record({ panel: loinc }))),
      )
      .chain(([head, forms, groups, [name, branching, scoreCode, panel]]) => {
        let at = 0;
        const sections = groups.map((items, place) => ({
          key: `part-${place}`,
          ...(place === 0 ? { linkId: '/first', optional: false } : {}),
          title: name,
          ...panel,
          items: items.map((item): Item => ({ linkId: `/q${(at += 1)}`, ...item })),
        }));
        const first = sections[0]?.items[0];
        const all = sections.flatMap((section) => section.items);
        const choices = all.filter((item) => item.type === 'choice' || item.type === 'multi');
        const scores =
          choices.length > 0 && needs[0] !== undefined
            ? [{ ...scoreCode, name, rule: 'sum', of: choices.map((item) => item.linkId), atLeast: 3, need: needs[0] }]
            : [];
        const made = {
          ...head,
          needs: Object.fromEntries(needs.map((key, place) => [key, forms[place]])),
          sections,
          scores,
        } as unknown as Instrument;
        const last = all.at(-1);
        if (!branching || !first || !last || last === first) return fc.constant(made);
        return fc.array(conditionOn(first), { minLength: 1, maxLength: 2 }).map((enableWhen) => {
          Object.assign(last, { enableWhen, enableBehavior: enableWhen.length > 1 ? 'any' : 'all' });
          return made;
        });
      }),
  );
