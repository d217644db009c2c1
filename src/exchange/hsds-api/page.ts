import { PER_PAGE, type Asked } from './parameters.js';

/** The envelope of every list (HSDS `Page`). */
export interface Page {
  total_items: number;
  total_pages: number;
  page_number: number;
  /** Entries on this page. */
  size: number;
  first_page: boolean;
  last_page: boolean;
  empty: boolean;
}

/** Which entries are asked for. `minimal` means all at once, unless a number is given. */
export function windowOf({ page = 1, per_page: size, minimal, full, full_service: whole }: Asked, total: number) {
  const usual = minimal ? Math.max(total, 1) : PER_PAGE.usual;
  const limit = size ?? (full || whole ? Math.min(usual, PER_PAGE.mostFull) : usual);
  return { page, limit, offset: (page - 1) * limit };
}

export function pageOf(page: number, limit: number, total: number, size: number): Page {
  const pages = Math.ceil(total / limit);
  return {
    total_items: total,
    total_pages: pages,
    page_number: page,
    size,
    first_page: page === 1,
    last_page: page >= pages,
    empty: size === 0,
  };
}

/** The envelope as the beginning of a text that goes on with the entries and ends with `]}`. */
export const opening = (page: Page): string => `${JSON.stringify(page).slice(0, -1)},"contents":[`;
