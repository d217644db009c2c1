// PostGraphile 5 over the same rows, as its documentation has it: the preset Amber, the caller as pgSettings, and the
// database's own row-level security. Inbox and search are functions in SQL (schema bench). It does not audit.
import { createServer } from 'node:http';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { callerOf, listening, pool, port } from './listen.mjs';

const pgl = postgraphile({
  extends: [PostGraphileAmberPreset],
  pgServices: [makePgService({ pool, schemas: ['hub', 'bench'] })],
  grafserv: { port, graphqlPath: '/graphql', graphiql: false, watch: false },
  grafast: {
    explain: false,
    context: async ({ node }) => {
      const caller = await callerOf(node?.req.headers.authorization);
      return {
        pgSettings: {
          role: 'hub_app',
          'hub.org_id': caller?.organizationId ?? '',
          'hub.user_id': caller?.userId ?? '',
        },
      };
    },
  },
});
const server = createServer();
await pgl.createServ(grafserv).addTo(server);
server.listen(port, '127.0.0.1', listening);
