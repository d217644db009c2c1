// The five pages: what each server is asked, and what its answer says in the words of the yardstick.
import { isDeepStrictEqual } from 'node:util';

const graphql = (token, query, variables) => ({
  method: 'POST',
  path: '/graphql',
  token,
  body: JSON.stringify({ query, variables }),
});
const get = (token, path, query = {}) => ({ path: `/${path}?${new URLSearchParams(query)}`, token });

function dataOf(answer) {
  if (answer.errors) throw new Error(JSON.stringify(answer.errors).slice(0, 2000));
  return answer.data;
}
const same = (answer) => answer;
const without = (record, ...fields) =>
  Object.fromEntries(Object.entries(record).filter(([field]) => !fields.includes(field)));
const nodes = (connection) => connection.edges.map((edge) => edge.node);
const utc = (time) => (time === null ? null : new Date(time).toISOString());

const inbox = {
  name: 'inbox',
  title: 'Referral inbox, 20 rows',
  servers: {
    hub: {
      ask: ({ token }) =>
        graphql(
          token,
          `
            query Inbox {
              inbox(filter: { queue: ALL }, first: 20) {
                edges {
                  node {
                    id
                    status
                    priority
                    patientLabel
                    sentAt
                    answerDueAt
                    service {
                      name
                    }
                    from {
                      name
                    }
                  }
                }
                pageInfo {
                  hasNextPage
                }
              }
            }
          `,
        ),
      says: (answer) => {
        const { inbox: found } = dataOf(answer);
        const rows = nodes(found).map(({ service, from, ...row }) => ({
          ...row,
          service: service.name,
          from: from.name,
        }));
        return { rows, hasNextPage: found.pageInfo.hasNextPage };
      },
    },
    hand: { ask: ({ token }) => get(token, 'inbox'), says: same },
    audited: { ask: ({ token }) => get(token, 'audited/inbox'), says: same },
    mercurius: {
      ask: ({ token }) =>
        graphql(
          token,
          `
            query Inbox {
              inbox(first: 20) {
                nodes {
                  id
                  status
                  priority
                  patientLabel
                  sentAt
                  answerDueAt
                  service {
                    name
                  }
                  from {
                    name
                  }
                }
                hasNextPage
              }
            }
          `,
        ),
      says: (answer) => {
        const { inbox: found } = dataOf(answer);
        const rows = found.nodes.map(({ service, from, ...row }) => ({
          ...row,
          service: service.name,
          from: from.name,
        }));
        return { rows, hasNextPage: found.hasNextPage };
      },
    },
    postgraphile: {
      ask: ({ token }) =>
        graphql(
          token,
          `
            query Inbox {
              benchReceived(first: 20) {
                nodes {
                  rowId
                  status
                  priority
                  patientLabel
                  sentAt
                  answerDueAt
                  serviceByServiceId {
                    name
                  }
                  organizationByFromOrgId {
                    name
                  }
                }
                pageInfo {
                  hasNextPage
                }
              }
            }
          `,
        ),
      says: (answer) => {
        const { benchReceived: received } = dataOf(answer);
        const rows = received.nodes.map(({ rowId, serviceByServiceId, organizationByFromOrgId, ...row }) => ({
          id: rowId,
          ...row,
          sentAt: utc(row.sentAt),
          answerDueAt: utc(row.answerDueAt),
          service: serviceByServiceId.name,
          from: organizationByFromOrgId.name,
        }));
        return { rows, hasNextPage: received.pageInfo.hasNextPage };
      },
    },
  },
};

const fields = `id status priority patientLabel request sentByName sentAt seenAt answeredAt closedAt answerDueAt outcome
  service { name } from { name } to { name }`;
const steps = 'id fromStatus toStatus side byName reasonCode reason at';
const named = ({ service, from, to, ...referral }) => ({
  ...referral,
  service: service.name,
  from: from.name,
  to: to.name,
});
const times = ['sentAt', 'seenAt', 'answeredAt', 'closedAt', 'answerDueAt'];

