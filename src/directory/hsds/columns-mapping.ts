import type { ColumnChoice } from './column-choices.js';
import type { Mapping, Output } from './mapping.js';
import { separateTables } from './separate-tables.js';
import { keyOf, TableColumns } from './table-columns.js';
import { detailsOf, termsOf } from './table-details.js';

/** The mapping of plain tables: one that tells all, or several that belong together. */
export function mappingOf(choices: readonly ColumnChoice[], title: string): Mapping {
  const ignore = choices.filter(({ target }) => target === null).map(({ column }) => column.trim().toLowerCase());
  const named = Map.groupBy(choices, ({ table }) => table ?? '*');
  const tables = new Map([...named].map(([table, columns]) => [table, new TableColumns(columns)] as const));
  const alone = tables.get('*');
  const outputs = alone ? { '*': oneTable(alone, title) } : separateTables(tables, title);
  return { name: 'columns', title, detect: [], ignore, tables: outputs };
}

/**
 * A table with one service a row, at one place, by one organization. Without an id of its own a row is known again by
 * organization, name and address.
 */
function oneTable(columns: TableColumns, title: string): Output[] {
  const source = columns.source.bind(columns);
  const service = source('service.name') ?? source('organization.name') ?? { text: '' };
  const organization = source('organization.name') ?? service;
  const id = source('row.id');
  const places = (['address.address_1', 'address.postal_code', 'address.city'] as const).map(source);
  const rowKey = id ?? keyOf([organization, service, ...places]);
  const row = { key: [rowKey] };
  const terms = termsOf(columns, title);
  const outputs: Output[] = [
    {
      entity: 'organization',
      key: [organization],
      shared: true,
      columns: { ...columns.values('organization'), name: organization },
    },
    ...terms.lists,
  ];
  const place = columns.has('location', 'address', 'accessibility');
  if (place) {
    outputs.push({
      entity: 'location',
      ...row,
      columns: { name: service, ...columns.values('location'), organization_id: organization },
    });
  }
  outputs.push({
    entity: 'service',
    ...row,
    columns: { ...columns.values('service'), name: service, organization_id: organization },
  });
  if (place) {
    outputs.push({ entity: 'service_at_location', ...row, columns: { service_id: rowKey, location_id: rowKey } });
  }
  const details = detailsOf(columns, row, { service: rowKey });
  const ofPlace = detailsOf(columns, row, { location: rowKey }).filter(({ entity }) => here.has(entity));
  outputs.push(...details, ...ofPlace);
  outputs.push(...terms.filed({ service: rowKey }));
  return outputs;
}

/** What a row that tells all says of its place and not of its service. */
const here = new Set<string>(['address', 'accessibility']);
