import type { Snippet } from 'svelte';
import type { Key } from '#lib/i18n/index';

/** What stands beside a rule, by its place in the list. */
export type Notes = Snippet<[number]>;

/** What rules mean for a person, the worst first, and the words for it. */
export const meanings = [
  { key: 'shutOut', words: 'who.shutOut' },
  { key: 'ask', words: 'who.ask' },
  { key: 'fit', words: 'who.fit' },
] as const satisfies { key: string; words: Key }[];
