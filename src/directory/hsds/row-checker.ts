import { exactValues, hubValues } from './exact.js';
import { isUntold } from './finish/address.js';
import { contentKey } from './ids.js';
import type { Broken, Links } from './links.js';
import { children, columnsOf, type EntityName, isEntity } from './model.js';
import { normalise, ready } from './normalise.js';
import type { Complain, ImportItem, Outcome, RawRow } from './rows.js';
import { countsInWords, linkNames, say, spoken } from './say.js';
import type { Surroundings } from './survey.js';

type Taken = Outcome | 'shared';

/** A row made from a line of a file; `merge`: it only adds to another row. */
export interface Made {
  raw: RawRow;
  merge: boolean;
}

/** Judges rows one after another: links, ids, values; gives the good ones on and says what is wrong with the others. */
export class RowChecker {
  readonly #links: Links;
  readonly #around: Surroundings;
  /** Links to rows of the same table, which may come later. */
  readonly #selfLinks: { id: string; column: string; target: string; raw: RawRow }[] = [];
  /** Links into tables that the package does not have, counted only. */
  readonly #absent = new Map<string, number>();

  constructor(links: Links, around: Surroundings) {
    this.#links = links;
    this.#around = around;
  }

  /** All that came of one line. What became of its service, or else of its first row, is the line's outcome. */
  *take(rows: readonly Made[]): Generator<ImportItem, Outcome> {
    const own = (raw: RawRow) => !raw.shared;
    const service = rows.findIndex(({ raw }) => own(raw) && raw.entity === 'service');
    const main = service >= 0 ? service : rows.findIndex(({ raw }) => own(raw));
    const taken = rows.length > 1 ? rows[main]?.raw : undefined;
    if (taken && this.#isTaken(taken)) {
      yield* this.#again(taken, false);
      return 'duplicate';
    }
    const outcomes: Taken[] = [];
    const items: ImportItem[] = [];
    for (const { raw, merge } of rows) {
      const judged = merge ? this.#merge(raw) : this.#row(raw);
      for (let step = judged.next(); ; step = judged.next()) {
        if (step.done) {
          outcomes.push(step.value);
          break;
        }
        items.push(step.value);
      }
    }
    const first = main >= 0 ? outcomes[main] : undefined;
    yield* onceEach(first === 'rejected' && rows.length > 1 ? withoutEchoes(items) : items);
    if (first && first !== 'shared') return first;
    const best = (['imported', 'rejected', 'duplicate'] as const).find((outcome) => outcomes.includes(outcome));
    if (best) return best;
    return outcomes.includes('shared') ? 'imported' : 'skipped'; // Shared: what it says came in with an earlier line.
  }

  *#merge(raw: RawRow): Generator<ImportItem, Taken> {
    if (raw.key && this.#links.has(raw.entity, this.#links.idOf(raw.entity, raw.key))) return 'imported';
    yield say(
      raw,
      'ERROR',
      'ORPHAN',
      undefined,
      `There is no ${spoken(raw.entity)} "${raw.key}" that this belongs to.`,
    );
    return 'rejected';
  }

  *#row(raw: RawRow): Generator<ImportItem, Taken> {
    const said: ImportItem[] = [];
    const complain: Complain = (severity, code, field, message) => said.push(say(raw, severity, code, field, message));
    const rows = raw.exact ? [raw] : ready(raw, complain);
    yield* said;
    if (rows.length === 0) return yield* this.#nothing(raw);
    const outcomes: Taken[] = [];
    for (const [i, row] of rows.entries()) outcomes.push(yield* this.#one(row, i > 0));
    return outcomes.includes('imported') ? 'imported' : (outcomes[0] ?? 'skipped');
  }

