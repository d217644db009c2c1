import { sql, type ExpressionBuilder, type Kysely, type RawBuilder, type SqlBool } from 'kysely';
import type { HubContext } from '../../access/index.js';
import { toDate } from '../../platform/database/rows.js';
import type { Connection, PageArgs } from '../../platform/graphql/connection.js';
import { keysetPage, type OrderBy } from '../../platform/graphql/keyset.js';
import { OPEN_NEED, type CaseloadTables } from '../tables.js';
import type { PatientRow } from './patient.entity.js';
import type { PatientFilter, PatientSort } from './patient.inputs.js';
import { careOrganization } from './scope.js';

const COLUMNS = [
  'p.id',
  'p.care_org_id as careOrgId',
  'p.given_name as givenName',
  'p.family_name as familyName',
  'p.preferred_name as preferredName',
  'p.birth_date as birthDate',
  'p.gender',
  'p.pronouns',
  'p.language',
  'p.interpreter_needed as interpreterNeeded',
  'p.phone',
  'p.email',
  'p.address_1 as address1',
  'p.address_2 as address2',
  'p.city',
  'p.state',
  'p.zip',
  'p.county',
  'p.contact_method as contactMethod',
  'p.voicemail_ok as voicemailOk',
  'p.contact_times as contactTimes',
  'p.contact_windows as contactWindows',
  'p.time_zone as timeZone',
  'p.phone_safe as phoneSafe',
  'p.email_safe as emailSafe',
  'p.contact_note as contactNote',
  'p.what_matters as whatMatters',
  'p.household_size as householdSize',
  'p.annual_income_cents as annualIncomeCents',
  'p.is_veteran as veteran',
  'p.has_disability as disability',
  'p.is_caregiver as caregiver',
  'p.insurance',
  'p.risk',
  'p.status',
  'p.external_id as externalId',
  'p.restricted',
  'p.version',
  'p.created_at as createdAt',
  'p.updated_at as updatedAt',
  'a.user_id as careManagerId',
] as const;

type Tables = CaseloadTables & { p: CaseloadTables['hub.patient']; a: CaseloadTables['hub.assignment'] };
type Builder = ExpressionBuilder<Tables, 'p' | 'a'>;

interface Scope {
  org: string;
  now: Date;
}

/** Patients of one organization with the assignment that is open. */
function patientsOf(db: Kysely<CaseloadTables>, org: string) {
  return db
    .selectFrom('hub.patient as p')
    .leftJoin('hub.assignment as a', (join) => join.onRef('a.patient_id', '=', 'p.id').on('a.ends_at', 'is', null))
    .where('p.care_org_id', '=', org)
    .select(COLUMNS);
}

type Selected = Omit<PatientRow, 'annualIncomeCents' | 'createdAt' | 'updatedAt'> & {
  annualIncomeCents: string | null;
  createdAt: string;
  updatedAt: string;
};

function rowOf(row: Selected): PatientRow {
  const { annualIncomeCents: cents, createdAt, updatedAt } = row;
  const income = cents === null ? null : Number(cents);
  return { ...row, annualIncomeCents: income, createdAt: toDate(createdAt), updatedAt: toDate(updatedAt) };
}

/** Below this a text has too few trigrams to tell a slip of the finger from another name. */
const LIKENESS_FROM = 5;

/** Every word begins a word of the name; or it is the number of the record. */
function matches(text: string): RawBuilder<SqlBool> {
  const starts = text
    .split(/\s+/)
    .slice(0, 6)
    .map((word) => sql`(' ' || p.name_folded) like '% ' || hub.fold(${word.replace(/[\\%_]/g, '\\$&')}) || '%'`);
  return sql<SqlBool>`((${sql.join(starts, sql` and `)}) or p.external_id = ${text})`;
}

/** All of it resembles the name, as after a slip of the finger. */
function resembles(text: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`word_similarity(hub.fold(${text}), p.name_folded) >= 0.5`;
}

/** Due for a screening now, by the rules of the organization. */
export function screeningDue({ org, now }: Scope): RawBuilder<SqlBool> {
  return sql<SqlBool>`p.id in (select d.patient_id from hub.screenings_due(${org}::uuid, ${now}::timestamptz) d
    where d.due_at <= ${now}::timestamptz)`;
}

