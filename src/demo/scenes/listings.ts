import type { Stage } from './stage.js';

/** What a scene finds of a listing. */
export interface Listing {
  id: string;
  org: string;
  agency: string;
  name: string;
  how: string;
  who: string;
  fees: string;
  categories: string[];
  version: number;
}

const LISTING = `s.id, s.organization_id as org, o.name as agency, s.name, coalesce(s.application_process, '') as how,
  coalesce(s.eligibility_description, '') as who, coalesce(s.fees_description, '') as fees, s.categories, s.version
  from hub.service s join hub.organization o on o.id = s.organization_id`;

/** Listings that nobody keeps and that are no secret, each of another agency. */
export const strangers = (stage: Stage, kept: readonly string[]): Promise<Listing[]> =>
  stage.rows<Listing>(
    `select * from (select distinct on (s.organization_id) ${LISTING}
       where s.status = 'active' and s.sensitivity = 'NONE' and s.takes_referrals and s.organization_id <> all ($1)
       order by s.organization_id, s.id) x order by md5(x.id::text)`,
    [kept],
  );

/** The first listing of an agency. */
export async function listingOf(stage: Stage, org: string): Promise<Listing | undefined> {
  const [found] = await stage.rows<Listing>(
    `select ${LISTING} where s.organization_id = $1 and s.status = 'active' and s.sensitivity = 'NONE' order by s.id limit 1`,
    [org],
  );
  return found;
}

/** Listings are called for and sent to as often as the referrals say; a referral weighs twenty. */
export async function use(stage: Stage): Promise<void> {
  await stage.rows(
    `insert into hub.listing_use (service_id, day, sent)
     select service_id, (sent_at at time zone 'UTC')::date, count(*) from hub.referral where sent_at between $1 and $2 group by 1, 2`,
    [stage.days(89), stage.now],
  );
  await stage.rows(
    `update hub.service s set use_weight = u.sent * 20
     from (select service_id, sum(sent)::int as sent from hub.listing_use group by 1) u where u.service_id = s.id`,
  );
}

/**
 * Two listings that came in twice: one of an agency that moved it, one of an agency that is known by two names. The second
 * gets the door and the number of the first; the hub finds the pair by itself.
 */
export async function twice(stage: Stage): Promise<void> {
  const plain = "s.status = 'active' and s.sensitivity = 'NONE'";
  const same = (
    alike: string,
  ): string => `select a.id as first, b.id as second, al.location_id as from_place, bl.location_id as to_place
    from (select s.*, o.name as agency from hub.service s join hub.organization o on o.id = s.organization_id where ${plain}) a
    join (select s.*, o.name as agency from hub.service s join hub.organization o on o.id = s.organization_id where ${plain}) b
      on b.name = a.name and b.id > a.id and ${alike}
    join hub.service_at_location al on al.service_id = a.id join hub.service_at_location bl on bl.service_id = b.id
    where not exists (select from hub.membership m where m.organization_id in (a.organization_id, b.organization_id))
    order by a.id, b.id limit 1`;
  const pairs = await Promise.all([
    stage.rows(same('b.organization_id = a.organization_id')),
    stage.rows(
      same(
        String.raw`b.organization_id <> a.organization_id and regexp_replace(b.agency, ' \d+ \(', ' (') = regexp_replace(a.agency, ' \d+ \(', ' (')`,
      ),
    ),
  ]);
  for (const { first, second, from_place, to_place } of pairs.flat()) {
    await stage.rows(
      `update hub.phone p set number = f.number, e164 = f.e164 from hub.phone f where f.service_id = $1 and p.service_id = $2`,
      [first, second],
    );
    await stage.rows(
      `update hub.address t set address_1 = f.address_1, city = f.city, state_province = f.state_province, postal_code = f.postal_code
       from hub.address f where f.location_id = $1 and t.location_id = $2`,
      [from_place, to_place],
    );
    await stage.rows(
      `update hub.location t set latitude = f.latitude, longitude = f.longitude, name = f.name
       from hub.location f where f.id = $1 and t.id = $2`,
      [from_place, to_place],
    );
  }
}

/** Lines of one agency that are alike and have numbers of their own: a curator looked, and they are two. */
export const keptApart = `update hub.duplicate_candidate d set status = 'DIFFERENT', version = 2, decided_at = d.found_at,
    decided_by = (select id from hub.user_account where email = 'curator@example.org')
  where d.status = 'OPEN' and exists (select from json_array_elements(d.evidence::json) e where e->>'kind' = 'OTHER_NUMBER')`;
