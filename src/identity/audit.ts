import type { Role } from '../access/permissions.js';
import { newId } from '../platform/id.js';
import type { Db } from './transaction.js';

/** What happened at the door, for the organization whose member it was. */
export interface DoorEntry {
  /** `session.sign-in`, `session.sign-out`, `session.switch`, `account.password`, `account.second-factor`, `member.accept`, `member.second-factor`. */
  action: string;
  /** null for somebody who is nobody's member: then nothing is written, in the same time. */
  organizationId: string | null;
  /** Who did it. */
  userId: string;
  /** Whose account it was about, when it was another's. */
  about?: string;
  roles: readonly Role[];
  outcome?: 'ALLOWED' | 'REFUSED';
  requestId: string | null;
  /** Codes only: never an address, a name or what was typed. */
  detail?: Record<string, string | number | boolean>;
}

/** Writes an entry as the sign-in role. When it cannot be written, what it stands for fails. */
export async function auditDoor(db: Db, entry: DoorEntry): Promise<void> {
  const {
    organizationId,
    userId,
    about = userId,
    roles,
    action,
    outcome = 'ALLOWED',
    requestId,
    detail = null,
  } = entry;
  await db.query(
    `insert into hub.audit (id, org_id, actor_id, via, roles, action, outcome, entity, entity_id, request_id, detail)
     select $1, $2, $3, 'SESSION', $4, $5, $6, 'User', $9, $7, $8 where $2::uuid is not null`,
    [newId(), organizationId, userId, roles, action, outcome, requestId, detail && JSON.stringify(detail), about],
  );
}
