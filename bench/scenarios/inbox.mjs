import { dataOf, get, graphql, nodes, same, utc } from './asking.mjs';

export const inbox = {
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
