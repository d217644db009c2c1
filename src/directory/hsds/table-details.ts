import type { Output, Source } from './mapping.js';
import type { EntityName } from './model.js';
import { firstOf, type TableColumns } from './table-columns.js';

/** What the details of a row hang on. */
export interface Owners {
  service?: Source | undefined;
  location?: Source | undefined;
  organization?: Source | undefined;
}

const linksOf = (owners: Owners, ...kinds: readonly (keyof Owners)[]): Record<string, Source> =>
  Object.fromEntries(
    kinds.flatMap((kind) => {
      const owner = owners[kind];
      return owner === undefined ? [] : [[`${kind}_id`, owner]];
    }),
  );

/** Whom to speak to, numbers, address, hours, languages and all else that hangs on what a row tells of. */
export function detailsOf(columns: TableColumns, row: { key?: Source[] }, owners: Owners): Output[] {
  const source = columns.source.bind(columns);
  const outputs: Output[] = [];
  const all = linksOf(owners, 'service', 'location', 'organization');
  const of = linksOf(owners, 'service', 'location');
  const served = linksOf(owners, 'service');
  const has = (links: Record<string, Source>) => Object.keys(links).length > 0;
  const contact = source('contact.name');
  if (contact !== undefined && has(all)) {
    outputs.push({ entity: 'contact', ...row, when: contact, columns: { ...all, name: contact } });
  }
  const phones = source('phone.number');
  if (phones !== undefined && has(all)) {
    const parts = {
      number: '$number',
      extension: firstOf(['$extension', source('phone.extension')]),
      description: firstOf(['$description', source('phone.description')]),
    };
    outputs.push({ entity: 'phone', ...row, each: { phones }, columns: { ...all, ...parts } });
  }
  if (columns.has('address') && owners.location !== undefined) {
    const places = (['address.address_1', 'address.postal_code', 'address.city'] as const).map(source);
    const links = linksOf(owners, 'location');
    outputs.push({
      entity: 'address',
      ...row,
      when: firstOf(places),
      columns: { ...columns.values('address'), ...links },
    });
  }
  if (has(of)) outputs.push(...hoursOf(columns, row, of));
  const languages = source('language.name');
  if (languages !== undefined && has(of)) {
    const parts = { name: '$name', code: '$code', note: '$note' };
    outputs.push({ entity: 'language', ...row, each: { languages }, columns: { ...of, ...parts } });
  }
  for (const [entity, column, from] of [
    ['service_area', 'name', source('service_area.name')],
    ['required_document', 'document', source('required_document.document')],
  ] as const) {
    if (from !== undefined && has(served)) {
      outputs.push({ entity, ...row, when: from, columns: { ...served, [column]: from } });
    }
  }
  const access = source('accessibility.description');
  if (access !== undefined && owners.location !== undefined) {
    const links = linksOf(owners, 'location');
    outputs.push({ entity: 'accessibility', ...row, when: access, columns: { ...links, description: access } });
  }
  return outputs;
}

/** Hours in prose, and hours that stand in columns of their own. */
function hoursOf(columns: TableColumns, row: { key?: Source[] }, links: Record<string, Source>): Output[] {
  const outputs: Output[] = [];
  const prose = columns.source('schedule.description');
  const given = (['byday', 'opens_at', 'closes_at'] as const).flatMap((name) => {
    const from = columns.source(`schedule.${name}`);
    return from === undefined ? [] : [[name, from] as const];
  });
  if (given.length > 0) {
    const said: Record<string, Source> = prose === undefined ? {} : { description: prose };
    const when = firstOf(given.map(([, from]) => from));
    outputs.push({ entity: 'schedule', ...row, when, columns: { ...links, ...Object.fromEntries(given), ...said } });
  } else if (prose !== undefined) {
    const names = ['byday', 'freq', 'opens_at', 'closes_at', 'notes', 'description'];
    const parts = Object.fromEntries(names.map((name) => [name, `$${name}`]));
    outputs.push({ entity: 'schedule', ...row, each: { hours: [prose] }, columns: { ...links, ...parts } });
  }
  return outputs;
}

/** What a column says that names kinds of help: a list of terms, and which of them a row is filed under. */
export function termsOf(columns: TableColumns, title: string): { lists: Output[]; filed(owners: Owners): Output[] } {
  const terms = columns.source('taxonomy_term.name');
  if (terms === undefined) return { lists: [], filed: () => [] };
  const each = { list: terms, by: ',' };
  const list = { text: 'column' };
  return {
    lists: [
      { entity: 'taxonomy', key: [list], shared: true, columns: { name: { text: `Categories of ${title}` } } },
      { entity: 'taxonomy_term', key: ['$item'], each, shared: true, columns: { name: '$item', taxonomy_id: list } },
    ],
    filed(owners) {
      const kinds = ['service', 'organization', 'location'] as const satisfies readonly EntityName[];
      const kind = kinds.find((one) => owners[one] !== undefined);
      const owner = kind && owners[kind];
      if (!kind || owner === undefined) return [];
      const columnsOfLink = { link_id: owner, link_entity: { text: kind }, taxonomy_term_id: '$item' };
      return [{ entity: 'attribute', key: [owner, '$item'], each, columns: columnsOfLink }];
    },
  };
}
