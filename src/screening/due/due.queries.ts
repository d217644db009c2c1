import { sql, type Kysely } from 'kysely';
import { manyBy, type HubContext } from '../../access/index.js';
import { fail } from '../../platform/graphql/errors.js';
import type { Connection, PageArgs } from '../../platform/graphql/connection.js';
import { keysetPage } from '../../platform/graphql/keyset.js';
import { toDate, toDateOrNull } from '../../platform/database/rows.js';
import type { LifeEvent, ScreeningDue, ScreeningPause, ScreeningsDueFilter } from './due.types.js';
import type { DueTables } from './due.tables.js';
import type { DueReason } from './due.words.js';

const DAY_MS = 86_400_000;

interface DueRow {
  id: string;
  due_at: string | Date;
  reason: DueReason;
  since: string | Date | null;
  instrument_key: string | null;
}

const dueOf = (row: DueRow): ScreeningDue => ({
  id: row.id,
  dueAt: toDate(row.due_at),
  reason: row.reason,
  since: toDateOrNull(row.since),
  instrumentKey: row.instrument_key,
});

/** Which organization's patients; only behind a permission of care roles. */
const careOrg = (ctx: HubContext): string => ctx.caller?.organizationId ?? fail.forbidden();

/** The work list: who is due, longest first. */
export async function screeningsDue(
  ctx: HubContext,
  filter: ScreeningsDueFilter,
  page: PageArgs,
): Promise<Connection<ScreeningDue>> {
  const { withinDays, mine, reason } = filter;
  const ahead = withinDays ?? 0;
  if (ahead < 0 || ahead > 90) fail.badInput('filter.withinDays', 'a number from 0 to 90 is expected');
  const [now, org] = [ctx.clock.now(), careOrg(ctx)];
  const due = sql<DueRow>`(select d.patient_id as id, d.due_at, d.reason, d.since, d.instrument_key
    from hub.screenings_due(${org}::uuid, ${now.toISOString()}::timestamptz) d)`;
  let query = (await ctx.db.em())
    .getKysely<DueTables>()
    .selectFrom(due.as('d'))
    .select(['d.id', 'd.due_at', 'd.reason', 'd.since', 'd.instrument_key'])
    .where('d.due_at', '<=', new Date(now.getTime() + ahead * DAY_MS));
  if (reason) query = query.where('d.reason', '=', reason);
  if (mine) {
    const owner = ctx.caller?.userId ?? null;
    query = query.where(
      sql<boolean>`exists (select from hub.assignment a where a.patient_id = d.id and a.ends_at is null and a.user_id = ${owner}::uuid)`,
    );
  }
  return keysetPage(
    query,
    [
      { by: 'd.due_at', type: 'timestamptz' },
      { by: 'd.id', type: 'uuid' },
    ],
    page,
    (row) => dueOf(row as unknown as DueRow),
  );
}

/** What is due, or next, for each of many patients, in one statement. */
export const dueOfPatient = manyBy<ScreeningDue>(
  async (ctx, patientIds) => {
    const { rows } = await sql<DueRow>`select d.patient_id as id, d.due_at, d.reason, d.since, d.instrument_key
      from hub.screenings_due(${careOrg(ctx)}::uuid, ${ctx.clock.now().toISOString()}::timestamptz) d
      where d.patient_id = any (${[...patientIds]}::uuid[])`.execute(await kysely(ctx));
    return rows.map(dueOf);
  },
  (due) => due.id,
);

/** What happened to each of many patients, the latest first. */
export const lifeEventsOf = manyBy<LifeEvent>(
  async (ctx, patientIds) => {
    const rows = await (
      await kysely(ctx)
    )
      .selectFrom('hub.patient_event')
      .select(['id', 'kind', 'patient_id as patientId', sql<string>`on_day::text`.as('onDay')])
      .where('patient_id', 'in', [...patientIds])
      .where('care_org_id', '=', careOrg(ctx))
      .where('withdrawn_at', 'is', null)
      .orderBy('on_day', 'desc')
      .orderBy('id', 'desc')
      .execute();
    return rows;
  },
  (event) => event.patientId,
);

/** Whose screening is put off. */
export const pauseOf = manyBy<ScreeningPause & { patientId: string }>(
  async (ctx, patientIds) => {
    const rows = await (
      await kysely(ctx)
    )
      .selectFrom('hub.screening_pause')
      .select(['id', 'patient_id', 'kind', 'reason', 'note', 'until'])
      .where('patient_id', 'in', [...patientIds])
      .where('care_org_id', '=', careOrg(ctx))
      .where('ended_at', 'is', null)
      .where('until', '>', ctx.clock.now())
      .execute();
    return rows.map(({ patient_id: patientId, kind, until, ...rest }) => {
      return { ...rest, patientId, declined: kind === 'DECLINED', until: toDate(until) };
    });
  },
  (pause) => pause.patientId,
);

async function kysely(ctx: HubContext): Promise<Kysely<DueTables>> {
  return (await ctx.db.em()).getKysely<DueTables>();
}
