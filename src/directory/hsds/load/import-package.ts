import type { ClientBase } from 'pg';
import { entityNames, type EntityName } from '../model.js';
import { type ReadOptions, readPackage, type Reading } from '../read-package.js';
import type { FileCounts } from '../rows.js';
import { type AfterImport, apply, indexLater } from './apply.js';
import { Beside } from './beside.js';
import type { OnProgress } from './progress.js';
import { type ProblemKind, ProblemSink } from './problem-sink.js';
import { beginRun, failRun } from './run-record.js';
import { Stage } from './stage.js';
import { type EntityCounts, Tally } from './tally.js';
import type { Run } from './upsert.js';

export interface ImportOptions extends ReadOptions {
  /** Reports what would happen and changes nothing. */
  dryRun?: boolean;
  startedBy?: string;
  /** A run that waits on record already; else one is made. */
  runId?: string;
  /** Told, a few times a second at most, how far it is. */
  onProgress?: OnProgress;
  /** Where the full list of problems is written as CSV. */
  reportPath?: string;
  /** In place of having the search look at the services that changed. */
  afterImport?: AfterImport;
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
 * date, so that a crash leaves it as it was. The client must be one connection with the rights of hub_task. Imports of
 * one source take turns.
 * @throws UnreadablePackage when it is no package at all
 */
export async function importPackage(
  client: ClientBase,
  path: string,
  options: ImportOptions = {},
): Promise<ImportReport> {
  const started = Date.now();
  const { dryRun = false, startedBy, runId } = options;
  const reading = await readPackage(path, options);
  const lock = `hashtext('hub.import'), hashtext($1)`;
  try {
    await client.query(`select pg_advisory_lock(${lock})`, [reading.source]);
    const run = await beginRun(client, reading, { path, dryRun, startedBy, runId });
    const report = await load(run, reading, options).catch(async (error: unknown) => {
      await failRun(run, error);
      throw error;
    });
    return { ...report, seconds: (Date.now() - started) / 1000 };
  } finally {
    reading.close();
    await client.query(`select pg_advisory_unlock(${lock})`, [reading.source]).catch(() => undefined);
  }
}

async function load(run: Run, reading: Reading, options: ImportOptions): Promise<Omit<ImportReport, 'seconds'>> {
  const { client, runId, sourceName: source, dryRun } = run;
  const sink = await ProblemSink.open(client, run, options.reportPath);
  const staged = new Stage(client);
  const tally = new Tally();
  const beside = options.restore ? new Beside(client) : undefined;
  try {
    const leftOut = await collect(reading, staged, sink, tally, beside, options.onProgress);
    await apply(run, staged, leftOut, tally, {
      after: options.afterImport ?? indexLater,
      beside,
      onProgress: options.onProgress,
      async tell(late) {
        for (const problem of late) await sink.add(problem);
        await sink.store();
      },
    });
  } catch (error) {
    sink.abandon();
    throw error;
  } finally {
    await staged.drop().catch(() => undefined); // Goes with the connection otherwise.
  }
  const problems = await sink.end();
  const files = Object.fromEntries(reading.counts);
  return { runId, source, format: reading.format, dryRun, counts: tally.counts(), files, problems };
}

const progressRows = 500;

/** Brings all rows into the temporary tables. Returns the ids of rows that are in the package but cannot be used. */
async function collect(
  reading: Reading,
  staged: Stage,
  sink: ProblemSink,
  tally: Tally,
  beside: Beside | undefined,
  onProgress: OnProgress | undefined,
): Promise<Map<EntityName, string[]>> {
  const leftOut = new Map<EntityName, string[]>(entityNames.map((entity) => [entity, []]));
  const secret: string[] = [];
  let rows = 0;
  for await (const item of reading.items) {
    if (item.kind === 'row') {
      await staged.add(item.row);
      rows += 1;
      if (rows % progressRows === 0) onProgress?.({ step: 'READING', rows });
    } else if (item.kind === 'secret-place') secret.push(item.id);
    else if (item.kind === 'unlink') await staged.unlink(item.entity, item.id, item.column);
    else if (item.kind === 'beside') await beside?.add(item.entity, item.id, item.values);
    else if (item.kind === 'left-out') leftOut.get(item.entity)?.push(item.id);
    else {
      tally.problem(item.problem);
      await sink.add(item.problem);
    }
  }
  await staged.end();
  await staged.hide(secret);
  await beside?.end();
  for (const [entity, count] of staged.counts) tally.of(entity).read += count;
  return leftOut;
}
