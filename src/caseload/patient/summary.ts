import { sql } from 'kysely';
import { Field, Int, ObjectType } from 'type-graphql';
import { manyBy, type HubContext } from '../../access/index.js';
import { DateTimeISO } from '../../platform/graphql/scalars.js';
import { toDateOrNull } from '../../platform/database/rows.js';
import { OPEN_NEED, type CaseloadTables } from '../tables.js';

@ObjectType({ description: 'The state of a patient in one row: what is open, and whether a screening is due.' })
export class PatientSummary {
  /** Not part of the API: what lower roots add their own numbers by. */
  patientId!: string;
  /** Codes of the categories of open needs, in alphabetical order. */
  categoryCodes!: string[];

  @Field(() => Int, { description: 'Needs that are possible, confirmed or being addressed.' })
  openNeeds!: number;

  @Field(() => DateTimeISO, { nullable: true, description: 'When a screening was last completed; null when never.' })
  lastScreenedAt!: Date | null;

  @Field(() => Boolean, { description: 'Whether a screening is due by the rules of the organization.' })
  screeningDue!: boolean;
}

/** The needs and screenings of many patients in one statement. */
const factsOf = manyBy(
  async (ctx, patientIds) => {
    const org = ctx.caller?.organizationId ?? null;
    const now = ctx.clock.now();
    const rows = await (
      await ctx.db.em()
    )
      .getKysely<CaseloadTables>()
      .selectFrom('hub.patient as p')
      .select([
        'p.id',
        sql<string | null>`(select max(s.completed_at) from hub.screening s
          where s.patient_id = p.id and s.care_org_id = p.care_org_id and s.status = 'COMPLETED')`.as('screenedAt'),
        sql<
          string[]
        >`array(select n.category from hub.need n where n.patient_id = p.id and n.care_org_id = p.care_org_id
          and n.status in (${sql.join(OPEN_NEED)}) order by n.category)`.as('open'),
        sql<boolean>`p.id in (select d.patient_id from hub.screenings_due(${org}::uuid, ${now}::timestamptz) d
          where d.patient_id = any (${[...patientIds]}::uuid[]) and d.due_at <= ${now}::timestamptz)`.as('due'),
      ])
      .where('p.id', 'in', patientIds)
      .where('p.care_org_id', '=', org)
      .execute();
    return rows.map((row) => ({ ...row, screenedAt: toDateOrNull(row.screenedAt) }));
  },
  (row) => row.id,
);

/** What a list shows beside a patient. */
export async function summaryOf(ctx: HubContext, patientId: string): Promise<PatientSummary> {
  const [facts] = await factsOf(ctx, patientId);
  const lastScreenedAt = facts?.screenedAt ?? null;
  return Object.assign(new PatientSummary(), {
    patientId,
    categoryCodes: [...new Set(facts?.open)],
    openNeeds: facts?.open.length ?? 0,
    lastScreenedAt,
    screeningDue: facts?.due ?? false,
  });
}
