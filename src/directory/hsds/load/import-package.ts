import type { ClientBase } from 'pg';
import { newId } from '../../../platform/id.js';
import { indexServices } from '../../search/index-services.js';
import { entityNames, type EntityName } from '../model.js';
import type { Problem } from '../problems.js';
import { type ReadOptions, readPackage, type Reading } from '../read-package.js';
import type { FileCounts } from '../rows.js';
import { spoken } from '../say.js';
import { keepOwnedFields, leaveClaimedLists } from './owned-fields.js';
import { type ProblemKind, ProblemSink } from './problem-sink.js';
import { setTimeZones, touchedServices } from './settle.js';
import { Stage } from './stage.js';
import { adoptLinks, createChanges, type Run, settleGone, upsert } from './upsert.js';

export interface ImportOptions extends ReadOptions {
  /** Reports what would happen and changes nothing. */
  dryRun?: boolean;
  startedBy?: string;
  /** Where the full list of problems is written as CSV. */
  reportPath?: string;
  /** Called in the import's transaction with the services that changed in themselves or around them; has the search look at them when absent. */
  afterImport?: (client: ClientBase, serviceIds: readonly string[]) => Promise<void>;
}

/** What became of a table's rows; read = created + updated + unchanged + taken + rejected + duplicate + skipped. */
export interface EntityCounts {
  read: number;
  created: number;
  updated: number;
  unchanged: number;
  /** Its id belongs to another source. */
  taken: number;
  rejected: number;
  duplicate: number;
  skipped: number;
  /** Details of listings that the source no longer has. */
  removed: number;
}

export interface ImportReport {
  runId: string;
  source: string;
  format: string;
  dryRun: boolean;
  counts: Partial<Record<EntityName, EntityCounts>>;
  files: Record<string, FileCounts>;
  problems: ProblemKind[];
  seconds: number;
}

/**
 * Imports an HSDS package. Rows are first collected in temporary tables; then one transaction brings the directory up to
 * date, so that a crash leaves it as it was. The client must be one connection with the rights of hub_task.
 * @throws UnreadablePackage when it is no package at all
 */
export async function importPackage(
  client: ClientBase,
  path: string,
  options: ImportOptions = {},
): Promise<ImportReport> {
  const started = Date.now();
  const reading = await readPackage(path, options);
  try {
    await client.query(`select pg_advisory_lock(hashtext('hub.import'), hashtext($1))`, [reading.source]);
    const run = await begin(client, reading, path, options);
    try {
      const report = await load(run, reading, options);
      return { ...report, seconds: (Date.now() - started) / 1000 };
    } catch (error) {
      await client.query('rollback').catch(() => undefined); // The connection itself may be what failed.
      const message = error instanceof Error ? error.message : String(error);
      await client.query(
        `update hub.import_run set status = 'FAILED', finished_at = now(), message = $2 where id = $1`,
        [run.runId, message],
      );
      throw error;
    }
  } finally {
    reading.close();
    await client.query(`select pg_advisory_unlock(hashtext('hub.import'), hashtext($1))`, [reading.source]);
  }
}

/** Puts the run on record. Holding the lock, a run of this source that still says RUNNING was cut off. */
async function begin(client: ClientBase, reading: Reading, path: string, options: ImportOptions): Promise<Run> {
  const { rows } = await client.query<{ id: string }>(
    `insert into hub.import_source (id, name) values ($1, $2) on conflict (name) do update set name = excluded.name returning id`,
    [newId(), reading.source],
  );
  const sourceId = rows[0]?.id ?? '';
  await client.query(
    `update hub.import_run set status = 'FAILED', finished_at = now(), message = 'The import was cut off; nothing of it was kept.'
     where source_id = $1 and status = 'RUNNING'`,
    [sourceId],
  );
  const runId = newId();
  await client.query(
    `insert into hub.import_run (id, source_id, format, path, dry_run, status, started_by) values ($1, $2, $3, $4, $5, 'RUNNING', $6)`,
    [runId, sourceId, reading.format, path, options.dryRun ?? false, options.startedBy ?? null],
  );
  return { client, runId, sourceId, sourceName: reading.source };
}

async function load(run: Run, reading: Reading, options: ImportOptions): Promise<Omit<ImportReport, 'seconds'>> {
  const { client, runId, sourceName } = run;
  const sink = await ProblemSink.open(client, runId, options.reportPath);
  const staged = new Stage(client);
  const tally = new Tally();
  const leftOut = new Map<EntityName, string[]>();
  try {
    for await (const item of reading.items) {
      if (item.kind === 'row') await staged.add(item.row);
      else if (item.kind === 'unlink') await staged.unlink(item.entity, item.id, item.column);
      else if (item.kind === 'left-out') remember(leftOut, item.entity, item.id);
      else {
        tally.problem(item.problem);
        await sink.add(item.problem);
      }
    }
    await staged.end();
    for (const [entity, count] of staged.counts) tally.of(entity).read += count;
    const late = await apply(run, staged, leftOut, tally, options);
    for (const problem of late) await sink.add(problem);
  } finally {
    await staged.drop().catch(() => undefined); // Goes with the connection otherwise.
  }
  const problems = await sink.end();
  const counts = tally.counts();
  const files = Object.fromEntries(reading.counts);
  await client.query(`update hub.import_run set status = 'DONE', finished_at = now(), counts = $2 where id = $1`, [
    runId,
    JSON.stringify(counts),
  ]);
  return {
    runId,
    source: sourceName,
    format: reading.format,
    dryRun: options.dryRun ?? false,
    counts,
    files,
    problems,
  };
}

