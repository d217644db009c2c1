import type { Reader } from '../platform/json-reader.js';
import { OPERATORS } from './instrument.js';

/** Checks what a group or a question waits for: only answers that were given before it, and values they can have. */
export function readConditions(place: Reader, earlier: ReadonlyMap<string, Reader>): void {
  if (place.has('enableBehavior')) place.at('enableBehavior').oneOf(['all', 'any']);
  if (place.has('enableWhen')) place.list('enableWhen', (condition) => readCondition(condition, earlier));
}

function readCondition(condition: Reader, earlier: ReadonlyMap<string, Reader>): void {
  condition.only('question', 'operator', 'exists', 'code', 'number');
  const asked = condition.at('question').value;
  const item = typeof asked === 'string' ? earlier.get(asked) : undefined;
  if (!item) {
    condition.fault('question', `${JSON.stringify(asked) ?? 'missing'} is not a question that comes earlier`);
    return;
  }
  const operator = condition.at('operator').oneOf(OPERATORS);
  const type = item.at('type').value;
  if (operator === 'exists') {
    if (condition.has('exists')) condition.at('exists').oneOf([true, false]);
  } else if (type === 'integer' || type === 'decimal') condition.number('number', {});
  else if (type === 'text') condition.fault('operator', 'of a text can only be "exists"');
  else if (operator !== '=' && operator !== '!=') condition.fault('operator', 'of a choice is exists, = or !=');
  else condition.at('code').oneOf(codesOf(item));
}

function codesOf(item: Reader): unknown[] {
  const { value } = item.at('answers');
  return Array.isArray(value) ? value.map((answer: { code?: unknown } | null) => answer?.code) : [];
}
