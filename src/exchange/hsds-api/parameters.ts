/** What a parameter takes, and how it stands in the OpenAPI document. */
export type Kind = 'text' | 'whole' | 'flag' | 'id' | 'instant' | 'format' | 'zip' | 'metres' | 'years';

export interface Parameter {
  kind: Kind;
  says: string;
  /** Not of HSDS: the hub's own. */
  own?: boolean;
}

/** How many entries a page has when nothing is said, and at most. Nested entries are some twenty times as long. */
export const PER_PAGE = { usual: 50, most: 1000, mostFull: 100 } as const;
/** What `search` finds at most; the best come first. */
export const SEARCH_MOST = 1000;

export const parameters = {
  search: {
    kind: 'text',
    says: `Words to look for, typos and plurals forgiven. The best ${SEARCH_MOST} come, best first.`,
  },
  page: { kind: 'whole', says: 'Number of the page, from 1. Of no effect with `format=ndjson`.' },
  per_page: {
    kind: 'whole',
    says: `Entries of a page: ${PER_PAGE.usual} unless told, at most ${PER_PAGE.most}, with \`full\` at most ${PER_PAGE.mostFull}. Of no effect with \`format=ndjson\`.`,
  },
  format: { kind: 'format', says: '`json` (a page) or `ndjson` (all, one JSON object a line, no pages).' },
  taxonomy_term_id: { kind: 'id', says: 'Only what is filed under this term or one below it.' },
  taxonomy_id: { kind: 'id', says: 'Only what is filed under any term of this taxonomy.' },
  organization_id: { kind: 'id', says: 'Only what this organization offers.' },
  modified_after: {
    kind: 'instant',
    says: 'Only what changed at or after this time (RFC 3339). Services that left the directory since then are told as `{id, name, status, last_modified}` with a `status` other than `active`.',
  },
  minimal: {
    kind: 'flag',
    says: 'Only `id` and `modified_date`, all in one page unless `per_page` is given.',
  },
  full: { kind: 'flag', says: 'Entries with all that is nested in them.' },
  full_service: { kind: 'flag', says: 'Organizations with their services whole; else these are only named.' },
  top_only: { kind: 'flag', says: 'Only terms without a parent.' },
  parent_id: { kind: 'id', says: 'Only terms right below this one.' },
  postcode: {
    kind: 'zip',
    says: 'A ZIP code: only what serves it, by its service areas; where none are known, by the county it is in.',
  },
  proximity: { kind: 'metres', says: 'Only what lies within so many metres of the middle of `postcode`.' },
  minimum_age: { kind: 'years', own: true, says: 'Only what takes somebody of this age or older.' },
  maximum_age: { kind: 'years', own: true, says: 'Only what takes somebody of this age or younger.' },
} as const satisfies Record<string, Parameter>;

export type ParameterName = keyof typeof parameters;

const paging = ['search', 'page', 'per_page', 'format'] as const;
const terms = ['taxonomy_term_id', 'taxonomy_id'] as const;
const ages = ['minimum_age', 'maximum_age'] as const;

/** The lists, and what each can be asked. */
export const lists = {
  services: [...paging, ...terms, 'organization_id', 'modified_after', 'minimal', 'full', ...ages],
  organizations: [...paging, ...terms, 'full_service', 'full'],
  service_at_locations: [
    ...paging,
    ...terms,
    'organization_id',
    'modified_after',
    'full',
    'postcode',
    'proximity',
    ...ages,
  ],
  taxonomies: paging,
  taxonomy_terms: [...paging, 'taxonomy_id', 'top_only', 'parent_id'],
} as const satisfies Record<string, readonly ParameterName[]>;

export type ListName = keyof typeof lists;
export const listNames = Object.keys(lists) as ListName[];

/** What one entry can be asked. */
export const entryParameters: Readonly<Record<ListName, readonly ParameterName[]>> = {
  services: [],
  organizations: ['full_service'],
  service_at_locations: [],
  taxonomies: [],
  taxonomy_terms: [],
};

/** Where a parameter ends up when it was given. */
export interface Asked {
  search?: string;
  page?: number;
  per_page?: number;
  format?: 'json' | 'ndjson';
  taxonomy_term_id?: string;
  taxonomy_id?: string;
  organization_id?: string;
  modified_after?: Date;
  minimal?: boolean;
  full?: boolean;
  full_service?: boolean;
  top_only?: boolean;
  parent_id?: string;
  postcode?: string;
  proximity?: number;
  minimum_age?: number;
  maximum_age?: number;
}
