import { columnsOf, type EntityName } from '../model.js';
import type { Form, Gathering } from './gather.js';
import type { Row } from './rows.js';
import { type Part, partLists, partObjects } from './shape.js';
import { extensionOf, schemaValue } from './values.js';

/** Texts that HSDS wants even where there is nothing to say. */
export const always: ReadonlySet<string> = new Set([
  'organization.description',
  'address.address_1',
  'address.city',
  'address.state_province',
  'address.postal_code',
  'address.country',
  'program.description',
  'taxonomy.description',
  'taxonomy_term.description',
  'metadata.previous_value',
  'metadata.replacement_value',
]);

/** Objects that many roots share: written once for all of them. */
const shared: ReadonlySet<EntityName> = new Set<EntityName>(['organization', 'location', 'taxonomy_term']);

/** Writes gathered rows as HSDS JSON text: columns without a value are left out, as the schemas know no null. */
export class Printer {
  readonly #rows: Gathering;
  readonly #root: EntityName;
  readonly #form: Form;
  readonly #known = new Map<string, string>();
  /** What stands around the root does not stand in it again. */
  readonly #around: ReadonlySet<string>;

  constructor(rows: Gathering, root: EntityName, form: Form) {
    this.#rows = rows;
    this.#root = root;
    this.#form = form;
    this.#around = around(root);
  }

  /** One root; undefined when it is not there or may not be shown. */
  root(id: string): string | undefined {
    const row = this.#rows.row(this.#root, id);
    if (!row) return undefined;
    if (this.#root === 'service_at_location') {
      const whole = this.#rows.row('service', row['service_id']) && this.#rows.row('location', row['location_id']);
      if (!whole) return undefined;
    }
    return this.#object(this.#root, row, this.#form.form === 'full', '');
  }

  #object(entity: EntityName, row: Row, full: boolean, via: string): string {
    if (!shared.has(entity)) return this.#write(entity, row, full, via);
    // The link to the organization stands in a location wherever it is, so that it can be written once.
    const key = `${entity}${full ? '+' : '-'}${row.id}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const text = this.#write(entity, row, full, '');
    this.#known.set(key, text);
    return text;
  }

  #write(entity: EntityName, row: Row, full: boolean, via: string): string {
    const parts = scalars(entity, row, via);
    for (const part of partObjects(entity)) {
      const one = this.#around.has(`${entity}.${part.name}`)
        ? undefined
        : this.#rows.row(part.entity, row[part.column]);
      if (one) parts.push(`"${part.name}":${this.#object(part.entity, one, full, '')}`);
    }
    if (full || entity === this.#root) this.#lists(entity, row, full, parts);
    return `{${parts.join(',')}}`;
  }

  #lists(entity: EntityName, row: Row, full: boolean, parts: string[]): void {
    for (const part of partLists(entity)) {
      if (!full && part.name !== 'metadata') continue;
      if (this.#around.has(`${entity}.${part.name}`)) continue;
      const list = this.#rows.under(part.entity, part.column, row.id);
      if (list.length > 0) parts.push(`"${part.name}":[${list.map((one) => this.#item(part, one)).join(',')}]`);
    }
  }

  #item(part: Part, row: Row): string {
    if (part.name === 'services' && !this.#form.wholeServices) return named(row);
    return this.#object(part.entity, row, true, part.column);
  }
}

/** A service of which only is said which one it is. */
function named(row: Row): string {
  return JSON.stringify({ id: row.id, name: row['name'], status: row['status'], last_modified: row['last_modified'] });
}

function around(root: EntityName): ReadonlySet<string> {
  if (root === 'organization') return new Set(['service.organization', 'service_at_location.service']);
  if (root === 'service_at_location') return new Set(['service.service_at_locations', 'organization.services']);
  return new Set(['service_at_location.service', 'organization.services']);
}

function scalars(entity: EntityName, row: Row, via: string): string[] {
  const parts = [`"id":"${row.id}"`];
  for (const column of columnsOf(entity)) {
    const { name } = column;
    const value = row[name];
    if (value === null || value === undefined || name === via) continue;
    if (value === '' && !always.has(`${entity}.${name}`)) continue;
    if (entity === 'phone' && (name === 'extension' || name === 'description')) continue;
    const text = schemaValue(column, value);
    if (text !== undefined) parts.push(`"${name}":${text}`);
  }
  if (entity === 'phone') parts.push(...extensionAndDescription(row));
  return parts;
}

function extensionAndDescription(row: Row): string[] {
  const [extension, description] = [row['extension'], row['description']];
  const digits = typeof extension === 'string' && extension !== '' ? extensionOf(extension) : undefined;
  const said = [description, extension && digits === undefined ? `ext. ${extension}` : null]
    .filter(Boolean)
    .join(' · ');
  return [
    ...(digits === undefined ? [] : [`"extension":${digits}`]),
    ...(said === '' ? [] : [`"description":${JSON.stringify(said)}`]),
  ];
}
