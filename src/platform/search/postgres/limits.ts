/** So many documents are read at most: a few more than are counted. */
export const MOST = 1200;
/** Where those near the place are nearly as many, so many more of those that serve it from beyond. */
export const BEYOND = 300;
/** So many of these are weighed word by word; that is what costs. The others stand below them. */
export const WEIGHED = 300;
/** With fewer documents than this the question is widened. */
export const ENOUGH = 10;
/** With words and no place, so many that have the words in their name are read before all others. */
export const NAMED = 500;
