/** What a listing says of itself, not of what it gives: what it wants from others, how to get there. */
const ASIDE =
  /(?<!\d\s?\)\s?)\b(?:HOLIDAY )?(?:VOLUNTEERS?|DONATIONS?|WHEELCHAIR ACCESS\w*|BUS(?: LINES?| ROUTES?)?|(?:AVAILABLE )?TRANSPORTATION(?: NOTES?)?|DOCUMENTS? NEEDED|[Hh]ome visits)(?: [A-Z]+){0,3} ?(?:\(S\))?:[\s\S]*?(?=\n\s*\n|\s\d{1,2}\s?\)|[.\s)][A-Z][A-Z &/,]{5,}:|$)/g;
const HEADING = /(?:^|[\s).])([A-Z][A-Z0-9 ,&/'()-]{3,80}):/g;
const LABEL = /^\s*(?:OVERVIEW|SERVICES?|GENERAL SERVICES)\s*:?\s*/;

/** The first lines tell what a place is for. */
const LEAD = 180;

/** A description in parts, by how much each says. */
export interface Offers {
  headings: string;
  lead: string;
  all: string;
}

/** Reads a description; the search weighs headings and first lines too (hub.search_words), more coarsely. */
export function offersOf(description: string): Offers {
  const text = description.slice(0, 6000).replace(ASIDE, ' ');
  const headings = [...text.matchAll(HEADING)].map((match) => match[1] ?? '').join(' | ');
  const all = text.replace(LABEL, '');
  // To the end of the word.
  const lead = all.slice(0, LEAD) + (/^\S{0,30}/.exec(all.slice(LEAD))?.[0] ?? '');
  return { headings, lead, all };
}
