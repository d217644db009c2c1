import { refuse } from '../../platform/graphql/refusal.js';
import { fail } from '../../platform/graphql/errors.js';
import { minutesOf } from '../open-hours.js';
import { inKeptOrder, ruleProblems, type Rule } from '../eligibility/rules.js';
import type { HoursInput } from './changes.inputs.js';
import { given } from '../given.js';

/** Texts of a listing may be as long as a page. */
const MAX_TEXT = 10_000;

/** A text without blanks around it; null when nothing is left. */
export function textOf(value: string | null | undefined, field: string, most = MAX_TEXT): string | null {
  const text = value?.trim() ?? '';
  if (text.length > most) refuse('TOO_LONG', `At most ${most} characters are possible here.`, field);
  return text === '' ? null : text;
}

export function requiredText(value: string | null | undefined, field: string, most: number): string {
  return textOf(value, field, most) ?? refuse('REQUIRED', 'This is needed.', field);
}

export function urlOf(value: string | null | undefined, field: string): string | null {
  const text = textOf(value, field, 2000);
  if (text !== null && !(/^https?:\/\/\S+$/i.test(text) && URL.canParse(text))) {
    refuse('BAD_URL', 'A web address begins with http:// or https://.', field);
  }
  return text;
}

export function emailOf(value: string | null | undefined, field: string): string | null {
  const text = textOf(value, field, 254);
  if (text !== null && !/^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(text)) {
    refuse('BAD_EMAIL', 'This is no e-mail address.', field);
  }
  return text;
}

export function ageOf(value: number | null | undefined, field: string): number | null {
  if (!given(value)) return null;
  if (!(value >= 0 && value <= 150)) refuse('BAD_AGE', 'An age lies between 0 and 150 years.', field);
  return value;
}

/** Eligibility rules from JSON text, each fault with its place. */
export function rulesOf(json: string | null | undefined, field: string): unknown[] {
  if (!given(json) || json.trim() === '') return [];
  let rules: unknown;
  try {
    rules = JSON.parse(json);
  } catch {
    return refuse('BAD_RULES', 'This is no JSON.', field);
  }
  const [first, ...more] = ruleProblems(rules);
  if (first !== undefined) refuse('BAD_RULES', [first, ...more].slice(0, 5).join('; '), field);
  return inKeptOrder(rules as Rule[]);
}

const clock = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Checks hours; the rows of HSDS that they become are made by {@link scheduleRows}. */
export function checkHours(hours: readonly HoursInput[], field: string): void {
  if (hours.length > 50) fail.badInput(field, 'at most 50 are expected');
  hours.forEach(({ days, opensAt, closesAt }, index) => {
    if (days.length === 0) fail.badInput(`${field}[${index}].days`, 'at least one day is expected');
    for (const [name, time] of Object.entries({ opensAt, closesAt })) {
      if (!clock.test(time) || minutesOf(time) === null) {
        fail.badInput(`${field}[${index}].${name}`, 'a time such as 09:00 is expected');
      }
    }
  });
}

/** Hours in words for the history, such as "MO,TU 09:00–17:00". */
export function hoursInWords(
  hours: readonly { byday?: string | null; opensAt?: string | null; closesAt?: string | null }[],
): string {
  return hours
    .map(({ byday, opensAt, closesAt }) => `${byday ?? ''} ${opensAt ?? '?'}–${closesAt ?? '?'}`.trim())
    .join('; ');
}
