import { clean } from './clean/text.js';
import { hubColumnOf, hubColumns } from './export/hub-columns.js';
import { Links } from './links.js';
import { columnsRead, type Lookup, lookupsOf } from './mapping.js';
import { RowMapper } from './map-row.js';
import { columnsOf, type EntityName, entityNames, isEntity } from './model.js';
import { flatten, flattenExact, rootEntity } from './nested.js';
import { namedBy, type Package, type PackageTable } from './package.js';
import type { Problem } from './problems.js';
import { saveAsCsv } from './read/input.js';
import type { Remark } from './read/said.js';
import { type Made, RowChecker } from './row-checker.js';
import type { FileCounts, ImportItem, Outcome, RawRow } from './rows.js';
import { Surroundings } from './survey.js';
import { readRows, type ReadRow } from './tables.js';

/** Reads a package twice: first what must be known beforehand, then row by row. */
export class PackageReader {
  readonly counts = new Map<string, FileCounts>();
  readonly #package: Package;
  readonly #around: Surroundings;
  readonly #mapper: RowMapper;
  readonly #checker: RowChecker;
  readonly #restore: boolean;

  /** @param restore whether what a backup says beside HSDS is taken over */
  constructor(opened: Package, source: string, restore = false) {
    this.#package = opened;
    this.#restore = restore;
    this.#around = new Surroundings(source);
    this.#mapper = new RowMapper((lookup, key) => this.#around.lookUp(lookup, key));
    this.#checker = new RowChecker(new Links(source, presentEntities(opened.tables)), this.#around);
  }

