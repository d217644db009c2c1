import type { Problems } from '../problems.js';
import type { Authority } from './words.js';

/** What is wrong with the days of an authority (`YYYY-MM-DD`, null for no limit). */
export function checkAuthority(problems: Problems, authority: Authority, from: string | null, to: string | null): void {
  if (authority === 'NONE' && (from || to)) {
    problems.add('authority', 'REQUIRED', 'Say which authority these days belong to.');
  }
  if (from && to && to < from) problems.add('authorityTo', 'BEFORE_START', 'The last day cannot be before the first.');
}
