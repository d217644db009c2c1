import { fail } from '../platform/graphql/errors.js';
import { SDOH_CATEGORIES, sdohCategory } from './sdoh-categories.js';

/** The code, if it is one of an SDOH category; else BAD_USER_INPUT that names the field and the codes there are. */
export function checkCategory(code: string, field: string): string {
  if (sdohCategory(code)) return code;
  const known = SDOH_CATEGORIES.map((category) => category.code).join(', ');
  return fail.badInput(field, `one of ${known} is expected`);
}

/** {@link checkCategory} for a list; each at most once. */
export function checkCategories(codes: readonly string[], field: string): string[] {
  return [...new Set(codes.map((code, index) => checkCategory(code, `${field}[${index}]`)))];
}
