import { sql } from 'kysely';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import { Can, loader, type Batch, type HubContext } from '../../access/index.js';
import { toDate, toDateOrNull } from '../../platform/database/rows.js';
import { fail } from '../../platform/graphql/errors.js';
import { PageArgs, type Connection } from '../../platform/graphql/connection.js';
import { keysetPage } from '../../platform/graphql/keyset.js';
import { payloadOf } from '../../platform/graphql/payload.js';
import { problemWords } from '../hsds/problem-words.js';
import { isId } from '../../platform/id.js';
import { inLanguage } from '../../platform/sentences.js';
import type { Language } from '../../platform/words.js';
import { columnTargets, tableNames } from '../hsds/index.js';
import { importTopic } from './import-job.js';
import {
  ConfirmImportInput,
  type ImportColumn,
  ImportProblem,
  ImportProblemConnection,
  ImportRun,
  ImportRunConnection,
  ImportSource,
  type ImportStep,
  ProblemKind,
  ProblemSeverity,
  type ImportCount,
  type ImportStatus,
  TryImportInput,
} from './import-run.types.js';
import { confirmImport, tryImport } from './start-import.js';

interface ImportTables {
  'hub.import_run': {
    id: string;
    source_id: string;
    format: string;
    dry_run: boolean;
    status: ImportStatus;
    started_at: string;
    finished_at: string | null;
    counts: Record<string, Partial<ImportCount & { taken: number }>>;
    message: string | null;
    upload_id: string | null;
    trial_id: string | null;
    progress: { step: ImportStep; rows: number; entity?: string } | null;
    mapping: ImportColumn[] | null;
  };
  'hub.import_upload': { id: string; file_name: string; removed_at: string | null };
  'hub.import_source': { id: string; name: string };
  'hub.import_problem': {
    id: string;
    run_id: string;
    severity: ProblemSeverity;
    code: string;
    file: string;
    line: number | null;
    entity: string | null;
    field: string | null;
    subject: string | null;
    service_id: string | null;
    message: string;
  };
}

async function selectRuns(ctx: HubContext) {
  return (await ctx.db.em())
    .getKysely<ImportTables>()
    .selectFrom('hub.import_run as r')
    .innerJoin('hub.import_source as s', 's.id', 'r.source_id')
    .leftJoin('hub.import_upload as u', 'u.id', 'r.upload_id')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('hub.import_run as d')
          .select('d.id as made_id')
          .whereRef('d.trial_id', '=', 'r.id')
          .where('d.status', '<>', 'FAILED')
          .limit(1)
          .as('made'),
      (join) => join.onTrue(),
    )
    .select([
      'r.id',
      's.name as source',
      'r.format',
      'r.dry_run',
      'r.status',
      'r.started_at',
      'r.finished_at',
      'r.counts',
      'r.message',
      'r.progress',
      'r.mapping',
      'u.file_name',
      sql<string | null>`case when u.removed_at is null then u.id end`.as('present_id'),
      'made.made_id',
      sql<boolean>`r.dry_run and r.status = 'DONE' and u.id is not null and u.removed_at is null and made.made_id is null`.as(
        'can_be_confirmed',
      ),
    ]);
}
type RunRow = Awaited<ReturnType<Awaited<ReturnType<typeof selectRuns>>['execute']>>[number];

function toRun(row: RunRow, language: Language): ImportRun {
  const known = tableNames.filter((entity) => row.counts[entity]);
  const counts = known.map((entity): ImportCount => {
    const count = row.counts[entity] ?? {};
    const {
      read = 0,
      created = 0,
      updated = 0,
      unchanged = 0,
      rejected = 0,
      removed = 0,
      duplicate = 0,
      skipped = 0,
      taken = 0,
    } = count;
    return { entity, read, created, updated, unchanged, rejected, removed, duplicate, skipped: skipped + taken };
  });
  const { id, source, format, status } = row;
  const message = row.message && problemWords.inLanguage(inLanguage(row.message, language), language);
  return {
    id,
    source,
    format,
    status,
    message,
    counts,
    dryRun: row.dry_run,
    fileName: row.file_name,
    upload: row.present_id === null ? null : { id: row.present_id },
    progress: row.progress && { ...row.progress, entity: row.progress.entity ?? null },
    columns: row.mapping,
    canBeConfirmed: row.can_be_confirmed,
    importedAs: row.made_id,
    startedAt: toDate(row.started_at),
    finishedAt: toDateOrNull(row.finished_at),
  };
}

const problemKinds: Batch<string, ProblemKind[]> = async (ctx, ids) => {
  const { rows } = await sql<ProblemKind & { runId: string }>`
    select run_id as "runId", code, severity, count(*)::int as count from hub.import_problem
    where run_id = any (${[...ids]}::uuid[]) group by run_id, code, severity order by severity, count(*) desc, code`.execute(
    (await ctx.db.em()).getKysely<unknown>(),
  );
  return ids.map((id) => rows.filter((row) => row.runId === id));
};