  async *items(): AsyncGenerator<ImportItem> {
    if (!this.#package.exact) await this.#survey();
    for (const file of this.#package.unread) {
      yield problem({
        severity: 'WARNING',
        code: 'FILE_NOT_READ',
        file,
        message: `${file} was not read: this kind of package has no such table.`,
      });
    }
    for (const file of this.#package.workbooks) {
      yield problem({ severity: 'WARNING', code: 'FILE_NOT_READ', file, message: saveAsCsv(file) });
    }
    // Nested rows of an exact package may refer to rows of later files: those that others refer to come first.
    const nested = this.#package.tables.some(({ outputs }) => outputs === 'nested');
    for (const pass of this.#package.exact && nested ? passes : [undefined]) {
      for (const table of this.#package.tables) yield* this.#table(table, pass);
    }
    yield* this.#checker.summary();
  }

  async *#table(table: PackageTable, pass?: Pass): AsyncGenerator<ImportItem> {
    const unused = new Map<string, number>();
    const used =
      table.outputs === 'nested'
        ? undefined
        : usedColumns(table.outputs, this.#package.mapping.ignore ?? [], this.#restore);
    const path = 'path' in table ? table.path : undefined;
    const remarks: Remark[] = [];
    const said = (remark: Remark): void => void remarks.push(remark);
    for await (const row of readRows(table.file, { path, exact: this.#package.exact, said })) {
      if (used) countUnused(row, used, unused);
      yield* this.#row(table, row, (name) => unused.set(name, (unused.get(name) ?? 0) + 1), pass);
    }
    for (const remark of remarks) yield problem({ severity: 'WARNING', file: table.file.name, ...remark });
    for (const [column, filled] of unused) {
      yield problem({
        severity: 'WARNING',
        code: 'COLUMN_NOT_READ',
        file: table.file.name,
        field: column,
        message: `Column ${column} (filled in ${filled} rows) has no place in the directory and was not read.`,
      });
    }
  }

  *#row(table: PackageTable, row: ReadRow, unknown: (name: string) => void, pass?: Pass): Generator<ImportItem> {
    const { file, line } = row;
    let outcome: Outcome = 'rejected';
    if (row.error) {
      yield problem({
        severity: 'ERROR',
        code: 'UNREADABLE_ROW',
        file,
        line,
        message: `This is no JSON object that can be read: ${row.error}.`,
      });
    } else if (row.aside) {
      yield problem({ severity: 'WARNING', code: 'NOT_A_ROW', file, line, message: row.aside });
      outcome = 'skipped';
    } else if (row.surplus > 0) {
      yield problem({
        severity: 'ERROR',
        code: 'EXTRA_CELLS',
        file,
        line,
        message: `The row has ${row.surplus} cells more than the header; put texts with commas in quotes.`,
      });
    } else {
      if (row.surplus < 0) {
        yield problem({
          severity: 'WARNING',
          code: 'MISSING_CELLS',
          file,
          line,
          message: `The row lacks its last ${-row.surplus} cells; they were taken as empty.`,
        });
      }
      const rows = this.#rawRows(table, row, unknown);
      outcome = yield* this.#checker.take(pass ? rows.filter(({ raw }) => pass(raw.entity)) : rows);
    }
    if (pass && pass !== passes[0]) return; // Each line counts once.
    const counts = this.counts.get(file) ?? { read: 0, imported: 0, rejected: 0, duplicate: 0, skipped: 0 };
    counts.read += 1;
    counts[outcome] += 1;
    this.counts.set(file, counts);
  }

  #rawRows(table: PackageTable, row: ReadRow, unknown?: (name: string) => void): Made[] {
    if (table.outputs === 'nested') {
      const value = row.value ?? {};
      const entity = rootEntity(namedBy(row.path, table.file.name), value);
      if (!entity) return [];
      const place = { file: row.file, line: row.line };
      const rows = this.#package.exact
        ? flattenExact(entity, value, place, this.#restore)
        : flatten(entity, value, place, unknown);
      return rows.map((raw) => ({ raw, merge: false }));
    }
    if (this.#package.exact) {
      return table.outputs.map(({ entity }) => ({
        raw: exactRow(entity, row, this.#restore ? table.columns : []),
        merge: false,
      }));
    }
    return table.outputs.flatMap((output) =>
      this.#mapper.map([output], row).map((raw) => ({ raw, merge: output.merge ?? false })),
    );
  }

  /** First run: only through the tables that tell something beforehand. */
  async #survey(): Promise<void> {
    const lookups = lookupsOf(this.#package.mapping);
    for (const table of this.#package.tables) {
      await this.#learn(
        table,
        lookups.filter(({ lookup }) => lookup === table.name),
      );
    }
    for (const table of this.#package.tables) {
      const { outputs } = table;
      const tells =
        outputs === 'nested' || outputs.some((o) => o.merge || o.entity === 'address' || o.entity === 'location');
      if (!tells) continue;
      for await (const row of readRows(table.file, { path: 'path' in table ? table.path : undefined })) {
        if (row.error || row.aside || row.surplus > 0) continue;
        for (const { raw, merge } of this.#rawRows(
          outputs === 'nested'
            ? table
            : {
                ...table,
                outputs: outputs.filter((o) => o.merge || o.entity === 'address' || o.entity === 'location'),
              },
          row,
        )) {
          if (merge) this.#around.merge(raw);
          else this.#around.see(raw);
        }
      }
    }
  }

  async #learn(table: PackageTable, lookups: readonly Lookup[]): Promise<void> {
    if (lookups.length === 0) return;
    for await (const { cells } of readRows(table.file)) {
      for (const lookup of lookups) {
        const key = clean(cells[lookup.match]);
        const value = clean(cells[lookup.get]);
        if (key && value) this.#around.learn(lookup, key, value);
      }
    }
  }
}

type Pass = (entity: EntityName) => boolean;

const details = entityNames.indexOf('contact');
/** Listings, then what details hang on, then all else. */
const passes: readonly Pass[] = [
  (entity) => entityNames.indexOf(entity) < details,
  (entity) => entity === 'contact',
  (entity) => entity === 'phone',
  (entity) => entityNames.indexOf(entity) > entityNames.indexOf('phone'),
];

/** A line of a hub's own export: its cells are its values. */
function exactRow(entity: EntityName, { cells, file, line }: ReadRow, columns: readonly string[]): RawRow {
  const hubs = columns.filter((name) => hubColumnOf(entity, name)).map((name) => [name, cells[name] ?? null]);
  return {
    entity,
    key: cells['id'] ?? '',
    values: cells,
    file,
    line,
    exact: true,
    ...(hubs.length > 0 && { beside: Object.fromEntries(hubs) as Record<string, unknown> }),
  };
}

function problem(value: Problem): ImportItem {
  return { kind: 'problem', problem: value };
}

function countUnused({ cells, items }: ReadRow, used: ReadonlySet<string>, unused: Map<string, number>): void {
  for (const name of [...Object.keys(cells), ...Object.keys(items ?? {})]) {
    if (!used.has(name) && !used.has(name.split('.')[0] ?? '')) unused.set(name, (unused.get(name) ?? 0) + 1);
  }
}

function usedColumns(
  outputs: Exclude<PackageTable['outputs'], 'nested'>,
  ignore: readonly string[],
  restore: boolean,
): Set<string> {
  const used = columnsRead(outputs);
  for (const { entity } of restore ? outputs : []) for (const { name } of hubColumns(entity)) used.add(name);
  for (const name of ignore) used.add(name);
  for (const output of outputs) if (output.same) for (const { name } of columnsOf(output.entity)) used.add(name);
  return used;
}

/** The tables that rows can come from; HSDS JSON may hold any. */
function presentEntities(tables: readonly PackageTable[]): Set<EntityName> {
  const present = new Set<EntityName>();
  for (const { outputs } of tables) {
    for (const name of outputs === 'nested' ? entityNames : outputs.filter((o) => !o.merge).map((o) => o.entity)) {
      if (isEntity(name)) present.add(name);
    }
  }
  return present;
}
