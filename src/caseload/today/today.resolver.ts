import { sql } from 'kysely';
import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Can, type HubContext } from '../../access/index.js';
import { Patient, type PatientRow } from '../patient/patient.entity.js';
import type { PatientFilter } from '../patient/patient.inputs.js';
import { listPatients, screeningDue } from '../patient/patient.queries.js';
import { careOrganization } from '../patient/scope.js';
import type { CaseloadTables } from '../tables.js';
import { Today, TodayCounts } from './today.js';
import { recordAccess } from '../record-access.js';

const DESK = 20;

async function desk(ctx: HubContext, today: Today, filter: PatientFilter, name: string): Promise<PatientRow[]> {
  const page = await listPatients(ctx, { ...filter, mine: today.mine }, 'RISK', { first: DESK });
  const patientIds = page.edges.map((edge) => edge.node.id);
  recordAccess(ctx, { action: 'patient.list', patientIds, entity: 'patient', detail: { count: patientIds.length, list: name } }); // prettier-ignore
  return page.edges.map((edge) => edge.node);
}

@Resolver(() => Today)
export class TodayResolver {
  @Can('patient.read')
  @Query(() => Today, {
    description: 'The desk: a care manager’s own patients, or for others all of the organization.',
  })
  today(@Ctx() ctx: HubContext): Today {
    const { caller } = ctx;
    const own = caller?.roles.includes('CARE_MANAGER') && !caller.roles.includes('CARE_SUPERVISOR');
    return Object.assign(new Today(), { mine: Boolean(own && caller?.userId) });
  }

  @FieldResolver(() => [Patient], { description: 'Patients whose yearly screening is due; high risk first.' })
  screeningsDue(@Root() today: Today, @Ctx() ctx: HubContext): Promise<PatientRow[]> {
    return desk(ctx, today, { screeningDue: true }, 'screeningsDue');
  }

  @FieldResolver(() => [Patient], { description: 'High-risk patients; those an agency keeps waiting first.' })
  highRisk(@Root() today: Today, @Ctx() ctx: HubContext): Promise<PatientRow[]> {
    return desk(ctx, today, { risk: ['HIGH'] }, 'highRisk');
  }

  @FieldResolver(() => TodayCounts, { description: 'How much waits.' })
  async counts(@Root() today: Today, @Ctx() ctx: HubContext): Promise<TodayCounts> {
    const org = careOrganization(ctx);
    const due = screeningDue({ org, now: ctx.clock.now() });
    let query = (await ctx.db.em())
      .getKysely<CaseloadTables>()
      .selectFrom('hub.patient as p')
      .select([
        sql<number>`count(*)::int`.as('patients'),
        sql<number>`(count(*) filter (where ${due}))::int`.as('screeningsDue'),
      ])
      .where('p.care_org_id', '=', org)
      .where('p.status', '=', 'ACTIVE');
    if (today.mine) {
      query = query.where((eb) =>
        eb.exists(
          sql`(select from hub.assignment a where a.patient_id = p.id and a.ends_at is null and a.user_id = ${ctx.caller?.userId})`,
        ),
      );
    }
    return Object.assign(new TodayCounts(), await query.executeTakeFirstOrThrow(), { mine: today.mine });
  }
}
