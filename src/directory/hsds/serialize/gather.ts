import type { EntityName } from '../model.js';
import { closedLinks, guarded, leadsAstray, type Lead, openRows } from './open-rows.js';
import { type Ask, readRows, type Row } from './rows.js';
import { linksOf, partObjects } from './shape.js';

/** What is to be written of each root. */
export interface Form {
  /** `list`: its columns and the single objects beside them, as in the lists of HSDS. `full`: all that hangs on it. */
  form: 'list' | 'full';
  /** Only what everybody may see: what is listed, offered and not secret. */
  onlyOpen: boolean;
  /** Whose changes are written down: nobody's, those of the roots, or all. */
  metadata: 'none' | 'roots' | 'all';
  /** Organizations with their services whole; else these are only named. */
  wholeServices: boolean;
}

/** Details, each after those that it can hang on. */
const details = [
  'contact',
  'phone',
  'schedule',
  'service_area',
  'cost_option',
  'required_document',
  'funding',
  'language',
  'accessibility',
  'address',
  'service_capacity',
  'url',
  'organization_identifier',
] as const satisfies readonly EntityName[];

/** Where the rows stand that a link leads to. */
const ends: Readonly<Record<Lead, EntityName>> = {
  location_id: 'location',
  service_at_location_id: 'service_at_location',
  contact_id: 'contact',
  service_id: 'service',
};

const nothing: readonly Row[] = [];

/** All rows that some roots are written with: about one statement for each table, however many roots. */
export class Gathering {
  readonly #ask: Ask;
  readonly #form: Form;
  readonly #rows = new Map<EntityName, Map<string, Row>>();
  readonly #under = new Map<string, Map<string, Row[]>>();
  /** Rows that are only named: nothing that hangs on them is read. */
  readonly #named = new Set<EntityName>();

  constructor(ask: Ask, form: Form) {
    this.#ask = ask;
    this.#form = form;
  }

  row(entity: EntityName, id: string | number | null | undefined): Row | undefined {
    return typeof id === 'string' ? this.#rows.get(entity)?.get(id) : undefined;
  }

  /** Rows whose column holds this id. */
  under(entity: EntityName, column: string, id: string): readonly Row[] {
    return this.#under.get(`${entity}.${column}`)?.get(id) ?? nothing;
  }

  async collect(root: EntityName, ids: readonly string[]): Promise<void> {
    const { form, metadata } = this.#form;
    await this.#take(root, { id: ids });
    if (form === 'full') await this.#nested(root);
    else await this.#objects(root);
    if (metadata === 'roots') await this.#take('metadata', { resource_id: this.#ids(root) });
    if (metadata === 'all') await this.#take('metadata', { resource_id: this.#all() });
  }

  /** The single objects beside rows, and those beside them in turn. */
  async #objects(entity: EntityName): Promise<void> {
    for (const part of partObjects(entity)) {
      await this.#refer(entity, part.column, part.entity);
      if (part.entity === 'service' || part.entity === 'taxonomy_term') await this.#objects(part.entity);
    }
  }

  async #nested(root: EntityName): Promise<void> {
    if (root === 'organization') {
      if (!this.#form.wholeServices) this.#named.add('service');
      await this.#take('service', { organization_id: this.#ids('organization') });
    }
    if (root === 'service_at_location') await this.#refer('service_at_location', 'service_id', 'service');
    else await this.#take('service_at_location', { service_id: this.#ids('service') });
    await this.#refer('service', 'organization_id', 'organization');
    const organizations = this.#ids('organization');
    await this.#take('program', { organization_id: organizations });
    if (!this.#named.has('service')) await this.#refer('service', 'program_id', 'program');
    const places = this.#links('service_at_location', 'location_id');
    await this.#take('location', { id: places, organization_id: organizations });
    for (const entity of details) {
      const wanted = linksOf(entity).map(({ column, parent }) => [column, this.#ids(parent)] as const);
      await this.#take(entity, Object.fromEntries(wanted));
    }
    await this.#objects('service_capacity');
    await this.#take('attribute', { link_id: this.#all() });
    await this.#objects('attribute');
    await this.#objects('taxonomy_term');
  }

  #ids(entity: EntityName): string[] {
    return this.#named.has(entity) ? [] : [...(this.#rows.get(entity)?.keys() ?? [])];
  }

  #all(): string[] {
    return [...this.#rows.keys()].flatMap((entity) => this.#ids(entity));
  }

  #links(entity: EntityName, column: string): string[] {
    const found = new Set<string>();
    for (const row of this.#rows.get(entity)?.values() ?? []) {
      const id = row[column];
      if (typeof id === 'string') found.add(id);
    }
    return [...found];
  }

  async #refer(from: EntityName, column: string, to: EntityName): Promise<void> {
    const known = this.#rows.get(to);
    await this.#take(to, { id: this.#links(from, column).filter((id) => !known?.has(id)) });
  }

  async #take(entity: EntityName, wanted: Readonly<Record<string, readonly string[]>>): Promise<void> {
    const { onlyOpen } = this.#form;
    const rows = this.#rows.get(entity) ?? new Map<string, Row>();
    this.#rows.set(entity, rows);
    const read = await readRows(this.#ask, entity, new Map(Object.entries(wanted)), onlyOpen ? openRows(entity) : '');
    const closed =
      onlyOpen && guarded.has(entity) && read.length > 0
        ? await closedLinks(
            this.#ask,
            entity,
            read,
            // What was gathered is open; a service that was may still be one whose people are not named.
            (column, id) => column !== 'service_id' && this.#rows.get(ends[column])?.has(id) === true,
          )
        : new Set<string>();
    for (const row of read) {
      if (rows.has(row.id) || leadsAstray(row, closed)) continue;
      rows.set(row.id, row);
      for (const column of linkColumns(entity)) this.#hang(`${entity}.${column}`, row[column], row);
    }
  }

  #hang(key: string, parent: string | number | null | undefined, row: Row): void {
    if (typeof parent !== 'string') return;
    const lists = this.#under.get(key) ?? new Map<string, Row[]>();
    this.#under.set(key, lists);
    const list = lists.get(parent);
    if (list) list.push(row);
    else lists.set(parent, [row]);
  }
}

const links = new Map<EntityName, readonly string[]>();

function linkColumns(entity: EntityName): readonly string[] {
  if (entity === 'attribute') return ['link_id'];
  if (entity === 'metadata') return ['resource_id'];
  const known = links.get(entity) ?? linksOf(entity).map(({ column }) => column);
  links.set(entity, known);
  return known;
}
