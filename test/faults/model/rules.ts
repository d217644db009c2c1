import { expect } from 'vitest';
import { nextStep, type ClockStep } from '../../../src/referral/clock/plan.js';
import { clocksOfServices } from '../../../src/referral/clock/times-of-service.js';
import { isTerminal, type Side, type Status } from '../../../src/referral/machine.js';
import type { Priority } from '../../../src/referral/referral.enums.js';
import { replay } from '../../../src/referral/replay.js';
import { asTask } from '../../../src/platform/database/operation.js';
import type { Agency, World } from './world.js';

interface Line {
  referral_id: string;
  from: Status | null;
  to: Status;
  side: Side;
  code: string | null;
  text: string | null;
}
type When = Date | null;
interface Kept {
  id: string;
  status: Status;
  priority: Priority;
  service_id: string;
  to_org_id: string;
  offer_id: string | null;
  hidden: boolean;
  sent_at: Date;
  seen_at: When;
  answered_at: When;
  info_given_at: When;
  see_due_at: When;
  answer_due_at: Date;
  contact_due_at: When;
  outcome_due_at: When;
  clock_paused_at: When;
  next_clock_at: When;
  stalled_at: When;
  first_contact_at: When;
  taken: Partial<Record<ClockStep, string>> | null;
  links: number;
}

const KEPT = `select r.*, r.answered_at is null and (r.consent_ended_at is not null or coalesce(r.consent_until <= $2, false)) as hidden,
    (select jsonb_object_agg(c.step, c.at) from hub.referral_clock_step c where c.referral_id = r.id) as taken,
    (select count(*)::int from hub.referral_link l where l.referral_id = r.id and l.revoked_at is null) as links
  from hub.referral r where r.patient_id = $1 order by r.id`;
const LINES = `select t.referral_id, t.from_status as from, t.to_status as to, t.side, t.reason_code as code, t.reason as text
  from hub.referral_transition t join hub.referral r on r.id = t.referral_id where r.patient_id = $1 order by t.id`;

/** One order of steps, by the table, that leads to where each referral stands; at most one acceptance in an offer. */
function history(kept: readonly Kept[], lines: readonly Line[], kinds: ReadonlyMap<string, string>): void {
  const open = new Map<string, number>();
  const accepted = new Map<string, number>();
  for (const { id, status, offer_id: offer } of kept) {
    const own = lines.filter((line) => line.referral_id === id);
    const steps = own.map(({ from, to, side, code, text }) => ({ from, to, side, reason: code || text ? { code, text } : null })); // prettier-ignore
    expect(replay(steps), `the history of ${id}`).toBe(status);
    if (!offer) continue;
    if (own.some(({ to }) => to === 'ACCEPTED')) accepted.set(offer, (accepted.get(offer) ?? 0) + 1);
    if (!isTerminal(status)) open.set(offer, (open.get(offer) ?? 0) + 1);
  }
  for (const [offer, kind] of kinds) {
    if (kind === 'GROUP') expect(accepted.get(offer) ?? 0, 'acceptances of an offer to a group').toBeLessThanOrEqual(1);
    else expect(open.get(offer) ?? 0, 'agencies asked at once, one after another').toBeLessThanOrEqual(1);
  }
}

/** Each open referral has the clocks that it must have, each closed one none; no step comes after the end. */
/** Since when the person waits for what is next. */
function runsFrom({ status, sent_at, answered_at, info_given_at }: Kept): Date {
  const since = (status === 'REQUESTED' ? null : answered_at) ?? sent_at;
  return info_given_at && info_given_at > since ? info_given_at : since;
}

async function clocks({ hub, closed }: World, kept: readonly Kept[]): Promise<void> {
  const known = await asTask(hub.orm).write((em) =>
    clocksOfServices(
      em,
      kept.map((row) => row.service_id),
    ),
  );
  for (const row of kept) {
    const { id, status, next_clock_at: next, clock_paused_at: paused } = row;
    const steps = Object.keys(row.taken ?? {});
    expect(row.links, 'links that work').toBeLessThanOrEqual(1);
    if (isTerminal(status)) {
      expect([next, paused, row.stalled_at], `clocks of a closed referral`).toEqual([null, null, null]);
      const before = closed.get(id) ?? steps.length;
      closed.set(id, before);
      expect(steps.length, 'clock steps after the end').toBe(before);
      continue;
    }
    if (status === 'ON_HOLD') expect(paused, 'on hold its clocks stand still').not.toBeNull();
    if (paused) {
      expect(next, 'nothing is due while clocks stand still').toBeNull();
      continue;
    }
    if (status !== 'REQUESTED') expect(row.outcome_due_at, 'when an outcome is due').not.toBeNull();
    if (row.hidden) continue;
    const calendar = known.get(row.service_id)!.calendar;
    const facts = {
      status,
      priority: row.priority,
      sentAt: row.sent_at,
      runsFrom: runsFrom(row),
      seenAt: row.seen_at,
      contactAt: row.first_contact_at,
      seeDueAt: row.see_due_at,
      answerDueAt: row.answer_due_at,
      contactDueAt: row.contact_due_at,
      outcomeDueAt: row.outcome_due_at,
      pausedAt: paused,
      taken: Object.fromEntries(Object.entries(row.taken ?? {}).map(([step, at]) => [step, new Date(at ?? '')])),
    };
    const planned = nextStep(facts, calendar, hub.clock.now());
    // It may be looked at earlier than something is due, never later.
    if (planned) expect(next && next <= planned.at, `${planned.step} of ${id} is due at ${planned.at.toISOString()}, looked for at ${next?.toISOString()}`).toBe(true); // prettier-ignore
  }
}

