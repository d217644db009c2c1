// Who asks and what for: accounts of the benchmark, and the variables of each scenario, taken from the seeded rows.
import { createHash, randomBytes } from 'node:crypto';
import { v7 as newId } from 'uuid';
import { placeOf } from '../dist/directory/places.js';
import { factorOf, groupsOf, lookUpSql, searchFunction, tagsOf } from './servers/search-sql.mjs';

const AGENCIES = 12;
const REFERRALS_EACH = 20;
const SENDS = 400;
/** Questions as people ask them; those that find enough in the seeded directory are asked. */
const TEXTS = [
  'food pantry',
  'bus passes',
  'emergency rent',
  'electric bills',
  'caregiver support',
  'job search',
  'gas cards',
];
const ZIPS = ['21215', '21044', '21401', '21204', '21061', '21014', '21157', '21078'];

/** A schema of its own for what the comparison servers need; dropped at the end. */
const SETUP = `
  drop schema if exists bench cascade;
  create schema bench;
  grant usage on schema bench to hub_app;
  create table bench.account (user_id uuid);
  create table bench.found_service (service_id uuid references hub.service, miles float8, score integer, total integer);
  create function bench.received() returns setof hub.referral language sql stable as $$
    select * from hub.referral where to_org_id = hub.org() and status not in ('DRAFT', 'ENTERED_IN_ERROR')
    order by sent_at desc, id desc $$;
  grant select on bench.found_service to hub_app`;

/** Makes accounts and sessions, and chooses what is asked. */
export async function openCast(owner) {
  await clear(owner);
  await owner.query(SETUP);
  await owner.query(searchFunction());
  const { rows: agencies } = await owner.query(
    `select to_org_id as id, count(*)::int as referrals from hub.referral where status not in ('DRAFT', 'ENTERED_IN_ERROR')
     group by 1 order by 2 desc, 1 limit $1`,
    [AGENCIES],
  );
  const staff = [];
  const referrals = [];
  for (const { id } of agencies) {
    const token = await signIn(owner, id, 'AGENCY_STAFF');
    staff.push(token);
    referrals.push(...(await referralsOf(owner, id, token)));
  }
  return {
    inbox: staff.map((token) => ({ token })),
    referral: referrals,
    search: await searches(owner, staff[0]),
    population: await populations(owner),
    send: await sends(owner),
  };
}

/** Signs a care manager in, at the care organization with the most patients; for a run that asks only for searches. */
export async function openCareManager(owner) {
  await clear(owner);
  await owner.query(
    'drop schema if exists bench cascade; create schema bench; create table bench.account (user_id uuid)',
  );
  const { rows } = await owner.query(
    `select care_org_id as id from hub.patient group by 1 order by count(*) desc, 1 limit 1`,
  );
  return signIn(owner, rows[0].id, 'CARE_MANAGER');
}

async function signIn(owner, organizationId, role) {
  const token = randomBytes(32).toString('base64url');
  const [userId, membershipId] = [newId(), newId()];
  await owner.query('insert into bench.account (user_id) values ($1)', [userId]);
  await owner.query('insert into hub.user_account (id, email, name) values ($1, $2, $3)', [
    userId,
    `${userId}@bench.example.org`,
    'Bench Example',
  ]);
  await owner.query('insert into hub.membership (id, user_id, organization_id, roles) values ($1, $2, $3, $4)', [
    membershipId,
    userId,
    organizationId,
    [role],
  ]);
  await owner.query(
    `insert into hub.session (token_hash, id, user_id, membership_id, mfa, idle, expires_at)
     values ($1, $2, $3, $4, true, interval '1 day', now() + interval '1 day')`,
    [createHash('sha256').update(token).digest(), newId(), userId, membershipId],
  );
  return token;
}

async function referralsOf(owner, organizationId, token) {
  const { rows } = await owner.query(
    `select r.id from hub.referral r where r.to_org_id = $1 and r.status not in ('DRAFT', 'ENTERED_IN_ERROR')
     order by exists (select from hub.referral_message m where m.referral_id = r.id) desc, md5(r.id::text) limit $2`,
    [organizationId, REFERRALS_EACH],
  );
  return rows.map(({ id }) => ({ token, id }));
}

async function searches(owner, token) {
  const { rows } = await owner.query(`select date_trunc('day', now() at time zone 'UTC')::text as day`);
  // A fixed moment, so that opening hours answer alike throughout: a Tuesday is not sure, so the state is what it is.
  const at = `${rows[0].day.slice(0, 10)}T15:00:00.000Z`;
  const found = [];
  for (const text of TEXTS) {
    for (const zip of ZIPS) {
      const groups = groupsOf((await owner.query(lookUpSql, [text.split(' ')])).rows[0]);
      const place = placeOf(zip);
      if (!place || groups.length === 0 || groups.length > 2) continue;
      const question = await questionOf(owner, groups, place);
      const { total, documents } = await sizeOf(owner, question);
      // What many find is cut off before it is ranked, and what few find is widened: both are other work.
      if (total >= 20 && documents < 2000) found.push({ token, text, zip, at, question });
    }
  }
  if (found.length === 0) throw new Error('No search finds a page in this directory');
  return found;
}

