import type { Kysely } from 'kysely';
import type { HubContext } from '../access/index.js';
import { nowhere, type PlaceOf } from '../platform/database/compile.js';
import { toDate } from '../platform/database/rows.js';
import type { Connection, PageArgs } from '../platform/graphql/connection.js';
import { keptPage } from '../platform/graphql/keyset.js';

interface MessageTables {
  'hub.referral_message': {
    id: string;
    referral_id: string;
    from_org_id: string;
    to_org_id: string;
    author_org_id: string;
    author_user_id: string | null;
    author_name: string;
    body: string;
    at: string;
  };
}

const base = nowhere as unknown as Kysely<MessageTables>;
const ORDER = [
  { by: 'at', type: 'timestamptz' },
  { by: 'id', type: 'uuid' },
] as const;

/** The messages of a referral that the caller may read, oldest first. */
export function messagesPage(ctx: HubContext, referralId: string, page: PageArgs): Promise<Connection<object>> {
  const list = {
    key: 'messages',
    query: (place: PlaceOf) =>
      base
        .selectFrom('hub.referral_message')
        .select(['id', 'from_org_id', 'author_org_id', 'author_user_id', 'author_name', 'body', 'at'])
        .where('referral_id', '=', place('referral'))
        .where((eb) => eb.or([eb('from_org_id', '=', place('mine')), eb('to_org_id', '=', place('mine'))])),
    values: { referral: referralId, mine: ctx.caller?.organizationId ?? null },
    order: ORDER,
    cursors: true,
  };
  return keptPage(ctx.db, list, page, (row) => ({
    id: row.id,
    fromOrgId: row.from_org_id,
    authorOrgId: row.author_org_id,
    authorUserId: row.author_user_id,
    authorName: row.author_name,
    body: row.body,
    at: toDate(row.at),
  }));
}

/** The page of a referral whose messages the caller may no longer read. */
export const NO_MESSAGES: Connection<object> = {
  edges: [],
  pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
};
