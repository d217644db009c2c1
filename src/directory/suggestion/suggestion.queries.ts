import type { HubContext } from '../../access/index.js';
import type { Connection, PageArgs } from '../../platform/graphql/connection.js';
import { keysetPage } from '../../platform/graphql/keyset.js';
import { Suggestion } from './suggestion.entity.js';
import type { SuggestionFilter } from './suggestion.inputs.js';

interface SuggestionTables {
  'hub.suggestion': {
    id: string;
    service_id: string;
    organization_id: string;
    signal: string | null;
    status: string;
    updated_at: string;
  };
}

interface Wanted {
  filter: SuggestionFilter;
  serviceId: string | null | undefined;
  organizationId: string | null | undefined;
}

const latest = [
  { by: 'g.updated_at', type: 'timestamptz', direction: 'desc' },
  { by: 'g.id', type: 'uuid', direction: 'desc' },
] as const;

/** Suggestions, the latest first: a curator's of the whole directory, an agency's of its own listings. */
export async function suggestionPage(ctx: HubContext, wanted: Wanted, page: PageArgs): Promise<Connection<Suggestion>> {
  const { filter, serviceId, organizationId } = wanted;
  const em = await ctx.db.em();
  let query = em.getKysely<SuggestionTables>().selectFrom('hub.suggestion as g').select('g.id');
  query = filter === 'DECIDED' ? query.where('g.status', '<>', 'OPEN') : query.where('g.status', '=', 'OPEN');
  if (filter === 'REPORTS') query = query.where('g.signal', 'is not', null);
  if (filter === 'CHANGES') query = query.where('g.signal', 'is', null);
  if (serviceId) query = query.where('g.service_id', '=', serviceId);
  if (organizationId) query = query.where('g.organization_id', '=', organizationId);
  if (!ctx.caller?.permissions.has('directory.write')) {
    query = query.where('g.organization_id', '=', ctx.caller?.organizationId ?? '');
  }
  const ids = await keysetPage(query, latest, page, (row) => row.id);
  const rows = await em.find(Suggestion, { id: { $in: ids.edges.map(({ node }) => node) } });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const edges = ids.edges.flatMap(({ cursor, node }) => {
    const found = byId.get(node);
    return found ? [{ cursor, node: found }] : [];
  });
  return { edges, pageInfo: ids.pageInfo };
}
