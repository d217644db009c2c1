import { sql } from 'kysely';
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Can, loader, type Batch, type HubContext } from '../../access/index.js';
import { toDate, toDateOrNull } from '../../platform/database/rows.js';
import { fail } from '../../platform/graphql/errors.js';
import { PageArgs, type Connection } from '../../platform/graphql/connection.js';
import { keysetPage } from '../../platform/graphql/keyset.js';
import { isId } from '../../platform/id.js';
import {
  ImportProblem,
  ImportProblemConnection,
  ImportRun,
  ImportRunConnection,
  ProblemKind,
  ProblemSeverity,
  type ImportCount,
  type ImportStatus,
} from './import-run.types.js';

interface ImportTables {
  'hub.import_run': {
    id: string;
    source_id: string;
    format: string;
    dry_run: boolean;
    status: ImportStatus;
    started_at: string;
    finished_at: string | null;
    counts: Record<string, Partial<ImportCount>>;
    message: string | null;
  };
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
    message: string;
  };
}

async function selectRuns(ctx: HubContext) {
  return (await ctx.db.em())
    .getKysely<ImportTables>()
    .selectFrom('hub.import_run as r')
    .innerJoin('hub.import_source as s', 's.id', 'r.source_id')
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
    ]);
}
type RunRow = Awaited<ReturnType<Awaited<ReturnType<typeof selectRuns>>['execute']>>[number];

function toRun(row: RunRow): ImportRun {
  const counts = Object.entries(row.counts).map(([entity, count]): ImportCount => {
    const { read = 0, created = 0, updated = 0, unchanged = 0, rejected = 0 } = count;
    return { entity, read, created, updated, unchanged, rejected };
  });
  const { id, source, format, status, message } = row;
  return {
    id,
    source,
    format,
    status,
    message,
    counts,
    dryRun: row.dry_run,
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

@Resolver(() => ImportRun)
export class ImportRunResolver {
  @Can('directory.import')
  @Query(() => ImportRunConnection, { description: 'Imports, the latest first.' })
  async importRuns(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: HubContext): Promise<Connection<ImportRun>> {
    const order = [
      { by: 'r.started_at', type: 'timestamptz', direction: 'desc' },
      { by: 'r.id', type: 'uuid', direction: 'desc' },
    ] as const;
    return keysetPage(await selectRuns(ctx), order, page, toRun);
  }

  @Can('directory.import')
  @Query(() => ImportRun, { description: 'One import with its report.' })
  async importRun(@Arg('id', () => ID) id: string, @Ctx() ctx: HubContext): Promise<ImportRun> {
    const row = isId(id) ? await (await selectRuns(ctx)).where('r.id', '=', id).executeTakeFirst() : undefined;
    return row ? toRun(row) : fail.notFound('Import');
  }

  @FieldResolver(() => ImportProblemConnection, { description: 'What was wrong, in the order in which it was met.' })
  async problems(
    @Root() run: ImportRun,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: HubContext,
    @Arg('severity', () => ProblemSeverity, { nullable: true, description: 'Only these.' })
    severity?: ProblemSeverity | null,
  ): Promise<Connection<ImportProblem>> {
    const query = (await ctx.db.em())
      .getKysely<ImportTables>()
      .selectFrom('hub.import_problem as p')
      .select(['p.id', 'p.severity', 'p.code', 'p.file', 'p.line', 'p.entity', 'p.field', 'p.message'])
      .where('p.run_id', '=', run.id);
    const narrowed = severity ? query.where('p.severity', '=', severity) : query;
    return keysetPage(narrowed, [{ by: 'p.id', type: 'bigint' }], page, (row) => row);
  }

  @FieldResolver(() => [ProblemKind], { description: 'What was wrong, by kind, errors first.' })
  problemKinds(@Root() run: ImportRun, @Ctx() ctx: HubContext): Promise<ProblemKind[]> {
    return loader(ctx, problemKinds, problemKinds).load(run.id);
  }
}
