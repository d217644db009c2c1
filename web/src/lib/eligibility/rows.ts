import { number } from '#lib/form/form.svelte';
import type { EligibilityKind, EligibilityRuleInput, RuleFieldsFragment } from '#lib/gql/graphql';

/** One thing of a list in a rule: what is sent, and its words. */
export interface Listed {
  key: string;
  words: string;
}

/** One rule in the form, with a field for whatever a kind may need. */
export interface RuleRow {
  kind: EligibilityKind;
  minimum: string;
  maximum: string;
  /** The share of the poverty guideline, or dollars a year. */
  measure: 'PERCENT' | 'DOLLARS';
  amount: string;
  places: Listed[];
  values: string[];
  rules: RuleRow[];
}

/** Kinds in the order in which people look for them; groups come last. */
export const ruleKinds = ['AGE', 'INCOME', 'RESIDENCE', 'HOUSEHOLD', 'CHILD_UNDER', 'LANGUAGE', 'INSURANCE', 'GENDER', 'DOCUMENTS', 'VETERAN', 'DISABILITY', 'CAREGIVER', 'HOMELESS', 'PREGNANT', 'STUDENT', 'REFUGEE', 'JUSTICE_INVOLVED', 'EVERYONE', 'ANY_OF'] as const satisfies EligibilityKind[]; // prettier-ignore

export const blankRow = (kind: EligibilityKind): RuleRow => ({
  kind,
  minimum: '',
  maximum: '',
  measure: 'PERCENT',
  amount: '',
  places: [],
  values: [],
  rules: [],
});

/** A rule as the API shows it; the innermost have no rules of their own. */
export type ShownRule = RuleFieldsFragment & { rules?: ShownRule[] };

const typed = (value: number | null | undefined): string => (typeof value === 'number' ? String(value) : '');

export const rowsOf = (rules: readonly ShownRule[]): RuleRow[] =>
  rules.map((rule) => ({
    ...blankRow(rule.kind),
    minimum: typed(rule.minimum),
    maximum: typed(rule.maximum),
    measure: typeof rule.annualCents === 'number' ? 'DOLLARS' : 'PERCENT',
    amount: typed(typeof rule.annualCents === 'number' ? rule.annualCents / 100 : rule.percent),
    places: rule.places.map(({ key, words }) => ({ key, words })),
    values: [...rule.values],
    rules: rowsOf(rule.rules ?? []),
  }));

/** What of a row its kind sends: what stands in fields of another kind is left behind. */
export function ruleInput(row: RuleRow): EligibilityRuleInput {
  const { kind } = row;
  const [minimum, maximum, amount] = [row.minimum, row.maximum, row.amount].map((one) => number(one) ?? null);
  const rule = { kind } as EligibilityRuleInput;
  switch (kind) {
    case 'AGE':
    case 'HOUSEHOLD':
      return { ...rule, minimum, maximum };
    case 'CHILD_UNDER':
      return { ...rule, maximum };
    case 'INCOME':
      if (row.measure === 'PERCENT') return { ...rule, percent: amount };
      return { ...rule, annualCents: typeof amount === 'number' ? Math.round(amount * 100) : null };
    case 'RESIDENCE':
      return { ...rule, places: row.places.map(({ key }) => key) };
    case 'LANGUAGE':
    case 'INSURANCE':
    case 'GENDER':
    case 'DOCUMENTS':
      return { ...rule, values: row.values };
    case 'ANY_OF':
      return { ...rule, rules: row.rules.map(ruleInput) };
    default:
      return rule;
  }
}
