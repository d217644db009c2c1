import type { Language } from '../../platform/words.js';
import { readRules } from './rules.js';
import { rulesWords } from './words.js';

/** Rules as a listing's history holds them (JSON as text), in words; what cannot be read is left out. */
export function saidRules(text: string, language: Language): string {
  let rules: unknown;
  try {
    rules = JSON.parse(text);
  } catch {
    return '';
  }
  return rulesWords(readRules(rules).rules)[language];
}
