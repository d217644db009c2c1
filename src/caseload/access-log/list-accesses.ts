import { sql } from 'kysely';
import { load, type HubContext } from '../../access/index.js';
import { OperationDb } from '../../platform/database/operation.js';
import { toDate } from '../../platform/database/rows.js';
import type { Connection, PageArgs } from '../../platform/graphql/connection.js';
import { keysetPage } from '../../platform/graphql/keyset.js';
import { Patient } from '../patient/patient.entity.js';
import type { AccessOutcome, AccessRow } from './access.types.js';

interface Tables {
  accesses: {
    id: string;
    at: string;
    actor_id: string | null;
    org_id: string;
    via: string;
    roles: AccessRow['roles'];
    action: string;
    purpose: string | null;
    outcome: AccessOutcome;
    entity: string | null;
    detail: Record<string, unknown> | null;
    times: number;
  };
}

/**
 * Who has seen or changed this person's record, the latest first. The audit is read as a role of its own, which may do
 * nothing else; the app's role may only add to it. Looking is written down too.
 */
export async function listAccesses(ctx: HubContext, patientId: string, page: PageArgs): Promise<Connection<AccessRow>> {
  const auditor = new OperationDb(ctx.platform.orm, {
    role: 'hub_auditor',
    variables: { 'hub.org_id': ctx.caller?.organizationId ?? '', statement_timeout: 5000 },
  });
  let found: Connection<AccessRow>;
  try {
    const db = (await auditor.em()).getKysely<Tables>();
    const query = db
      .selectFrom(sql<Tables['accesses']>`hub.accesses_of(${patientId})`.as<'a'>('a'))
      .select([
        'a.id',
        'a.at',
        'a.actor_id',
        'a.org_id',
        'a.via',
        'a.roles',
        'a.action',
        'a.purpose',
        'a.outcome',
        'a.entity',
        'a.detail',
        'a.times',
      ]);
    const order = [
      { by: 'a.at', type: 'timestamptz', direction: 'desc' },
      { by: 'a.id', type: 'uuid', direction: 'desc' },
    ] as const;
    found = await keysetPage(query, order, page, ({ actor_id: actorId, org_id: organizationId, at, ...row }) => ({
      ...row,
      at: toDate(at),
      actorId,
      organizationId,
    }));
  } finally {
    // Given back before the operation's own transaction opens: no operation holds two connections.
    await auditor.end();
  }
  await load(ctx, Patient, patientId);
  ctx.audit.record({ action: 'access.list', patientId, entity: 'audit', detail: { count: found.edges.length } });
  return found;
}