const referral = {
  name: 'referral',
  title: 'One referral by id, with steps and messages',
  servers: {
    hub: {
      ask: ({ token, id }) =>
        graphql(
          token,
          `query ReferralPage($id: ID!) { referral(id: $id) { ${fields} shared { items { key value } } transitions { ${steps} }
            messages(first: 20) { edges { node { id body authorName at } } } } }`,
          { id },
        ),
      says: (answer) => {
        const { shared, messages, ...found } = dataOf(answer).referral;
        return { ...named(found), shared: shared.items, messages: nodes(messages) };
      },
    },
    hand: { ask: ({ token, id }) => get(token, 'referral', { id }), says: same },
    audited: { ask: ({ token, id }) => get(token, 'audited/referral', { id }), says: same },
    mercurius: {
      ask: ({ token, id }) =>
        graphql(
          token,
          `query ReferralPage($id: ID!) { referral(id: $id) { ${fields} shared { key value } transitions { ${steps} }
            messages { id body authorName at } } }`,
          { id },
        ),
      says: (answer) => named(dataOf(answer).referral),
    },
    postgraphile: {
      ask: ({ token, id }) =>
        graphql(
          token,
          `
            query ReferralPage($id: UUID!) {
              referralByRowId(rowId: $id) {
                rowId
                status
                priority
                patientLabel
                request
                sentByName
                sentAt
                seenAt
                answeredAt
                closedAt
                answerDueAt
                outcome
                serviceByServiceId {
                  name
                }
                organizationByFromOrgId {
                  name
                }
                organizationByToOrgId {
                  name
                }
                shared
                referralTransitionsByReferralId(orderBy: [AT_ASC, PRIMARY_KEY_ASC]) {
                  nodes {
                    rowId
                    fromStatus
                    toStatus
                    side
                    byName
                    reasonCode
                    reason
                    at
                  }
                }
                referralMessagesByReferralId(first: 20, orderBy: [AT_ASC, PRIMARY_KEY_ASC]) {
                  nodes {
                    rowId
                    body
                    authorName
                    at
                  }
                }
              }
            }
          `,
          { id },
        ),
      // What the agency may no longer read stands in the row: hiding it would take a function for each column.
      knows: (all) => without(all, 'request', 'shared'),
      says: (answer) => {
        const found = dataOf(answer).referralByRowId;
        const { rowId, serviceByServiceId, organizationByFromOrgId, organizationByToOrgId, ...row } = found;
        const { referralTransitionsByReferralId, referralMessagesByReferralId, ...plain } = row;
        const dated = ({ rowId: id, at, ...rest }) => ({ id, ...rest, at: utc(at) });
        return {
          id: rowId,
          ...without(plain, 'request', 'shared'),
          ...Object.fromEntries(times.map((time) => [time, utc(row[time])])),
          service: serviceByServiceId.name,
          from: organizationByFromOrgId.name,
          to: organizationByToOrgId.name,
          transitions: referralTransitionsByReferralId.nodes.map(dated),
          messages: referralMessagesByReferralId.nodes.map(dated),
        };
      },
    },
  },
};

const groups = [1, 2].flatMap((n) => [
  `own${n}`,
  `ownFactor${n}`,
  `synonyms${n}`,
  `synonymFactors${n}`,
  `means${n}`,
  `meansFactor${n}`,
  `category${n}`,
  `share${n}`,
]);
const typeOf = (name) => {
  const type = /Factor|share/.test(name) ? 'Float' : 'String';
  return name.startsWith('synonym') ? `[${type}!]` : type;
};

/** As many are found, and what both show is the same; the order of equals is a matter of finer points. */
const foundAlike = (said, expected) =>
  said.total === expected.total &&
  said.rows.length === expected.rows.length &&
  said.rows.every((row) => {
    const other = expected.rows.find(({ id }) => id === row.id);
    return other === undefined || isDeepStrictEqual(row, other);
  });

const search = {
  name: 'search',
  title: 'Service search, 20 results',
  alike: foundAlike,
  servers: {
    hub: {
      ask: ({ token, text, zip, at }) =>
        graphql(
          token,
          `
            query Search($input: SearchServicesInput!, $at: DateTimeISO!) {
              searchServices(input: $input, first: 20) {
                total
                edges {
                  node {
                    distanceMiles
                    service {
                      id
                      name
                      organization {
                        name
                      }
                      openState(at: $at) {
                        state
                      }
                      capacity {
                        status
                      }
                    }
                  }
                }
              }
            }
          `,
          { input: { text, near: { place: zip, radiusMiles: 25 } }, at },
        ),
      says: (answer) => {
        const { total, edges } = dataOf(answer).searchServices;
        const rows = edges.map(({ node: { service, distanceMiles } }) => ({
          id: service.id,
          name: service.name,
          organization: service.organization.name,
          miles: distanceMiles,
          room: service.capacity.status,
          open: service.openState.state,
        }));
        return { total, rows };
      },
    },
    hand: { ask: ({ token, text, zip, at }) => get(token, 'search', { text, zip, at }), says: same },
    mercurius: {
      ask: ({ token, question, at }) =>
        graphql(
          token,
          `
            query Search($question: Question!, $at: String!) {
              searchServices(question: $question, at: $at) {
                total
                nodes {
                  distanceMiles
                  service {
                    id
                    name
                    organization {
                      name
                    }
                    openState
                    room
                  }
                }
              }
            }
          `,
          { question, at },
        ),
      says: (answer) => {
        const { total, nodes: found } = dataOf(answer).searchServices;
        const rows = found.map(({ service, distanceMiles }) => ({
          id: service.id,
          name: service.name,
          organization: service.organization.name,
          miles: distanceMiles,
          room: service.room,
          open: service.openState,
        }));
        return { total, rows };
      },
    },
    postgraphile: {
      ask: ({ token, question }) =>
        graphql(
          token,
          `query Search(${groups.map((name) => `$${name}: ${typeOf(name)}`).join(' ')} $wanted: String! $tags: [String!]! $served: [String!]!
              $latitude: Float! $longitude: Float! $radius: Float!) {
            benchSearchServices(${groups.map((name) => `${name}: $${name}`).join(' ')} wanted: $wanted nearTags: $tags served: $served
              lat: $latitude lon: $longitude radius: $radius, first: 20) {
              nodes { miles total serviceByServiceId { rowId name organizationByOrganizationId { name } capacityStatus timeZone
                schedulesByServiceId { nodes { byday opensAt closesAt } }
                serviceAtLocationsByServiceId { nodes { schedulesByServiceAtLocationId { nodes { byday opensAt closesAt } } } } } } } }`,
          question,
        ),
      // Whether it is open and whether its room is still believed is left to who asked: it answers with the columns.
      knows: ({ total, rows }) => ({ total, rows: rows.map((row) => without(row, 'room', 'open')) }),
      says: (answer) => {
        const { nodes: found } = dataOf(answer).benchSearchServices;
        const rows = found.map(({ miles, serviceByServiceId: service }) => ({
          id: service.rowId,
          name: service.name,
          organization: service.organizationByOrganizationId.name,
          miles,
        }));
        return { total: Math.min(found[0]?.total ?? 0, 1000), rows };
      },
    },
  },
};

