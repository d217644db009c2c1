import { posix } from 'node:path';
import { exactSign } from './export/description.js';
import { type Mapping, type Output } from './mapping.js';
import { mappings, tabular } from './mappings/index.js';
import { entityNames, type EntityName } from './model.js';
import { isSchema, rootEntity } from './nested.js';
import { UnreadablePackage } from './problems.js';
import { type Input, type InputFile, openInput, saveAsCsv } from './read/input.js';
import { isObject, peek, tableName } from './tables.js';

/** One table of a package and what its rows become. */
export type PackageTable = { file: InputFile; name: string } & (
  | { outputs: readonly Output[]; columns: readonly string[]; path?: string }
  /** HSDS 3.x JSON: each object with all that stands inside it. */
  | { outputs: 'nested' }
);

/** A package that was recognised: its tables in an order in which every row comes after those it refers to. */
export interface Package {
  name: string;
  /** Which family of files it is, e.g. "hsds-3", "hsds-json", "ohana". */
  format: string;
  mapping: Mapping;
  tables: PackageTable[];
  /** A hub's own export, whose values stand as they are. */
  exact: boolean;
  /** Files in it that no table is made from. */
  unread: string[];
  /** Workbooks in it, which nothing is read from. */
  workbooks: string[];
  close(): void;
}

interface Peeked {
  file: InputFile;
  name: string;
  columns: string[];
  path?: string;
  nested?: boolean;
}

/**
 * Opens a folder, a zip, a JSON or an NDJSON file and finds out what it is.
 * @throws UnreadablePackage with one sentence for whoever started the import
 */
export async function openPackage(path: string, mapping?: Mapping, fileName?: string): Promise<Package> {
  const input = await openInput(path, fileName);
  try {
    return await recognise(input, mapping);
  } catch (error) {
    input.close();
    throw error;
  }
}

async function recognise(input: Input, given: Mapping | undefined): Promise<Package> {
  const found: Peeked[] = [];
  const { names: own, exact } = await readDescription(input);
  for (const file of input.files) {
    if (isDescription(file.name)) continue;
    found.push(...(await look(file, own.get(file.name), exact)));
  }
  const flat = found.filter((table) => !table.nested);
  const mapping = exact ? tabular : (given ?? mappings.find(({ detect }) => detect.some((sign) => fits(sign, flat))));
  const tables = mapping ? mapped(mapping, flat) : [];
  const isListing = (entity: EntityName) => entity === 'service' || entity === 'taxonomy_term';
  const hasListing = tables.some(
    ({ outputs }) => outputs !== 'nested' && outputs.some((o) => exact || (!o.merge && isListing(o.entity))),
  );
  const nested = found.filter((table) => table.nested);
  const chosen = hasListing || nested.length === 0 ? tables : nestedTables(nested);
  const format = chosen === tables ? mapping?.name : 'hsds-json';
  if (!format || chosen.length === 0 || (chosen === tables && !hasListing)) {
    throw new UnreadablePackage(await why(input, found));
  }
  const used = new Set(chosen.map((table) => table.file.name));
  const unread = input.files.map((file) => file.name).filter((name) => !used.has(name) && !isDescription(name));
  return {
    name: own.get('') ?? input.name,
    format,
    mapping: mapping ?? tabular,
    tables: chosen,
    exact,
    unread,
    workbooks: input.workbooks,
    close: input.close,
  };
}

const isDescription = (name: string): boolean => /(^|\/)datapackage\.json$/i.test(name);

async function why(input: Input, found: readonly Peeked[]): Promise<string> {
  const [workbook] = input.workbooks;
  if (input.files.length === 0) {
    return workbook ? saveAsCsv(workbook) : `${input.name} holds no CSV, JSON, NDJSON or XML file.`;
  }
  const names = [...new Set(found.map((table) => table.name))].slice(0, 8).join(', ');
  const { name, line } = (await firstBroken(input)) ?? {};
  if (name !== undefined) {
    return `${name} is no JSON that can be read, from line ${line} on: it is damaged, or only its beginning arrived.`;
  }
  if (names === '') return `${input.name} is empty: there is no table and no listing in it.`;
  return `${input.name} has no services: an HSDS package needs a services file with id and organization_id (found: ${names}). For other tables give a column mapping.`;
}

/** The first file without any object that can be read, though it holds something. */
async function firstBroken({ files }: Input): Promise<{ name: string; line: number } | undefined> {
  for (const file of files) {
    const { first } = await peek(file);
    if (first?.error !== undefined) return { name: posix.basename(file.name), line: first.line };
  }
  return undefined;
}

