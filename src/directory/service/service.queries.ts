import type { Kysely, SelectQueryBuilder } from 'kysely';
import type { HubContext } from '../../access/index.js';
import { connectionOf, type Connection, type PageArgs } from '../../platform/graphql/connection.js';
import { keysetPage, type OrderBy } from '../../platform/graphql/keyset.js';
import { Service } from './service.entity.js';
import { serviceById } from './service.loaders.js';

export const ServiceConnection = connectionOf(Service);

/** The columns by which listings are listed. */
export interface ServiceTables {
  'hub.service': {
    id: string;
    organization_id: string;
    name: string;
    status: string;
    assured_date: string | null;
    next_verification_on: string | null;
    merged_into: string | null;
    complaints: number;
    use_weight: number;
  };
}
export type ServiceQuery = SelectQueryBuilder<ServiceTables & { s: ServiceTables['hub.service'] }, 's', { id: string }>;

export const byName: readonly OrderBy[] = [
  { by: 's.name', type: 'text' },
  { by: 's.id', type: 'uuid' },
];

/** The ids of listings, for a list to narrow. */
export async function selectServices(ctx: HubContext): Promise<ServiceQuery> {
  const db: Kysely<ServiceTables> = (await ctx.db.em()).getKysely<ServiceTables>();
  return db.selectFrom('hub.service as s').select('s.id') as unknown as ServiceQuery;
}

/** A page of listings: their ids in order, then all of them at once. */
export async function servicePage(
  ctx: HubContext,
  query: ServiceQuery,
  order: readonly OrderBy[],
  page: PageArgs,
): Promise<Connection<Service>> {
  const ids = await keysetPage(query, order, page, (row) => row.id);
  const found = await Promise.all(
    ids.edges.map(async ({ cursor, node }) => ({ cursor, node: await serviceById(ctx, node) })),
  );
  const edges = found.flatMap(({ cursor, node }) => (node ? [{ cursor, node }] : []));
  return { edges, pageInfo: ids.pageInfo };
}
