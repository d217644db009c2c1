import type { Output, Source } from './mapping.js';
import { firstOf, keyOf, type TableColumns } from './table-columns.js';
import { detailsOf, type Owners, termsOf } from './table-details.js';

type Main = keyof Owners;

/** What each row of a table is: by the weightiest thing it names, unless it only hangs on a row of another table. */
function mainOf(columns: TableColumns): Main | undefined {
  if (columns.source('service.name') !== undefined) return 'service';
  const belongs = columns.source('row.service') !== undefined || columns.source('row.location') !== undefined;
  if (columns.source('organization.name') !== undefined && !belongs) return 'organization';
  if (columns.has('location', 'address') && columns.source('row.location') === undefined) return 'location';
  return undefined;
}

/** Several tables that name each other's rows: which is what, and how they hang together. */
export function separateTables(tables: ReadonlyMap<string, TableColumns>, title: string): Record<string, Output[]> {
  const found = [...tables].map(([name, columns]) => ({ name, columns, main: mainOf(columns) }));
  const agencies = found.find(({ main }) => main === 'organization');
  const agencyBy = (named: Source): Source => {
    const [match, get] = [agencies?.columns.column('organization.name'), agencies?.columns.column('row.id')];
    return agencies && match && get ? { lookup: agencies.name, match, get, by: named } : named;
  };
  const places = found.find(({ main }) => main === 'location');
  const agencyAt = (place: Source): Source | undefined => {
    const [match, get] = [places?.columns.column('row.id'), places?.columns.column('row.organization')];
    return places && match && get ? { lookup: places.name, match, get, by: place } : undefined;
  };
  return Object.fromEntries(
    found.map(({ name, columns, main }) => [
      name,
      outputsOf(columns, main, { title, agencyBy, agencyAt, agencies: !!agencies }),
    ]),
  );
}

interface Around {
  title: string;
  /** The number of an organization that is named in words. */
  agencyBy: (name: Source) => Source;
  /** The number of the organization whose place it is. */
  agencyAt: (place: Source) => Source | undefined;
  /** Whether a table of its own tells of the organizations. */
  agencies: boolean;
}

function outputsOf(
  columns: TableColumns,
  main: Main | undefined,
  { title, agencyBy, agencyAt, agencies }: Around,
): Output[] {
  const source = columns.source.bind(columns);
  const [id, agencyName] = [source('row.id'), source('organization.name')];
  const own = main && (id ?? contentOf(columns, main));
  const named = source('row.location');
  const said = source('row.organization') ?? (agencyName && agencyBy(agencyName));
  const agency = main === 'organization' ? own : (said ?? (main === 'service' && named ? agencyAt(named) : undefined));
  const service = main === 'service' ? own : source('row.service');
  const placed = main !== undefined && named === undefined && columns.has('location', 'address');
  const place = named ?? (placed ? own : undefined);
  const key = own ?? id;
  const row = key === undefined ? {} : { key: [key] };
  const ofAgency: Record<string, Source> = agency === undefined ? {} : { organization_id: agency };
  const terms = termsOf(columns, title);
  const outputs: Output[] = [];
  if (main === 'organization') {
    outputs.push({ entity: 'organization', ...row, columns: columns.values('organization') });
  } else if (agencyName !== undefined && agency === agencyName && !agencies) {
    outputs.push({ entity: 'organization', key: [agencyName], shared: true, columns: columns.values('organization') });
  }
  outputs.push(...terms.lists);
  // A place that names its service comes after the services, and may come once for each of them.
  const later = main === 'location' && service !== undefined;
  if (placed) {
    const name = firstOf([source('location.name'), source('service.name'), agencyName]);
    const values = { name, ...columns.values('location'), ...ofAgency };
    outputs.push({ entity: 'location', ...row, ...(later && { shared: true }), columns: values });
  }
  if (main === 'service') {
    outputs.push({ entity: 'service', ...row, columns: { ...columns.values('service'), ...ofAgency } });
  }
  if (service !== undefined && place !== undefined) {
    const both = { service_id: service, location_id: place };
    outputs.push({
      entity: 'service_at_location',
      key: [service, place],
      ...(!later && { shared: true }),
      columns: both,
    });
  }
  const owners: Owners = main
    ? { [main]: own }
    : { service, location: named, organization: source('row.organization') };
  outputs.push(...detailsOf(columns, row, owners));
  if (placed && main !== 'location') {
    outputs.push(...detailsOf(columns, row, { location: place }).filter(({ entity }) => entity === 'address'));
  }
  outputs.push(...terms.filed(owners));
  return outputs;
}

/** By what a row without a number of its own is known again. */
function contentOf(columns: TableColumns, main: Main): Source {
  const places = (['address.address_1', 'address.postal_code', 'address.city'] as const).map((one) =>
    columns.source(one),
  );
  const agency = columns.source('organization.name');
  if (main === 'organization') return keyOf([agency]);
  return keyOf([columns.source('row.organization') ?? agency, columns.source(`${main}.name`), ...places]);
}
