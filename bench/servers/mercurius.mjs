// Mercurius with graphql-jit over the same rows: plain SQL in resolvers and batched loaders, the caller's organization in
// every where. It neither audits nor limits, and its search gets the words read already.
import Fastify from 'fastify';
import mercurius from 'mercurius';
import { callerOf, iso, listening, pool, port } from './listen.mjs';
import { openState } from './open-state.mjs';

const schema = `
  type Query {
    inbox(first: Int!): InboxPage!
    referral(id: ID!): Referral
    searchServices(question: Question!, at: String!): Search!
  }
  type InboxPage { nodes: [Referral!]! hasNextPage: Boolean! }
  type Organization { id: ID! name: String! }
  type Service { id: ID! name: String! organization: Organization! openState: String! room: String! }
  type Shared { key: String! value: String! }
  type Transition { id: ID! fromStatus: String toStatus: String! side: String! byName: String! reasonCode: String reason: String at: String! }
  type Message { id: ID! body: String! authorName: String! at: String! }
  type Referral {
    id: ID! status: String! priority: String! patientLabel: String! request: String sentByName: String! sentAt: String
    seenAt: String answeredAt: String closedAt: String answerDueAt: String outcome: String
    service: Service! from: Organization! to: Organization! shared: [Shared!]! transitions: [Transition!]! messages: [Message!]!
  }
  type Found { distanceMiles: Float service: Service! }
  type Search { total: Int! nodes: [Found!]! }
  input Question {
    own1: String ownFactor1: Float synonyms1: [String!] synonymFactors1: [Float!] means1: String meansFactor1: Float category1: String share1: Float
    own2: String ownFactor2: Float synonyms2: [String!] synonymFactors2: [Float!] means2: String meansFactor2: Float category2: String share2: Float
    wanted: String! tags: [String!]! served: [String!]! latitude: Float! longitude: Float! radius: Float!
  }`;

const referralColumns = `id, from_org_id, to_org_id, service_id, status, priority, patient_label as "patientLabel",
  sent_by_name as "sentByName", outcome, ${['sent_at', 'seen_at', 'answered_at', 'closed_at', 'answer_due_at']
    .map((column) => `${iso(column)} as "${column.replace(/_(\w)/g, (_, c) => c.toUpperCase())}"`)
    .join(', ')}`;
const readable = `(from_org_id = $2 or (status not in ('REJECTED', 'ENTERED_IN_ERROR') and (status <> 'CANCELLED' or answered_at is not null)))`;

const rows = async (name, text, values) => (await pool.query({ name, text, values })).rows;
const room = `case when capacity_updated_at + make_interval(days => hub.capacity_days(categories)) > now() then capacity_status else 'UNKNOWN' end`;

const resolvers = {
  Query: {
    async inbox(_, { first }, { caller }) {
      const found = await rows(
        'inbox',
        `select ${referralColumns} from hub.referral where to_org_id = $1 and status not in ('DRAFT', 'ENTERED_IN_ERROR')
         order by sent_at desc, id desc limit $2`,
        [caller.organizationId, first + 1],
      );
      return { nodes: found.slice(0, first), hasNextPage: found.length > first };
    },
    async referral(_, { id }, { caller }) {
      const found = await rows(
        'referral',
        `select ${referralColumns}, case when ${readable} then request end as request, case when ${readable} then shared else '[]' end as shared
         from hub.referral where id = $1 and (from_org_id = $2 or (to_org_id = $2 and status not in ('DRAFT', 'ENTERED_IN_ERROR')))`,
        [id, caller.organizationId],
      );
      return found[0] ?? null;
    },
    async searchServices(_, { question: q, at }, context) {
      context.at = new Date(at);
      const groups = [1, 2].flatMap((n) => [
        q[`own${n}`],
        q[`ownFactor${n}`],
        q[`synonyms${n}`],
        q[`synonymFactors${n}`],
        q[`means${n}`],
        q[`meansFactor${n}`],
        q[`category${n}`],
        q[`share${n}`],
      ]);
      const values = [...groups, q.wanted, q.tags, q.served, q.latitude, q.longitude, q.radius];
      const marks = values.map((_, n) => `$${n + 1}`).join(', ');
      const found = await rows('search', `select * from bench.search_services(${marks})`, values);
      return {
        total: Math.min(found[0]?.total ?? 0, 1000),
        nodes: found.map((row) => ({ distanceMiles: row.miles, service_id: row.service_id })),
      };
    },
  },
};

/** Loads many rows by id with one statement, in the order they were asked for. */
const byId = (name, key, text) => async (queries) => {
  const ids = queries.map(({ obj }) => obj[key]);
  const found = new Map((await rows(name, text, [[...new Set(ids)]])).map((row) => [row.id, row]));
  return ids.map((id) => found.get(id));
};
const byParent = (name, text) => async (queries) => {
  const groups = new Map(queries.map(({ obj }) => [obj.id, []]));
  for (const row of await rows(name, text, [[...groups.keys()]])) groups.get(row.parent).push(row);
  return queries.map(({ obj }) => groups.get(obj.id));
};

const organizations = 'select id, name from hub.organization where id = any ($1::uuid[])';
const services = `select id, name, organization_id, time_zone, ${room} as room from hub.service where id = any ($1::uuid[])`;
const schedule = `json_build_object('byday', h.byday, 'opens', h.opens_at, 'closes', h.closes_at)`;
const schedulesSql = `select s.id, coalesce(s.time_zone, o.time_zone) as zone,
    coalesce((select json_agg(${schedule}) from hub.schedule h where h.service_id = s.id),
      (select json_agg(${schedule}) from hub.service_at_location a join hub.schedule h on h.service_at_location_id = a.id
        where a.service_id = s.id)) as schedules
  from hub.service s join hub.organization o on o.id = s.organization_id where s.id = any ($1::uuid[])`;

const loaders = {
  Referral: {
    service: byId('service', 'service_id', services),
    from: byId('from', 'from_org_id', organizations),
    to: byId('to', 'to_org_id', organizations),
    transitions: byParent(
      'transitions',
      `select id, referral_id as parent, from_status as "fromStatus", to_status as "toStatus", side, by_name as "byName",
        reason_code as "reasonCode", reason, ${iso('at')} as at
       from hub.referral_transition t where referral_id = any ($1::uuid[]) order by t.at, id`,
    ),
    messages: byParent(
      'messages',
      `select id, referral_id as parent, body, author_name as "authorName", ${iso('at')} as at
       from hub.referral_message m where referral_id = any ($1::uuid[]) order by m.at, id`,
    ),
  },
  Found: { service: byId('service', 'service_id', services) },
  Service: {
    organization: byId('organization', 'organization_id', organizations),
    async openState(queries, { at }) {
      const load = byId('schedules', 'id', schedulesSql);
      return (await load(queries)).map((row) => openState(row.schedules, row.zone, at));
    },
  },
};

const app = Fastify({ bodyLimit: 256 * 1024 });
await app.register(mercurius, {
  schema,
  resolvers,
  loaders,
  jit: 1,
  graphiql: false,
  context: async (request) => ({ caller: await callerOf(request.headers.authorization) }),
});
await app.listen({ port, host: '127.0.0.1' });
listening();