const indexedAtOnce = 500;

/** Has the search look at services again once the transaction has ended. */
async function indexLater(client: ClientBase, serviceIds: readonly string[]): Promise<void> {
  for (let at = 0; at < serviceIds.length; at += indexedAtOnce) {
    const payload = JSON.stringify({ serviceIds: serviceIds.slice(at, at + indexedAtOnce) });
    await client.query('select hub.enqueue($1, $2::json)', [indexServices.name, payload]);
  }
}

/** The one transaction in which the directory changes. Returns what there is to say about it. */
async function apply(
  run: Run,
  staged: Stage,
  leftOut: ReadonlyMap<EntityName, string[]>,
  tally: Tally,
  options: ImportOptions,
): Promise<Problem[]> {
  const { client } = run;
  const problems: Problem[] = [];
  const entities = entityNames.filter((entity) => staged.entities.includes(entity));
  await client.query('begin');
  await createChanges(client);
  for (const entity of entities) {
    if (entity === 'service_at_location') await adoptLinks(run, entities);
    for (const kept of await keepOwnedFields(run, entity)) {
      const message = `The ${kept.owner === 'AGENCY' ? 'agency' : 'curator'} has set ${kept.field}; the source's "${kept.sourceValue ?? ''}" was noted beside it.`;
      problems.push({
        severity: 'WARNING',
        code: 'KEPT_BY_CURATOR',
        file: '',
        line: kept.line,
        entity,
        sourceId: kept.key,
        field: kept.field,
        message,
      });
    }
    const claimed = await leaveClaimedLists(run, entity);
    if (claimed > 0) {
      const message = `${claimed} rows of ${spoken(entity)} belong to services whose list a curator or the agency keeps; they were left as they are.`;
      problems.push({ severity: 'WARNING', code: 'KEPT_BY_CURATOR', file: '', entity, message });
    }
    const before = staged.counts.get(entity) ?? 0;
    const { created, updated, taken } = await upsert(run, entity);
    Object.assign(tally.of(entity), { created, updated, taken, unchanged: before - created - updated - taken });
    if (taken > 0) {
      const message = `${taken} rows of ${spoken(entity)} have ids that belong to another source or to the hub itself; they were left as they are. Import them under the source's own name.`;
      problems.push({ severity: 'WARNING', code: 'ID_TAKEN', file: '', entity, message });
    }
  }
  for (const entity of entities.toReversed()) {
    const gone = await settleGone(run, entity, leftOut.get(entity) ?? []);
    tally.of(entity).removed = gone.removed;
    for (const { key, name } of gone.proposals) {
      const message = `The source no longer has this ${spoken(entity)}${name ? ` (${name})` : ''}; it stays until a curator retires it.`;
      problems.push({ severity: 'WARNING', code: 'GONE_FROM_SOURCE', file: '', entity, sourceId: key, message });
    }
  }
  await setTimeZones(client);
  const made = tally.of('service');
  const allNew = made.created > 0 && made.created === (staged.counts.get('service') ?? 0);
  const services = await touchedServices(client, entities, allNew);
  if (!options.dryRun && services.length > 0) await (options.afterImport ?? indexLater)(client, services);
  await client.query(options.dryRun ? 'rollback' : 'commit');
  return problems;
}

function remember(lists: Map<EntityName, string[]>, entity: EntityName, id: string): void {
  const list = lists.get(entity);
  if (list) list.push(id);
  else lists.set(entity, [id]);
}

/** Counts rows by table. */
class Tally {
  readonly #counts = new Map<EntityName, EntityCounts>();

  of(entity: EntityName): EntityCounts {
    const known = this.#counts.get(entity);
    if (known) return known;
    const fresh = {
      read: 0,
      created: 0,
      updated: 0,
      unchanged: 0,
      taken: 0,
      rejected: 0,
      duplicate: 0,
      skipped: 0,
      removed: 0,
    };
    this.#counts.set(entity, fresh);
    return fresh;
  }

  problem({ severity, code, entity }: Problem): void {
    if (!entity) return;
    const became =
      code === 'DUPLICATE_ID' || code === 'REPEATED'
        ? 'duplicate'
        : code === 'NO_HOURS'
          ? 'skipped'
          : severity === 'ERROR'
            ? 'rejected'
            : undefined;
    if (!became) return;
    this.of(entity)[became] += 1;
    this.of(entity).read += 1;
  }

  counts(): Partial<Record<EntityName, EntityCounts>> {
    return Object.fromEntries(
      entityNames.flatMap((entity) => (this.#counts.has(entity) ? [[entity, this.of(entity)]] : [])),
    );
  }
}
