import { FOUND, type Found, type Player, type Stage } from './stage.js';

const ASKS = [
  'She cooks for her grandchildren and cannot carry much. Is there somebody who brings the bags to the door?',
  'He works nights. Please call after two in the afternoon.',
];

/** What a care manager began and did not send: two drafts for needs that wait. */
export async function drafts(stage: Stage, care: Player): Promise<void> {
  const waiting = await stage.rows<{ need: string; patient: string; service: string; site: string | null }>(
    `select n.id as need, n.patient_id as patient, s.id as service,
       (select l.id from hub.service_at_location l where l.service_id = s.id order by l.id limit 1) as site
     from (select distinct on (n.patient_id) n.* from hub.need n join hub.assignment a on a.patient_id = n.patient_id and a.user_id = $1
       join hub.patient p on p.id = n.patient_id and p.status = 'ACTIVE'
       where n.status = 'CONFIRMED' and n.wants_help and n.sensitivity = 'NONE' order by n.patient_id, n.identified_at desc, n.id) n
     join lateral (select s.id from hub.service s where s.categories @> array[n.category] and s.takes_referrals and s.sensitivity = 'NONE'
       order by s.id limit 1) s on true
     where exists (select from hub.consent c where c.patient_id = n.patient_id and c.kind = 'AGENCY' and c.status = 'ACTIVE')
     order by n.identified_at desc, n.id limit 2`,
    [care.id],
  );
  for (const [index, one] of waiting.entries()) {
    const at = stage.hours(3 + 20 * index);
    await stage.rows(
      `insert into hub.referral_draft (id, from_org_id, patient_id, service_id, service_at_location_id, need_ids, household, kind, priority,
         request, made_by, made_by_name, made_at, updated_at) values ($1, $2, $3, $4, $5, array[$6]::uuid[], '[]', 'SERVICE', 'ROUTINE', $7, $8, $9, $10, $10)`,
      [stage.dice.id(at), care.org, one.patient, one.service, one.site, one.need, ASKS[index], care.id, care.name, at],
    );
  }
}

/** Referrals of colleagues that the care manager follows, and one of her own that her supervisor follows. */
export async function copies(stage: Stage, care: Player, supervisor: Player): Promise<void> {
  const open = `r.status in ('REQUESTED', 'ACCEPTED', 'IN_PROGRESS') and r.offer_id is null`;
  const theirs = await stage.rows<Found>(
    `select ${FOUND} where r.from_org_id = $1 and r.sent_by <> $2 and ${open} order by r.sent_at desc, r.id limit 3`,
    [care.org, care.id],
  );
  const own = await stage.rows<Found>(
    `select ${FOUND} where r.sent_by = $1 and ${open} order by r.sent_at desc, r.id limit 2`,
    [care.id],
  );
  const watchers = [
    ...theirs.map((one) => ({ one, userId: care.id })),
    ...own.map((one) => ({ one, userId: supervisor.id })),
  ];
  for (const { one, userId } of watchers) {
    await stage.rows(
      'insert into hub.referral_watcher (referral_id, user_id, from_org_id, added_by, added_at) values ($1, $2, $3, $4, $5)',
      [one.id, userId, one.from_org_id, one.sent_by, one.sent_at],
    );
  }
}

/** Help that is looked into first: some still open, some with what was found. */
export async function assessments(stage: Stage, housing: Player): Promise<void> {
  await stage.rows(
    `update hub.referral set kind = 'ASSESSMENT', request = 'Please look at what kind of housing help would fit.'
     where id in (select r.id from hub.referral r where r.to_org_id = $1 and r.status in ('REQUESTED', 'ACCEPTED') and r.offer_id is null
       order by r.sent_at desc, r.id limit 2)`,
    [housing.org],
  );
  await stage.rows(
    `update hub.referral r set kind = 'ASSESSMENT', outcome = 'ASSESSED', enrollment = null,
       finding = case when t.n % 2 = 0 then 'NEEDS_THIS' else 'NEEDS_OTHER' end
     from (select r.id, row_number() over (order by r.closed_at desc, r.id) as n from hub.referral r
       where r.to_org_id = $1 and r.status = 'COMPLETED' and r.patient_confirmation is null order by r.closed_at desc, r.id limit 4) t
     where t.id = r.id`,
    [housing.org],
  );
}

/** What an agency would rather see with somebody else; the sender decides. */
export async function transfers(stage: Stage, care: Player): Promise<void> {
  const found = await stage.rows<Found & { service: string }>(
    `select s.id as service, ${FOUND} join lateral (select s.id from hub.service s where s.categories && r.categories and s.takes_referrals
       and s.sensitivity = 'NONE' and s.organization_id <> r.to_org_id order by s.id limit 1) s on true
     where r.from_org_id = $1 and r.status in ('ACCEPTED', 'IN_PROGRESS', 'ON_HOLD') order by (r.sent_by = $2) desc, r.sent_at desc, r.id limit 2`,
    [care.org, care.id],
  );
  for (const one of found) {
    const at = new Date(Math.min(stage.hours(2).getTime(), one.sent_at.getTime() + 90_000_000));
    await stage.rows(
      `insert into hub.referral_transfer (id, referral_id, from_org_id, to_org_id, service_id, note, proposed_by_name, proposed_at)
       values ($1, $2, $3, $4, $5, 'They are closer to where this person lives and have room this week.', 'Front desk (demo)', $6)`,
      [stage.dice.id(at), one.id, one.from_org_id, one.to_org_id, one.service, at],
    );
  }
}