  *#nothing(raw: RawRow): Generator<ImportItem, Taken> {
    if (raw.shared) return 'shared';
    if (raw.entity === 'schedule') {
      const advice = 'Give opens_at and closes_at, or no row for a day that is closed.';
      yield say(raw, 'WARNING', 'NO_HOURS', 'opens_at', `It says no hours; it was left out. ${advice}`);
      return 'skipped';
    }
    yield say(raw, 'ERROR', 'EMPTY_REQUIRED', 'number', 'There is no number in it.');
    return 'rejected';
  }

  *#one(row: RawRow, further: boolean): Generator<ImportItem, Taken> {
    const { entity } = row;
    const key = row.key || contentKey(columnsOf(entity).map(({ name }) => row.values[name]));
    const id = this.#links.idOf(entity, key);
    if (this.#links.has(entity, id)) return yield* this.#again(row, further);
    const { ids, broken, several, given } = this.#links.resolve(row);
    const lost = yield* this.#broken(row, broken, given, Object.keys(ids).length);
    const said: ImportItem[] = [];
    const values =
      lost ||
      (row.exact
        ? exactValues(row)
        : normalise(row, id, this.#around, (severity, code, field, message) =>
            said.push(say(row, severity, code, field, message)),
          ));
    if (values === true || typeof values === 'string') {
      this.#links.reject(entity, row.key, row);
      if (row.key) yield { kind: 'left-out', entity, id };
      if (typeof values === 'string') yield say(row, 'ERROR', 'EMPTY_REQUIRED', undefined, values);
      return 'rejected';
    }
    if (entity === 'service_at_location' && !this.#links.addPair(id, ids.service_id ?? '', ids.location_id ?? '')) {
      return yield* this.#again(row, further);
    }
    this.#links.add(entity, id);
    for (const { name, kind } of columnsOf(entity)) {
      const target = ids[name];
      if (!target) continue;
      values[name] = target;
      if (kind === entity) this.#selfLinks.push({ id, column: name, target, raw: slim(row, name) });
    }
    yield* said;
    for (const [column, kept] of several) {
      yield say(
        row,
        'WARNING',
        'SEVERAL_VALUES',
        column,
        `Holds several ids where one is possible; "${kept}" was kept.`,
      );
    }
    yield { kind: 'row', row: { entity, id, sourceKey: key, values, file: row.file, line: row.line } };
    if (entity === 'address' && !row.exact && ids.location_id && isUntold(values)) {
      yield { kind: 'secret-place', id: ids.location_id };
    }
    const beside = row.beside && hubValues(entity, row.beside);
    if (beside) yield { kind: 'beside', entity, id, values: beside };
    return 'imported';
  }

  /** Whether another row has its id: then nothing of its line may come to hang on that one. */
  #isTaken(row: RawRow): boolean {
    return !isContent(row.key) && this.#links.has(row.entity, this.#links.idOf(row.entity, row.key));
  }

  *#again(row: RawRow, further: boolean): Generator<ImportItem, 'shared' | 'duplicate'> {
    if (row.shared || further) return 'shared';
    const what = spoken(row.entity);
    if (isContent(row.key) || row.entity === 'service_at_location') {
      yield say(
        row,
        'WARNING',
        'REPEATED',
        undefined,
        `The same ${what} stands in the package before; the repetition was left out.`,
      );
    } else {
      const advice = `the first row was kept. Give each ${what} an id of its own.`;
      yield say(row, 'ERROR', 'DUPLICATE_ID', 'id', `The id "${row.key}" stands in the package before; ${advice}`);
    }
    return 'duplicate';
  }

  /** Says which links lead nowhere; true when the row cannot stand without them. */
  *#broken(row: RawRow, broken: readonly Broken[], given: number, sound: number): Generator<ImportItem, boolean> {
    const empty = columnsOf(row.entity).find(
      ({ name, required, kind }) => required && (kind === 'any' || isEntity(kind)) && !row.values[name],
    );
    const alone = children.has(row.entity) && sound === 0;
    const fatal = broken.find(({ column }) => column.required) ?? (alone ? broken[0] : undefined);
    if (fatal) {
      const { column, target, key, rejected } = fatal;
      this.#links.lose(row.entity, fatal);
      const where = rejected ? `was left out itself (${rejected.file} line ${rejected.line})` : 'is not in the package';
      const code = rejected ? 'PARENT_REJECTED' : 'MISSING_PARENT';
      yield say(row, 'ERROR', code, column.name, `The ${spoken(target)} "${key}" it belongs to ${where}.`);
      return true;
    }
    if (empty) {
      const advice = `every ${spoken(row.entity)} needs one.`;
      const lack = isEntity(empty.kind) ? `It names no ${spoken(empty.kind)};` : `${empty.name} is empty;`;
      yield say(row, 'ERROR', 'EMPTY_REQUIRED', empty.name, `${lack} ${advice}`);
      return true;
    }
    if (alone && given === 0 && !row.exact) {
      yield say(row, 'ERROR', 'ORPHAN', undefined, `It belongs to nothing; fill in ${linkNames(row.entity)}.`);
      return true;
    }
    for (const link of broken) {
      if (link.absent) {
        const name = [row.file, row.entity, link.column.name, link.target].join('\n');
        this.#absent.set(name, (this.#absent.get(name) ?? 0) + 1);
      } else {
        yield say(row, 'WARNING', 'MISSING_PARENT', link.column.name, nowhere(link.target, link.key));
      }
    }
    return false;
  }

  /** What can be said only at the end: dangling parents, what was lost with what, links into missing tables. */
  *summary(): Generator<ImportItem> {
    for (const { id, column, target, raw } of this.#selfLinks) {
      if (this.#links.has(raw.entity, target)) continue;
      yield { kind: 'unlink', entity: raw.entity, id, column };
      yield say(raw, 'WARNING', 'MISSING_PARENT', column, nowhere(raw.entity, raw.values[column] ?? ''));
    }
    for (const { entity, key, place, took } of this.#links.losses()) {
      const how = place ? 'was left out' : 'is not in the package';
      const raw = { entity, key, values: {}, file: place?.file ?? '', line: place?.line ?? 0 };
      const message = `The ${spoken(entity)} "${key}" ${how} and took with it: ${countsInWords(took)}.`;
      yield say(raw, 'WARNING', 'DEPENDANTS_LOST', undefined, message);
    }
    for (const [name, count] of this.#absent) {
      const [file = '', entity = '', column = '', target = ''] = name.split('\n');
      const message = `${count} rows name a ${spoken(target)}, but the package has no such table; ${entity}.${column} was left empty.`;
      yield { kind: 'problem', problem: { severity: 'WARNING', code: 'NO_LINKS', file, field: column, message } };
    }
    const { service, location, service_at_location: links } = this.#links.counts();
    if (service && location && !links) {
      const message = `None of the ${service} services is linked to any of the ${location} locations: the package has no services at locations. Searches by distance will not find them.`;
      yield { kind: 'problem', problem: { severity: 'WARNING', code: 'NO_LINKS', file: '', message } };
    }
  }
}

