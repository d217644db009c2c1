import { dataOf, get, graphql, nodes, same, utc, without } from './asking.mjs';

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

export const referral = {
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
