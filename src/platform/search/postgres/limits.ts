/** So many documents are scored at most: nobody turns more pages, and scoring is what costs. */
export const CANDIDATES = 2000;
