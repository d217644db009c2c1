import { loader, type Batch, type HubContext } from '../../access/index.js';
import { cutPage, readsBackward, type Connection, type PageArgs } from '../../platform/graphql/connection.js';
import { decodeCursor, encodeCursor, fingerprint } from '../../platform/graphql/cursor.js';
import { entryOf, type TimelineEntry, type TimelineRow } from './timeline-words.js';

/** Steps and attempts to reach the person, appointments, what was asked for outside the hub, and papers that came. */
const ENTRIES = `
    select t.id, t.at, 'STEP' as kind, t.to_status as state, t.reason_code as reason, s.name as about, o.name as who, r.id as "referralId",
      case when r.status = 'ON_HOLD' and t.to_status = 'ON_HOLD' and t.id = (select max(l.id::text)::uuid from hub.referral_transition l
        where l.referral_id = r.id and l.to_status = 'ON_HOLD') then r.waitlist_position end as place,
      case when r.status = 'ON_HOLD' and t.to_status = 'ON_HOLD' then r.waitlist_expected_on::text end as day,
      case t.via when 'PHONE' then 'PHONE' end as spot
    from hub.referral r join hub.referral_transition t on t.referral_id = r.id join hub.service s on s.id = r.service_id
      join hub.organization o on o.id = r.to_org_id
    where r.patient_id = p.id and r.from_org_id = $2 and r.status not in ('DRAFT', 'ENTERED_IN_ERROR') and ($3 or (r.sensitivity = 'NONE' and not r.part2))
  union all
    select md5('appointment' || r.id)::uuid, r.appointment_at, 'APPOINTMENT', r.status, null, s.name, o.name, r.id, null, null, r.appointment_place
    from hub.referral r join hub.service s on s.id = r.service_id join hub.organization o on o.id = r.to_org_id
    where r.patient_id = p.id and r.from_org_id = $2 and r.appointment_at is not null and r.status not in ('DRAFT', 'ENTERED_IN_ERROR', 'REJECTED', 'CANCELLED')
      and (r.closed_at is null or r.appointment_at < r.closed_at) and ($3 or (r.sensitivity = 'NONE' and not r.part2))
  union all
    select c.id, c.at, 'REACH', case when c.reached then 'REACHED' else 'NOT_REACHED' end, null, s.name, o.name, r.id, null, null, null
    from hub.referral r join hub.referral_contact c on c.referral_id = r.id join hub.service s on s.id = r.service_id
      join hub.organization o on o.id = r.to_org_id
    where r.patient_id = p.id and r.from_org_id = $2 and r.status not in ('DRAFT', 'ENTERED_IN_ERROR') and ($3 or (r.sensitivity = 'NONE' and not r.part2))
  union all
    select t.id, t.at, 'CALL', t.status, t.reason_code, coalesce(s.name, f.agency_name), f.how, null, null, null, null
    from hub.off_platform_referral f join hub.off_platform_step t on t.referral_id = f.id left join hub.service s on s.id = f.service_id
    where f.patient_id = p.id and f.care_org_id = $2 and f.status <> 'ENTERED_IN_ERROR' and ($3 or f.sensitivity = 'NONE')
  union all
    select b.file_id, b.sent_at, 'PAPER', b.what, null, null, n.name, b.referral_id, null, null, null
    from hub.person_paper b left join hub.related_person n on n.id = b.related_person_id left join hub.referral r on r.id = b.referral_id
    where b.patient_id = p.id and b.care_org_id = $2 and ($3 or (not b.private and (b.referral_id is null or (r.sensitivity = 'NONE' and not r.part2))))`;

interface Asked {
  patientId: string;
  org: string;
  /** Sensitive matters too: the care team reads them, the person when they asked for them. */
  withPrivate: boolean;
  page: PageArgs;
}

const PRINT = fingerprint('timeline');
const keyOf = ({ patientId, org, withPrivate, page }: Asked): string =>
  JSON.stringify([patientId, org, withPrivate, page.first, page.after, page.last, page.before]);

const cursor = (text: string, field: string): readonly (string | null)[] =>
  decodeCursor(text, PRINT, ['timestamptz', 'uuid'], field);

/** One statement for all patients of whom the same page is asked. */
async function readPage(ctx: HubContext, asked: readonly Asked[]): Promise<(TimelineRow & { patientId: string })[]> {
  const [first] = asked;
  if (!first) return [];
  const { page, org, withPrivate } = first;
  const { backward, size } = readsBackward(page);
  const [afterAt = null, afterId = null] = page.after ? cursor(page.after, 'after') : [];
  const [beforeAt = null, beforeId = null] = page.before ? cursor(page.before, 'before') : [];
  const order = backward ? 'asc' : 'desc';
  return ctx.db.query<TimelineRow & { patientId: string }>(
    `select p.id as "patientId", e.id, e.at::text as at, e.kind, e.state, e.reason, e.about, e.who, e."referralId", e.place, e.day, e.spot
     from unnest($1::uuid[]) p (id) cross join lateral (select * from (${ENTRIES}) e
       where ($4::timestamptz is null or (e.at, e.id) < ($4::timestamptz, $5::uuid))
         and ($6::timestamptz is null or (e.at, e.id) > ($6::timestamptz, $7::uuid))
       order by e.at ${order}, e.id ${order} limit $8) e order by e.at ${order}, e.id ${order}`,
    [asked.map(({ patientId }) => patientId), org, withPrivate, afterAt, afterId, beforeAt, beforeId, size + 1],
  );
}

const batch: Batch<Asked, Connection<TimelineEntry>> = async (ctx, keys) => {
  const pages = Map.groupBy(keys, (key) => keyOf({ ...key, patientId: '' }));
  const read = await Promise.all([...pages.values()].map((same) => readPage(ctx, same)));
  const rowsOf = new Map(
    [...pages.keys()].map((key, index) => [key, Map.groupBy(read[index] ?? [], (row) => row.patientId)]),
  );
  return keys.map((key) =>
    cutPage(
      rowsOf.get(keyOf({ ...key, patientId: '' }))?.get(key.patientId) ?? [],
      key.page,
      (row) => encodeCursor(PRINT, [row.at, row.id]),
      (row) => entryOf(row, ctx.caller?.reader ? 'PERSON' : 'CARE_TEAM', ctx.language),
    ),
  );
};

/** A page of what happened around a patient, the latest first; batched, so that a list of patients takes one statement. */
export const timelineOf = (ctx: HubContext, asked: Asked): Promise<Connection<TimelineEntry>> =>
  loader(ctx, batch, batch, { cacheKeyOf: keyOf }).load(asked);