async function runById(ctx: HubContext, id: string): Promise<ImportRun> {
  const row = isId(id) ? await (await selectRuns(ctx)).where('r.id', '=', id).executeTakeFirst() : undefined;
  return row ? toRun(row, ctx.language) : fail.notFound('Import');
}

const shape = 'The import as it stands now.';
const TryImportPayload = payloadOf('TryImport', 'importRun', ImportRun, shape);
const ConfirmImportPayload = payloadOf('ConfirmImport', 'importRun', ImportRun, shape);

interface Started {
  importRun: ImportRun;
}

@Resolver(() => ImportRun)
export class ImportRunResolver {
  @Can('directory.import')
  @Query(() => ImportRunConnection, { description: 'Imports, the latest first.' })
  async importRuns(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: HubContext): Promise<Connection<ImportRun>> {
    const order = [
      { by: 'r.started_at', type: 'timestamptz', direction: 'desc' },
      { by: 'r.id', type: 'uuid', direction: 'desc' },
    ] as const;
    return keysetPage(await selectRuns(ctx), order, page, (row) => toRun(row, ctx.language));
  }

  @Can('directory.import')
  @Query(() => ImportRun, { description: 'One import with its report.' })
  importRun(@Arg('id', () => ID) id: string, @Ctx() ctx: HubContext): Promise<ImportRun> {
    return runById(ctx, id);
  }

  @Can('directory.import')
  @Query(() => [ImportSource], { description: 'Where listings come from, by name; at most 500.' })
  async importSources(@Ctx() ctx: HubContext): Promise<ImportSource[]> {
    return (await ctx.db.em())
      .getKysely<ImportTables>()
      .selectFrom('hub.import_source')
      .select(['id', 'name'])
      .orderBy('name')
      .limit(500)
      .execute();
  }

  @Can('directory.import')
  @Query(() => [String], { description: 'What a column of a plain table can be read as.' })
  importColumnTargets(): readonly string[] {
    return columnTargets;
  }

  @Can('directory.import')
  @Mutation(() => TryImportPayload, {
    description:
      'Reads a file that was sent to `PUT /imports/files/{id}` and says what an import would do. Changes nothing.',
  })
  async tryImport(@Arg('input', () => TryImportInput) input: TryImportInput, @Ctx() ctx: HubContext): Promise<Started> {
    return { importRun: await runById(ctx, await tryImport(ctx, input)) };
  }

  @Can('directory.import')
  @Mutation(() => ConfirmImportPayload, { description: 'Imports what was tried.' })
  async confirmImport(
    @Arg('input', () => ConfirmImportInput) input: ConfirmImportInput,
    @Ctx() ctx: HubContext,
  ): Promise<Started> {
    return { importRun: await runById(ctx, await confirmImport(ctx, input.runId)) };
  }

  @Can('directory.import')
  @Subscription(() => ImportRun, {
    description: 'One import, each time that it gets on and when it ends.',
    subscribe: ({ context, args }: { context: HubContext; args: { id: string } }) =>
      context.platform.live.subscribe(importTopic, args.id),
  })
  importChanged(
    @Root() id: string,
    @Arg('id', () => ID, { description: 'The import.' }) _wanted: string,
    @Ctx() ctx: HubContext,
  ): Promise<ImportRun> {
    return runById(ctx, id);
  }

  @FieldResolver(() => ImportProblemConnection, { description: 'What was wrong, in the order in which it was met.' })
  async problems(
    @Root() run: ImportRun,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: HubContext,
    @Arg('severity', () => ProblemSeverity, { nullable: true, description: 'Only these.' })
    severity?: ProblemSeverity | null,
    @Arg('code', () => String, { nullable: true, description: 'Only of this kind. At most 60 characters.' })
    code?: string | null,
  ): Promise<Connection<ImportProblem>> {
    const query = (await ctx.db.em())
      .getKysely<ImportTables>()
      .selectFrom('hub.import_problem as p')
      .select(['p.id', 'p.severity', 'p.code', 'p.file', 'p.line', 'p.entity', 'p.field', 'p.message'])
      .select(['p.subject as name', 'p.service_id as serviceId'])
      .where('p.run_id', '=', run.id);
    const grave = severity ? query.where('p.severity', '=', severity) : query;
    const narrowed = code ? grave.where('p.code', '=', code) : grave;
    return keysetPage(narrowed, [{ by: 'p.id', type: 'bigint' }], page, (row) => ({
      ...row,
      message: problemWords.inLanguage(row.message, ctx.language),
    }));
  }

  @FieldResolver(() => [ProblemKind], { description: 'What was wrong, by kind, errors first.' })
  problemKinds(@Root() run: ImportRun, @Ctx() ctx: HubContext): Promise<ProblemKind[]> {
    return loader(ctx, problemKinds, problemKinds).load(run.id);
  }
}
