import { sdohCategory, type SdohCategory } from '../directory/index.js';

/** The categories of these codes; a code that is no longer one is left out. */
export function categoriesOf(codes: readonly string[]): SdohCategory[] {
  return codes.map((code) => sdohCategory(code)).filter((category) => category !== undefined);
}