/** The words as PostgreSQL reads them, for the servers that get them ready. */
async function questionOf(owner, groups, place) {
  const any = async (texts) => {
    if (texts.length === 0) return null;
    const parts = texts.map((_, n) => `plainto_tsquery('hub.plain', $${n + 1})`).join(' || ');
    return (await owner.query(`select (${parts})::text as q`, texts)).rows[0].q;
  };
  const { tags, served } = tagsOf(place, 25);
  const { latitude, longitude } = place;
  const question = { tags, served, latitude, longitude, radius: 25 };
  const wanted = [];
  for (const n of [1, 2]) {
    const group = groups[n - 1];
    const own = group ? await any([group.said]) : null;
    const means = group ? await any(group.means) : null;
    const synonyms = [];
    for (const text of group?.means ?? []) synonyms.push(await any([text]));
    const category = group?.category ? `'cat/${group.category}'` : null;
    Object.assign(question, {
      [`own${n}`]: own,
      [`ownFactor${n}`]: group?.ownFactor ?? null,
      [`synonyms${n}`]: synonyms,
      [`synonymFactors${n}`]: (group?.means ?? []).map(factorOf),
      [`means${n}`]: means,
      [`meansFactor${n}`]: group?.meansFactor ?? null,
      [`category${n}`]: category,
      [`share${n}`]: group?.share ?? null,
    });
    if (group) wanted.push(`( ${[own, means, category].filter(Boolean).join(' | ')} )`);
  }
  return { ...question, wanted: wanted.join(' & ') };
}

async function sizeOf(owner, { wanted, tags, latitude, longitude, radius, served }) {
  const { rows } = await owner.query(
    `select count(distinct service_id)::int as total, count(*)::int as documents from hub.search_document d
     where d.words @@ $1::tsquery and d.tags && $2::text[]
       and (d.tags && $3::text[] or hub.miles($4, $5, d.latitude, d.longitude) <= $6)`,
    [wanted, tags, served, latitude, longitude, radius],
  );
  return rows[0];
}

async function populations(owner) {
  const { rows } = await owner.query(`select id from hub.organization where kind = 'PLAN' order by id`);
  const asked = [];
  for (const { id } of rows) {
    const token = await signIn(owner, id, 'PLAN_ANALYST');
    asked.push({ token });
  }
  return asked;
}

async function sends(owner) {
  const { rows: cares } = await owner.query(
    `select care_org_id as id from hub.need group by 1 order by count(*) desc, 1 limit 1`,
  );
  const [care] = cares;
  const { rows } = await owner.query(
    `with offered as (
       select distinct on (category) category, s.id, (select a.id from hub.service_at_location a where a.service_id = s.id limit 1) as site
       from hub.service s join hub.organization o on o.id = s.organization_id, unnest(s.categories) category
       where s.status = 'active' and s.takes_referrals and s.sensitivity = 'NONE' and o.retired_at is null
         and s.organization_id in (select to_org_id from hub.referral) order by category, s.id
     )
     select n.id as need, p.id as patient, f.id as service, f.site from hub.need n join hub.patient p on p.id = n.patient_id
     join offered f on f.category = n.category
     where n.care_org_id = $1 and n.status in ('CONFIRMED', 'BEING_ADDRESSED') and n.wants_help and n.sensitivity = 'NONE'
       and p.status = 'ACTIVE' and exists (select from hub.consent c where c.patient_id = p.id and c.status = 'ACTIVE'
         and c.purpose = 'REFERRAL' and n.category = any (c.categories) and c.expires_at > now() and c.grantee_class = 'COMMUNITY_AGENCIES')
     order by md5(n.id::text) limit $2`,
    [care.id, SENDS],
  );
  if (rows.length === 0) throw new Error('No need in the seeded data can be referred');
  await owner.query('create table bench.kept_need as select * from hub.need where id = any ($1::uuid[])', [
    rows.map((row) => row.need),
  ]);
  const token = await signIn(owner, care.id, 'CARE_MANAGER');
  return rows.map(({ need, patient, service, site }) => ({
    token,
    input: { patientId: patient, serviceId: service, siteId: site, needIds: [need], request: 'Please call first.' },
  }));
}

/** Takes back what a run wrote, also one that was killed: what was sent, the accounts, the traces in the audit, the jobs. */
export async function clear(owner) {
  const { rows } = await owner.query(`select to_regclass('bench.account') is not null as left`);
  if (!rows[0].left) return;
  const kept = (await owner.query(`select to_regclass('bench.kept_need') is not null as kept`)).rows[0].kept;
  await owner.query(`
    begin;
    set local session_replication_role = replica;
    create temp table gone on commit drop as
      select id from hub.referral where sent_by in (select user_id from bench.account);
    delete from hub.referral_need where referral_id in (select id from gone);
    delete from hub.referral_transition where referral_id in (select id from gone);
    delete from hub.disclosure where referral_id in (select id from gone);
    delete from hub.referral where id in (select id from gone);
    delete from hub.idempotency_key where user_id in (select user_id from bench.account);
    delete from hub.audit where actor_id in (select user_id from bench.account);
    delete from hub.session where user_id in (select user_id from bench.account);
    delete from hub.membership where user_id in (select user_id from bench.account);
    delete from hub.user_account where id in (select user_id from bench.account);
    ${kept ? 'update hub.need n set status = k.status, version = k.version, updated_at = k.updated_at from bench.kept_need k where k.id = n.id;' : ''}
    delete from graphile_worker._private_jobs;
    drop schema bench cascade;
    commit`);
  await owner.query(
    'vacuum (analyze) hub.referral, hub.referral_need, hub.referral_transition, hub.disclosure, hub.need',
  );
  await owner.query('vacuum (analyze) hub.audit, hub.idempotency_key, graphile_worker._private_jobs');
}