async function look(file: InputFile, name: string | undefined, exact: boolean): Promise<Peeked[]> {
  const { columns, first } = await peek(file);
  const table = { file, name: name ?? tableName(file.name), columns };
  if (exact && first) return [{ ...table, nested: true }];
  if (isObject(first?.value) && isSchema(first.value)) return [];
  if (!first || !isObject(first.value)) return columns.length > 0 ? [table] : [];
  const nests = Object.values(first.value).some(
    (part) => isObject(part) || (Array.isArray(part) && part.some(isObject)),
  );
  if (!nests && tabular.tables[tableName(first.path)]) return envelope(file);
  const flat = mappings.some((mapping) => mapping.detect.some((sign) => sign.table === '*' && fits(sign, [table])));
  return flat || !rootEntity(namedBy(first.path, file.name), first.value) ? [table] : [{ ...table, nested: true }];
}

/** What tells the kind of an object: the array it stands in, or its file where that is a page or has none. */
export const namedBy = (path: string | undefined, file: string): string =>
  path && !/^contents?$/.test(path) ? path : file;

/** {"organizations.csv": […], "services.csv": […]}: each array is a table. */
async function envelope(file: InputFile): Promise<Peeked[]> {
  const { readJson } = await import('./read/json.js');
  const paths = new Map<string, Peeked>();
  for await (const { path, value } of readJson(await file.open())) {
    if (!paths.has(path) && isObject(value)) {
      paths.set(path, { file, name: tableName(path), columns: Object.keys(value), path });
    }
  }
  return [...paths.values()];
}

function fits(sign: Mapping['detect'][number], found: readonly Peeked[]): boolean {
  return found.some(
    ({ name, columns }) =>
      (sign.table === '*' || [name, ...plurals(name)].includes(sign.table)) &&
      (sign.columns ?? []).every((column) => columns.includes(column)),
  );
}

/** HSDS names tables in the plural, its database and many exports in the singular. */
const plurals = (name: string): string[] => [`${name}s`, `${name}es`, name.replace(/y$/, 'ies')];

const order = (entity: EntityName | undefined) => (entity ? entityNames.indexOf(entity) : entityNames.length);

function mapped(mapping: Mapping, found: readonly Peeked[]): PackageTable[] {
  const tables = found.flatMap(({ file, name, columns, path }) => {
    const outputs = [name, ...plurals(name)].map((one) => mapping.tables[one]).find((one) => one !== undefined);
    const all = outputs ?? mapping.tables['*'];
    return all ? [{ file, name, outputs: all, columns, ...(path !== undefined && { path }) }] : [];
  });
  // A table that only adds to another's rows comes right after it.
  const rank = ({ outputs }: { outputs: readonly Output[] }) => {
    const main = outputs.find((output) => !output.shared) ?? outputs[0];
    return order(main?.entity) * 2 + (main?.merge ? 1 : 0);
  };
  return tables.sort((a, b) => rank(a) - rank(b));
}

function nestedTables(found: readonly Peeked[]): PackageTable[] {
  const rank = (name: string) => order(rootEntity(name, {}));
  return [...found]
    .sort((a, b) => rank(a.name) - rank(b.name))
    .map(({ file, name }) => ({ file, name, outputs: 'nested' as const }));
}

/** What a datapackage.json says. */
interface Description {
  /** '' the package's own name, and a table's for each file that is not called by it. */
  names: Map<string, string>;
  exact: boolean;
}

async function readDescription({ files }: Input): Promise<Description> {
  const names = new Map<string, string>();
  const file = files.find(({ name }) => /(^|\/)datapackage\.json$/i.test(name));
  if (!file) return { names, exact: false };
  const chunks: Buffer[] = [];
  for await (const chunk of await file.open()) chunks.push(chunk as Buffer);
  let description: unknown;
  try {
    description = JSON.parse(
      Buffer.concat(chunks)
        .toString('utf8')
        .replace(/^\ufeff/, ''),
    );
  } catch {
    return { names, exact: false }; // The files' own names will do.
  }
  if (!isObject(description)) return { names, exact: false };
  if (typeof description.name === 'string' && description.name) names.set('', description.name);
  const base = file.name.replace(/[^/]*$/, '');
  for (const resource of Array.isArray(description.resources) ? description.resources : []) {
    if (isObject(resource) && typeof resource.path === 'string' && typeof resource.name === 'string') {
      const known = tabular.tables[tableName(resource.path)];
      if (!known) names.set(posix.normalize(base + resource.path), tableName(resource.name));
    }
  }
  return { names, exact: description[exactSign] === true };
}
