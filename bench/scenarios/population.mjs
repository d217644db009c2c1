import { dataOf, get, graphql, same } from './asking.mjs';

const cells = 'value suppressed';
export const population = {
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