const send = {
  name: 'send',
  title: 'Sending a referral',
  writes: true,
  servers: {
    hub: {
      ask: ({ token, input, key }) =>
        graphql(
          token,
          `
            mutation Send($input: SendReferralInput!) {
              sendReferral(input: $input) {
                referral {
                  id
                  status
                  patientLabel
                  answerDueAt
                  service {
                    name
                  }
                  to {
                    name
                  }
                }
                userErrors {
                  code
                  message
                  field
                }
              }
            }
          `,
          { input: { ...input, idempotencyKey: key } },
        ),
      says: (answer) => {
        const { referral: sent, userErrors } = dataOf(answer).sendReferral;
        if (!sent) throw new Error(JSON.stringify(userErrors));
        return { ...sent, service: sent.service.name, to: sent.to.name };
      },
    },
    hand: {
      ask: ({ token, input, key, tasks }) => ({
        method: 'POST',
        path: '/send',
        token,
        body: JSON.stringify({ ...input, idempotencyKey: key, tasks }),
      }),
      says: same,
    },
  },
  /** Of a referral that is sent anew each time, all but its id and hours. */
  lasting: (all) => without(all, 'id', 'answerDueAt'),
};

const cells = 'value suppressed';
const population = {
  name: 'population',
  title: 'A plan’s needs by category',
  servers: {
    hub: {
      ask: ({ token }) =>
        graphql(
          token,
          `query Needs($input: PopulationInput!) { populationSummary(input: $input) { members { ${cells} } needsTotal { ${cells} }
            needs { key membersWithNeed { ${cells} } share { percent } } } }`,
          { input: { by: 'CATEGORY' } },
        ),
      says: (answer) => {
        const { members, needsTotal, needs } = dataOf(answer).populationSummary;
        return { members, needsTotal, needs: needs.map(({ share, ...row }) => ({ ...row, percent: share.percent })) };
      },
    },
    hand: { ask: ({ token }) => get(token, 'population', {}), says: same },
    audited: { ask: ({ token }) => get(token, 'audited/population', {}), says: same },
  },
};

/** An agency accepts by the link of a letter; each link is used once. */
export const link = {
  name: 'link',
  title: 'Answering by link',
  servers: {
    hub: {
      ask: ({ token, key }) =>
        graphql(
          '-',
          `
            mutation Answer($input: AnswerReferralByLinkInput!) {
              answerReferralByLink(input: $input) {
                referral {
                  agency
                  from
                  service
                  status
                  version
                  patientLabel
                  transitions {
                    toStatus
                    side
                    byName
                  }
                }
                userErrors {
                  code
                }
              }
            }
          `,
          { input: { token, id: key, answer: 'ACCEPT' } },
        ),
      says: (answer) => {
        const { referral: shown, userErrors } = dataOf(answer).answerReferralByLink;
        if (!shown) throw new Error(JSON.stringify(userErrors));
        return shown;
      },
    },
    hand: {
      ask: ({ token, tasks }) => ({
        method: 'POST',
        path: '/link',
        token: '-',
        body: JSON.stringify({ token, tasks }),
      }),
      says: same,
    },
  },
};

export { inbox };
export const scenarios = [inbox, referral, search, send, population];
