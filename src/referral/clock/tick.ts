import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { toDate, toDateOrNull } from '../../platform/database/rows.js';
import { defineTask, type TaskContext } from '../../platform/jobs/task.js';
import type { Priority, Status } from '../referral.enums.js';
import { IN_SIGHT } from '../told.js';
import { askLetters, type Taken } from './clock-letters.js';
import { ESCALATIONS, FOR_THE_SENDER, nextStep, REMINDERS, type ClockFacts, type ClockStep } from './plan.js';
import { clocksOfServices } from './times-of-service.js';

/** Rows of one transaction: few enough to let others in between, many enough to be worth a round trip. */
const BATCH = 1000;
/** What is hidden may be shown again by a new consent. */
const HIDDEN_MS = 86_400_000;

interface Row {
  id: string;
  next_clock_at: string;
  from_org_id: string;
  to_org_id: string;
  service_id: string;
  status: Status;
  priority: Priority;
  sent_at: string;
  seen_at: string | null;
  see_due_at: string | null;
  answer_due_at: string;
  contact_due_at: string | null;
  outcome_due_at: string | null;
  clock_paused_at: string | null;
  first_contact_at: string | null;
  answered_at: string | null;
  info_given_at: string | null;
  /** The consent ended before the agency answered: it sees nothing of it, and is asked for nothing. */
  hidden: boolean;
  taken: Partial<Record<ClockStep, string>> | null;
}

/** Where the last batch ended. */
interface Place {
  at: string;
  id: string;
}
const START: Place = { at: '-infinity', id: '00000000-0000-0000-0000-000000000000' };

/** Referrals whose clock has something to do; each stays locked, and what somebody else holds comes with the next tick. */
const due = (now: string, after: Place) => sql<Row>`
  select r.id, r.next_clock_at::text as next_clock_at, r.from_org_id, r.to_org_id, r.service_id, r.status, r.priority, r.sent_at, r.seen_at, r.see_due_at, r.answer_due_at,
    r.contact_due_at, r.outcome_due_at, r.clock_paused_at, r.first_contact_at, r.answered_at, r.info_given_at,
    not ${sql.raw(IN_SIGHT)} as hidden,
    (select jsonb_object_agg(c.step, c.at) from hub.referral_clock_step c where c.referral_id = r.id) as taken
  from hub.referral r where r.next_clock_at <= ${now}::timestamptz
    and (r.next_clock_at, r.id) > (${after.at}::timestamptz, ${after.id}::uuid)
  order by r.next_clock_at, r.id limit ${BATCH} for update of r skip locked`;

function runsFrom({ status, sent_at, answered_at, info_given_at }: Row): Date {
  const since = toDate((status === 'REQUESTED' ? null : answered_at) ?? sent_at);
  const given = toDateOrNull(info_given_at);
  return given && given > since ? given : since;
}

function factsOf(row: Row): ClockFacts {
  return {
    status: row.status,
    priority: row.priority,
    sentAt: toDate(row.sent_at),
    runsFrom: runsFrom(row),
    seenAt: toDateOrNull(row.seen_at),
    contactAt: toDateOrNull(row.first_contact_at),
    seeDueAt: toDateOrNull(row.see_due_at),
    answerDueAt: toDate(row.answer_due_at),
    contactDueAt: toDateOrNull(row.contact_due_at),
    outcomeDueAt: toDateOrNull(row.outcome_due_at),
    pausedAt: toDateOrNull(row.clock_paused_at),
    taken: Object.fromEntries(Object.entries(row.taken ?? {}).map(([step, at]) => [step, toDate(at)])),
  };
}

interface Decided {
  id: string;
  step: ClockStep | null;
  next: string | null;
}

/** What is due of each row, and when to look at it again. */
async function decide(em: EntityManager, rows: readonly Row[], now: Date): Promise<Decided[]> {
  const clocks = await clocksOfServices(
    em,
    rows.map((row) => row.service_id),
  );
  return rows.map((row) => {
    const calendar = clocks.get(row.service_id)?.calendar;
    if (!calendar) return { id: row.id, step: null, next: null };
    if (row.hidden) return { id: row.id, step: null, next: new Date(now.getTime() + HIDDEN_MS).toISOString() };
    const facts = factsOf(row);
    const next = nextStep(facts, calendar, now);
    if (!next || next.at > now) return { id: row.id, step: null, next: next?.at.toISOString() ?? null };
    const after = nextStep({ ...facts, taken: { ...facts.taken, [next.step]: now } }, calendar, now);
    return { id: row.id, step: next.step, next: after?.at.toISOString() ?? null };
  });
}

/** Writes a batch down in one statement. A step that stands there already is not taken again, and asks for no letter. */
async function keep(em: EntityManager, decided: readonly Decided[], now: string): Promise<Taken[]> {
  const steps = (some: readonly ClockStep[]) => sql`any (${some}::text[])`;
  const { rows } = await sql<Taken>`
    with decided as (select * from json_to_recordset(${JSON.stringify(decided)}::json) as x (id uuid, step text, next timestamptz)),
    taken as (
      insert into hub.referral_clock_step (referral_id, step, from_org_id, to_org_id, at)
      select r.id, d.step, r.from_org_id, r.to_org_id, ${now}::timestamptz from decided d join hub.referral r on r.id = d.id where d.step is not null
      on conflict do nothing returning referral_id, step, from_org_id, to_org_id),
    moved as (
      update hub.referral r set next_clock_at = d.next,
        reminded_at = case when t.step = ${steps(REMINDERS)} then ${now}::timestamptz else r.reminded_at end,
        escalated_at = case when t.step = ${steps(ESCALATIONS)} then ${now}::timestamptz else r.escalated_at end,
        stalled_at = case when t.step = ${steps(FOR_THE_SENDER)} then coalesce(r.stalled_at, ${now}::timestamptz) else r.stalled_at end
      from decided d left join taken t on t.referral_id = d.id where r.id = d.id returning r.id, r.sent_by, r.offer_id)
    select t.referral_id, t.step, t.from_org_id, t.to_org_id, m.sent_by, m.offer_id is not null as offered from taken t join moved m on m.id = t.referral_id`.execute(
    em.getKysely<unknown>(),
  );
  return rows;
}

/** One batch of what is due, in one transaction with the letters it asks for; where it ended, unless it was the last. */
async function tickOnce({ db, platform }: Pick<TaskContext, 'db' | 'platform'>, after: Place): Promise<Place | null> {
  return db.write(async (em) => {
    const now = platform.clock.now();
    const { rows } = await due(now.toISOString(), after).execute(em.getKysely<unknown>());
    const last = rows.at(-1);
    if (!last) return null;
    const taken = await keep(em, await decide(em, rows, now), now.toISOString());
    await askLetters(em, taken);
    return rows.length < BATCH ? null : { at: last.next_clock_at, id: last.id };
  });
}

/**
 * Does what the clocks of referrals ask for. What was done and what comes next stand in one transaction, so that a worker
 * may die at any point and another go on, and a tick that missed its minute does late what was due.
 */
export const tickClocks = defineTask<Record<string, never>>('referral.tick', async (_, context) => {
  for (let at: Place | null = START; at && !context.job.signal.aborted;) at = await tickOnce(context, at);
});
