import type { Client } from 'pg';
import { HELP_LINK_PURPOSE } from '../caseload/index.js';
import { verificationToken } from '../directory/index.js';
import { hashToken, linkToken, tokenLink, type DemoLink } from '../identity/index.js';
import type { Config } from '../platform/config.js';
import { replyCodeOf, tokenOf } from '../referral/index.js';

/** Ids that every demo has, so that its links follow from the hub's secret alone. */
const IDS = {
  PATIENT: '00000000-0000-7000-8000-00000000d001',
  CAREGIVER: '00000000-0000-7000-8000-00000000d002',
  AGENCY: '00000000-0000-7000-8000-00000000d003',
  LISTING: '00000000-0000-7000-8000-00000000d004',
  SELF: '00000000-0000-7000-8000-00000000d005',
} as const;

/** The pages of those who have no account, as the sign-in page of a demo shows them. */
export function demoLinks(config: Pick<Config, 'baseUrl' | 'port' | 'secret'>): DemoLink[] {
  const help = (id: string): string => tokenLink(config, 'my-help', linkToken(config.secret, HELP_LINK_PURPOSE, id));
  return [
    { who: 'PATIENT', url: help(IDS.PATIENT) },
    { who: 'CAREGIVER', url: help(IDS.CAREGIVER) },
    { who: 'SELF', url: help(IDS.SELF) },
    { who: 'AGENCY', url: tokenLink(config, 'answer', tokenOf(config.secret, IDS.AGENCY)) },
    { who: 'LISTING', url: tokenLink(config, 'check-listing', verificationToken(config.secret, IDS.LISTING)) },
  ];
}

/**
 * A patient with a family that may see something, of the care manager whom a visitor signs in as: one for whom something is
 * under way, with most referrals; of two the one registered first.
 */
export const PERSON = `select r.care_org_id, r.patient_id, r.id as relative_id, a.user_id from hub.related_person r
  join hub.consent c on c.grantee_related_person_id = r.id and c.status = 'ACTIVE'
  join hub.assignment a on a.patient_id = r.patient_id and a.ends_at is null
  join hub.patient p on p.id = r.patient_id and p.status = 'ACTIVE'
  join hub.user_account u on u.id = a.user_id
  order by (u.email = 'care@example.org') desc,
    exists (select from hub.referral f where f.patient_id = r.patient_id and f.categories && c.categories
      and f.status in ('REQUESTED', 'ACCEPTED', 'IN_PROGRESS', 'ON_HOLD')) desc,
    (select count(*) from hub.referral f where f.patient_id = r.patient_id and f.categories && c.categories) desc, r.id limit 1`;
const HELP = `insert into hub.help_link (id, care_org_id, patient_id, related_person_id, token_hash, way, asks_birth_year, created_by, created_at, expires_at)
  values ($1, $2, $3, $4, $5, 'PAPER', false, $6, $7, $8)`;
const ANSWER = `insert into hub.referral_link (id, referral_id, from_org_id, to_org_id, token_hash, reply_hash, created_at, expires_at)
  select $1, r.id, r.from_org_id, r.to_org_id, $2, $3, $4, $5 from hub.referral r join hub.organization o on o.id = r.to_org_id
  where r.status = 'REQUESTED' and r.offer_id is null order by (o.claimed_at is null) desc, r.sent_at desc, r.id limit 1`;
/** A listing that nobody keeps, has a place and has not been checked for long. */
const CHECK = `insert into hub.verification_request (id, service_id, organization_id, email, token_hash, created_at, expires_at)
  select $1, s.id, s.organization_id, coalesce(o.email, 'front-desk@example.org'), $2, $3::timestamptz, $4 from hub.service s
  join hub.organization o on o.id = s.organization_id
  where s.status = 'active' and s.sensitivity = 'NONE' and s.next_verification_on < $3::timestamptz::date
    and exists (select from hub.service_at_location l where l.service_id = s.id)
    and not exists (select from hub.membership m where m.organization_id = o.id)
    and not exists (select from hub.suggestion g where g.service_id = s.id)
  order by s.next_verification_on, s.id limit 1`;

/** Somebody who asked for themselves and waits, or has an answer: the latest. */
const ALONE = `select r.from_org_id as care_org_id, r.patient_id, r.sent_by as user_id from hub.referral r where r.asked_by = 'SELF'
  order by (r.status = 'REQUESTED') desc, r.sent_at desc, r.id limit 1`;

/** Makes those links in a demo that was just filled; they work for a year. */
export async function linkDemo(client: Client, { secret }: Pick<Config, 'secret'>, now: Date): Promise<void> {
  const until = new Date(now.getTime() + 365 * 86_400_000);
  const { rows } = await client.query<Record<'care_org_id' | 'patient_id' | 'relative_id' | 'user_id', string>>(PERSON);
  for (const { care_org_id, patient_id, relative_id, user_id } of rows) {
    for (const [id, person] of [
      [IDS.PATIENT, null],
      [IDS.CAREGIVER, relative_id],
    ]) {
      const hash = hashToken(linkToken(secret, HELP_LINK_PURPOSE, String(id)));
      await client.query(HELP, [id, care_org_id, patient_id, person, hash, user_id, now, until]);
    }
  }
  const { rows: alone } = await client.query<Record<'care_org_id' | 'patient_id' | 'user_id', string>>(ALONE);
  for (const { care_org_id, patient_id, user_id } of alone) {
    const hash = hashToken(linkToken(secret, HELP_LINK_PURPOSE, IDS.SELF));
    await client.query(HELP, [IDS.SELF, care_org_id, patient_id, null, hash, user_id, now, until]);
  }
  const [token, code] = [tokenOf(secret, IDS.AGENCY), replyCodeOf(secret, IDS.AGENCY)].map(hashToken);
  await client.query(ANSWER, [IDS.AGENCY, token, code, now, until]);
  await client.query(CHECK, [IDS.LISTING, hashToken(verificationToken(secret, IDS.LISTING)), now, until]);
}
