import { isDeepStrictEqual } from 'node:util';
import { dataOf, get, graphql, same, without } from './asking.mjs';

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

export const search = {
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
