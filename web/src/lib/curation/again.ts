/** Filters of an empty search, as they are kept, and what the address of a search calls them. */
const SWITCHES: Readonly<Record<string, readonly [string, string]>> = {
  free: ['cost', 'FREE'],
  hasRoom: ['room', '1'],
  takesReferrals: ['referrals', '1'],
  accessible: ['accessible', '1'],
  interpreter: ['interpreter', '1'],
  open: ['open', '1'],
};

interface Sought {
  words?: string;
  near?: string | null;
  /** Such as "category:food-insecurity open". */
  filters?: string;
}

/** The need that was chosen, if any. */
export const needIn = (filters: string): string | undefined => /(?:^| )category:(\S+)/.exec(filters)?.[1];

/** The page of a search that is asked once more. What the page cannot ask is left out. */
export function searchAgain({ words, near, filters = '' }: Sought): string {
  const query = new URLSearchParams();
  if (words) query.set('q', words);
  if (near) query.set('near', near);
  for (const filter of filters.split(' ')) {
    const [name = '', value] = filter.split(':');
    const known = SWITCHES[name];
    if (known) query.set(...known);
    else if (value && ['category', 'language'].includes(name)) query.set(name, value);
  }
  return `/search?${query.toString()}`;
}

/** The page on which a listing is added, with the need it is missing for. */
export const addListing = (filters: string): string => {
  const need = needIn(filters);
  return need ? `/listings/new?need=${encodeURIComponent(need)}` : '/listings/new';
};
