// The yardstick: each answer by hand, with `pg` on `node:http`. Who calls is looked up in one statement, the answer is
// another, made to JSON by PostgreSQL and passed on as it comes. Below /audited/ the same answers leave their line in the
// audit, in the same statement. No permissions beyond the role, no row-level security, no limits, no second shape.
import { createServer } from 'node:http';
import { callerOf, iso, listening, pool, port } from './listen.mjs';
import { acceptByLink } from './hand-link.mjs';
import { population } from './hand-population.mjs';
import { search } from './hand-search.mjs';
import { send } from './hand-send.mjs';

const AGENCY = new Set(['AGENCY_STAFF', 'AGENCY_ADMIN']);
const isAgency = (caller) => caller.roles.some((role) => AGENCY.has(role));

const inboxSql = `select json_build_object('rows', coalesce(json_agg(x.row order by x.n) filter (where x.n <= 20), '[]'),
    'hasNextPage', count(*) > 20)::text as body
  from (
    select row_number() over (order by r.sent_at desc, r.id desc) as n, json_build_object('id', r.id, 'status', r.status,
      'priority', r.priority, 'patientLabel', r.patient_label, 'sentAt', ${iso('r.sent_at')},
      'answerDueAt', ${iso('r.answer_due_at')}, 'service', s.name, 'from', o.name) as row
    from (select * from hub.referral where to_org_id = $1 and status not in ('DRAFT', 'ENTERED_IN_ERROR')
      order by sent_at desc, id desc limit 21) r
    join hub.service s on s.id = r.service_id join hub.organization o on o.id = r.from_org_id
  ) x`;

const readable = `(r.from_org_id = $2 or (r.status not in ('REJECTED', 'ENTERED_IN_ERROR')
  and (r.status <> 'CANCELLED' or r.answered_at is not null)))`;
const referralSql = `select json_build_object('id', r.id, 'status', r.status, 'priority', r.priority,
    'patientLabel', r.patient_label, 'request', case when ${readable} then r.request end, 'sentByName', r.sent_by_name,
    'sentAt', ${iso('r.sent_at')}, 'seenAt', ${iso('r.seen_at')}, 'answeredAt', ${iso('r.answered_at')},
    'closedAt', ${iso('r.closed_at')}, 'answerDueAt', ${iso('r.answer_due_at')}, 'outcome', r.outcome,
    'service', s.name, 'from', f.name, 'to', t.name, 'shared', case when ${readable} then r.shared else '[]'::jsonb end,
    'transitions', (select coalesce(json_agg(json_build_object('id', x.id, 'fromStatus', x.from_status, 'toStatus', x.to_status,
      'side', x.side, 'byName', x.by_name, 'reasonCode', x.reason_code, 'reason', x.reason, 'at', ${iso('x.at')})
      order by x.at, x.id), '[]') from hub.referral_transition x where x.referral_id = r.id),
    'messages', (select coalesce(json_agg(json_build_object('id', m.id, 'body', m.body, 'authorName', m.author_name,
      'at', ${iso('m.at')}) order by m.at, m.id), '[]')
      from (select * from hub.referral_message m where m.referral_id = r.id order by m.at, m.id limit 20) m))::text as body,
    r.patient_id, r.from_org_id, r.consent_id
  from hub.referral r join hub.service s on s.id = r.service_id
  join hub.organization f on f.id = r.from_org_id join hub.organization t on t.id = r.to_org_id
  where r.id = $1 and (r.from_org_id = $2 or (r.to_org_id = $2 and r.status not in ('DRAFT', 'ENTERED_IN_ERROR')))`;

const auditColumns = `id, org_id, actor_id, via, roles, action, entity, entity_id, patient_id, patient_org_id, purpose, consent_id, detail`;
const auditedInboxSql = `with answer as materialized (${inboxSql}), trace as (
    insert into hub.audit (${auditColumns}) select uuidv7(), $1, $2, 'SESSION', $3::text[], 'referral.inbox', 'referral', null, null,
      null, 'REFERRAL', null, '{"queue":"ALL"}'::jsonb from answer)
  select body from answer`;
const auditedReferralSql = `with answer as materialized (${referralSql}), trace as (
    insert into hub.audit (${auditColumns}) select uuidv7(), $2, $3, 'SESSION', $4::text[], 'referral.read', 'referral', $1, patient_id,
      from_org_id, 'REFERRAL', consent_id, null from answer)
  select body from answer`;

const bodyOf = async (name, text, values) => (await pool.query({ name, text, values })).rows[0]?.body;

const routes = {
  inbox: (caller) => isAgency(caller) && bodyOf('inbox', inboxSql, [caller.organizationId]),
  referral: (caller, url) => bodyOf('referral', referralSql, [url.searchParams.get('id'), caller.organizationId]),
  search: (_, url) => search(url.searchParams),
  population: (caller, url) => population(caller, url.searchParams, false),
  send: (caller, _, body) => send(caller, JSON.parse(body)),
  'audited/inbox': (caller) =>
    isAgency(caller) && bodyOf('audited-inbox', auditedInboxSql, [caller.organizationId, caller.userId, caller.roles]),
  'audited/referral': (caller, url) =>
    bodyOf('audited-referral', auditedReferralSql, [
      url.searchParams.get('id'),
      caller.organizationId,
      caller.userId,
      caller.roles,
    ]),
  'audited/population': (caller, url) => population(caller, url.searchParams, true),
};

function answer(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

async function read(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

createServer(async (request, response) => {
  try {
    const url = new URL(request.url, 'http://127.0.0.1');
    const act = routes[url.pathname.slice(1)];
    const body = request.method === 'POST' ? await read(request) : '';
    // Whoever holds a link is asked for nothing else.
    if (url.pathname === '/link') return answer(response, 200, await acceptByLink(JSON.parse(body)));
    const caller = await callerOf(request.headers.authorization);
    if (!act || !caller) return answer(response, act ? 401 : 404, '{"error":"no"}');
    const found = await act(caller, url, body);
    return found ? answer(response, 200, found) : answer(response, 404, '{"error":"not found"}');
  } catch (error) {
    process.stderr.write(`${error.stack}\n`);
    return answer(response, 500, '{"error":"internal"}');
  }
}).listen(port, '127.0.0.1', listening);