const QUEUES = ['NEW', 'OVERDUE', 'WAITING', 'IN_WORK', 'DONE', 'ALL'] as const;
const INBOX = `{ inboxCounts { new overdue waiting inWork } ${QUEUES.map(
  (queue) => `${queue}: inbox(filter: { queue: ${queue} }, first: 50) { edges { node { id } } }`,
).join(' ')} }`;
const READ = 'query ($id: ID!) { referral(id: $id) { patientLabel request shared { items { key } } } }';

/** An agency reads what it was sent and may see now, and nothing else; its tabs say how many rows they list. */
async function inbox(world: World, kept: readonly Kept[], { actor }: Agency): Promise<void> {
  const own = kept.filter((row) => row.to_org_id === actor.organization.id && row.status !== 'ENTERED_IN_ERROR');
  const sees = own.filter((row) => !row.hidden);
  const answer = await actor.gql<Record<string, { edges: { node: { id: string } }[] }> & { inboxCounts: object }>(
    INBOX,
  );
  const rows = (queue: string): string[] => answer[queue]!.edges.map(({ node }) => node.id).toSorted();
  expect(rows('ALL'), 'all that an agency reads').toEqual(sees.map(({ id }) => id).toSorted());
  const [fresh, overdue, waiting, inWork, done] = QUEUES.map((queue) => rows(queue));
  expect(answer.inboxCounts, 'what the tabs say').toEqual({
    new: fresh?.length,
    overdue: overdue?.length,
    waiting: waiting?.length,
    inWork: inWork?.length,
  });
  expect([fresh, overdue, waiting, inWork, done].flat().toSorted(), 'each in one tab').toEqual(rows('ALL'));
  for (const row of kept.slice(-3)) {
    if (row.status === 'ENTERED_IN_ERROR' && !row.hidden && row.to_org_id === actor.organization.id) {
      // It keeps the fact that there was one, and learns of whom no more.
      expect((await actor.gql(READ, { id: row.id })).referral).toMatchObject({ patientLabel: '—', request: null, shared: { items: [] } }); // prettier-ignore
    } else if (!sees.includes(row)) {
      expect(await actor.codes(READ, { id: row.id }), 'what it may not read').toEqual(['NOT_FOUND']);
    } else if (row.status === 'REJECTED' || (row.status === 'CANCELLED' && !row.answered_at)) {
      expect((await actor.gql(READ, { id: row.id })).referral).toMatchObject({ request: null, shared: { items: [] } });
    } else {
      expect((await actor.gql(READ, { id: row.id })).referral.shared.items).not.toEqual([]);
    }
  }
}

/** Nobody is told the same twice: no id leaves twice, and of one referral it is said once that it was withdrawn. */
function letters({ hub, lettersBefore }: World): void {
  const sent = hub.mail.letters.slice(lettersBefore);
  const ids = sent.flatMap(({ id }) => id ?? []);
  expect(new Set(ids).size, 'letters with one id').toBe(ids.length);
  const withdrawn = new Map<string, number>();
  for (const { subject, text } of sent) {
    if (!subject.includes('was withdrawn')) continue;
    const about = /\/inbox\/([\w-]{36})/.exec(text)?.[1] ?? '';
    withdrawn.set(about, (withdrawn.get(about) ?? 0) + 1);
    expect(withdrawn.get(about), `letters that ${about} was withdrawn`).toBe(1);
  }
}

/** What was told by phone stands there as the agency's word in the sender's writing, with who said it, and nothing else does. */
const UNTOLD = `select t.id from hub.referral_transition t join hub.referral r on r.id = t.referral_id where r.patient_id = $1
  and (t.via = 'PHONE') is distinct from (t.side = 'TARGET' and exists (select from hub.membership m
      where m.user_id = t.by_user_id and m.organization_id = t.from_org_id)
    and exists (select from hub.phone_answer p where p.referral_id = t.referral_id and p.recorded_at = t.at))
  and (t.via = 'PHONE' or t.side = 'TARGET')`;

/** Everything that must hold, whatever was done in whatever order. `n` chooses whose inbox is looked at. */
export async function holds(world: World, n: number): Promise<void> {
  const { hub, patientId, agencies } = world;
  const kept = await hub.sql<unknown & Kept>(KEPT, [patientId, hub.clock.now()]);
  const lines = await hub.sql<Line>(LINES, [patientId]);
  const offers = await hub.sql<{ id: string; kind: string }>('select id, kind from hub.referral_offer where patient_id = $1', [patientId]); // prettier-ignore
  history(kept, lines, new Map(offers.map(({ id, kind }) => [id, kind])));
  await clocks(world, kept);
  await inbox(world, kept, agencies[n % agencies.length]!);
  letters(world);
  expect(await hub.sql(UNTOLD, [patientId]), 'steps told by phone').toEqual([]);
}
