/** So many documents of one origin are read at most: near the place, beyond it, or without a place. They are counted and may be shown. */
export const MOST = 1500;
/** So many of these are weighed word by word; that is what costs. The others stand below them. */
export const WEIGHED = 600;
/** With words and no place, so many that have the words in their name are read before all others. */
export const NAMED = 500;