/** Patients for whom an agency has not answered in time. */
function overduePatients({ org, now }: Scope): RawBuilder<unknown> {
  return sql`(select r.patient_id from hub.referral r
    where r.from_org_id = ${org} and r.status = 'REQUESTED' and r.answer_due_at < ${now})`;
}

function filtered(
  eb: Builder,
  filter: PatientFilter,
  text: RawBuilder<SqlBool> | null,
  scope: Scope,
  userId: string | null,
) {
  const { org } = scope;
  const conditions = [eb('p.status', '=', filter.status ?? 'ACTIVE')];
  const { risk, mine, needCategory, overdue } = filter;
  if (text) conditions.push(eb.and([text]));
  if (risk && risk.length > 0) conditions.push(eb('p.risk', 'in', risk));
  if (mine) conditions.push(userId ? eb('a.user_id', '=', userId) : eb.lit(false));
  if (needCategory) {
    conditions.push(
      eb.exists(
        sql`(select from hub.need n where n.patient_id = p.id and n.care_org_id = ${org}
          and n.category = ${needCategory} and n.status in (${sql.join(OPEN_NEED)}))`,
      ),
    );
  }
  const due = screeningDue(scope);
  if (typeof filter.screeningDue === 'boolean') conditions.push(filter.screeningDue ? eb.and([due]) : eb.not(due));
  const late = sql<SqlBool>`p.id in ${overduePatients(scope)}`;
  if (typeof overdue === 'boolean') conditions.push(overdue ? eb.and([late]) : eb.not(late));
  return eb.and(conditions);
}

const BY_NAME: readonly OrderBy[] = [
  { by: 'p.family_name', type: 'text' },
  { by: 'p.given_name', type: 'text' },
  { by: 'p.id', type: 'uuid' },
];

function orderOf(sort: PatientSort, scope: Scope): readonly OrderBy[] {
  if (sort === 'NAME') return BY_NAME;
  if (sort === 'RECENT') {
    return [
      { by: 'p.updated_at', type: 'timestamptz', direction: 'desc' },
      { by: 'p.id', type: 'uuid', direction: 'desc' },
    ];
  }
  return [
    { by: sql`case p.risk when 'HIGH' then 0 when 'RISING' then 1 else 2 end`, name: 'risk', type: 'int' },
    { by: sql`case when p.id in ${overduePatients(scope)} then 0 else 1 end`, name: 'overdue', type: 'int' },
    ...BY_NAME,
  ];
}

/** A page of the caller's organization's patients. */
export async function listPatients(
  ctx: HubContext,
  filter: PatientFilter,
  sort: PatientSort,
  page: PageArgs,
): Promise<Connection<PatientRow>> {
  const scope = { org: careOrganization(ctx), now: ctx.clock.now() };
  const db = (await ctx.db.em()).getKysely<CaseloadTables>();
  const read = (text: RawBuilder<SqlBool> | null) => {
    const query = patientsOf(db, scope.org).where((eb) =>
      filtered(eb as unknown as Builder, filter, text, scope, ctx.caller?.userId ?? null),
    );
    return keysetPage(query, orderOf(sort, scope), page, (row) => rowOf(row as Selected));
  };
  const text = filter.text?.slice(0, 200).trim();
  if (!text) return read(null);
  const found = await read(matches(text));
  // Likeness costs ten times as much and adds other people's names: only when nothing begins like it.
  const alike = found.edges.length === 0 && text.length >= LIKENESS_FROM;
  return alike ? read(resembles(text)) : found;
}

/** The patients among these ids that the caller's organization keeps. */
export async function patientsByIds(ctx: HubContext, ids: readonly string[]): Promise<PatientRow[]> {
  const { caller } = ctx;
  if (!caller?.permissions.has('patient.read')) return [];
  const db = (await ctx.db.em()).getKysely<CaseloadTables>();
  const rows = await patientsOf(db, caller.organizationId)
    .where('p.id', 'in', [...ids])
    .execute();
  return rows.map((row) => rowOf(row as Selected));
}