/** Whether a key was made from what the row says rather than given by its source. */
const isContent = (key: string): boolean => key === '' || key.startsWith('=') || key.includes('|');

/** The first error of a line whose main row was left out: the others only follow from it. */
function withoutEchoes(items: readonly ImportItem[]): ImportItem[] {
  const errors = items.filter((item) => item.kind === 'problem' && item.problem.severity === 'ERROR');
  return items.filter((item) => !errors.includes(item) || item === errors[0]);
}

/** The same remark about a cell that several rows of a line are made from is made once. */
function onceEach(items: readonly ImportItem[]): ImportItem[] {
  const made = new Set<string>();
  return items.filter((item) => {
    if (item.kind !== 'problem' || item.problem.severity === 'ERROR' || item.problem.code === 'REPEATED') return true;
    const { code, field, message } = item.problem;
    // Two columns of HSDS may hold one cell of the source, such as the web page of an agency and of its service.
    const remark = JSON.stringify([code, code === 'REPAIRED' ? '' : field, message]);
    return made.size < made.add(remark).size;
  });
}

function nowhere(target: EntityName, key: string): string {
  return `There is no ${spoken(target)} "${key}" in the package; the link was left out, the row kept.`;
}

function slim(row: RawRow, column: string): RawRow {
  return { ...row, values: { [column]: row.values[column] } };
}
