import type { Answer } from './check-answer.js';
import type { Branching, Condition, Instrument, Item } from './instrument.js';

/** Answers by linkId. */
type Given = ReadonlyMap<string, Pick<Answer, 'codes' | 'number' | 'text' | 'absent'>>;

/** What was said to one question, as values to compare with; none when it was declined or not asked. */
function valuesOf(answer: ReturnType<Given['get']>): (string | number)[] {
  if (!answer || answer.absent) return [];
  const number = typeof answer.number === 'number' ? [answer.number] : [];
  const text = answer.text?.trim() ? [answer.text.trim()] : [];
  return [...(answer.codes ?? []), ...number, ...text];
}

function compare(value: string | number, operator: Condition['operator'], than: string | number): boolean {
  switch (operator) {
    case '=':
      return value === than;
    case '>':
      return typeof value === typeof than && value > than;
    case '<':
      return typeof value === typeof than && value < than;
    case '>=':
      return typeof value === typeof than && value >= than;
    case '<=':
      return typeof value === typeof than && value <= than;
    default:
      return false;
  }
}

/** FHIR's rules: any of several answers is enough, and "not equal" holds when none of them is equal. */
function holds(condition: Condition, values: readonly (string | number)[]): boolean {
  const { operator } = condition;
  if (operator === 'exists') return values.length > 0 === (condition.exists ?? true);
  const than = condition.code ?? condition.number ?? '';
  if (operator === '!=') return !values.includes(than);
  return values.some((value) => compare(value, operator, than));
}

/**
 * The questions that are to be asked after these answers, in their order. A question whose conditions do not hold is
 * closed, and its answer, should there be one, opens no other.
 */
export function enabledItems(instrument: Instrument, given: Given): Item[] {
  const said = new Map<string, (string | number)[]>();
  const isOpen = ({ enableWhen = [], enableBehavior = 'all' }: Branching): boolean => {
    if (enableWhen.length === 0) return true;
    const met = (condition: Condition): boolean => holds(condition, said.get(condition.question) ?? []);
    return enableBehavior === 'any' ? enableWhen.some(met) : enableWhen.every(met);
  };
  const open: Item[] = [];
  for (const section of instrument.sections) {
    if (!isOpen(section)) continue;
    for (const item of section.items) {
      if (!isOpen(item)) continue;
      said.set(item.linkId, valuesOf(given.get(item.linkId)));
      open.push(item);
    }
  }
  return open;
}

/** Answers by the question they belong to. */
export const byLinkId = <T extends { linkId: string }>(answers: readonly T[]): Map<string, T> =>
  new Map(answers.map((answer) => [answer.linkId, answer]));
