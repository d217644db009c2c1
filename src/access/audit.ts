import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '../platform/id.js';
import type { Caller } from './caller.js';

/** One thing that happened to a person's record. */
export interface AuditEntry {
  /** A verb in the domain's words, such as `patient.read`, `referral.accept`, `patient.search`. */
  action: string;
  patientId?: string | null;
  /** Which organization keeps the person's record; the caller's own when left out. */
  patientOrganizationId?: string | null;
  entity?: string;
  entityId?: string | null;
  purpose?: string;
  consentId?: string | null;
  /** Counts, codes and ids only: never names, notes or what was typed. */
  detail?: Record<string, string | number | boolean | null | readonly string[]>;
}

type Outcome = 'ALLOWED' | 'REFUSED';

interface AuditTables {
  'hub.audit': {
    id: string;
    org_id: string;
    actor_id: string | null;
    via: string;
    roles: string[];
    action: string;
    outcome: Outcome;
    entity: string | null;
    entity_id: string | null;
    patient_id: string | null;
    patient_org_id: string | null;
    purpose: string | null;
    consent_id: string | null;
    request_id: string | null;
    detail: string | null;
  };
}

/** Who is written beside each entry. */
export type AuditActor = Pick<Caller, 'organizationId' | 'userId' | 'roles'> & { via: Caller['via'] | 'TASK' };

/**
 * Collects what an operation did to people's records. A mutation writes it in its own transaction; what was only read
 * is written before the answer leaves. When it cannot be written, the operation fails.
 */
export class Audit {
  #pending: { entry: AuditEntry; outcome: Outcome }[] = [];

  constructor(
    readonly actor: AuditActor | null,
    readonly requestId: string | null = null,
  ) {}

  record(entry: AuditEntry): void {
    if (!this.actor) throw new Error('An audited action without a caller');
    this.#pending.push({ entry, outcome: 'ALLOWED' });
  }

  get waiting(): number {
    return this.#pending.length;
  }

  /** Marks what was recorded since `from` as attempted but refused: its transaction was rolled back. */
  refused(from: number): void {
    for (const item of this.#pending.slice(from)) item.outcome = 'REFUSED';
  }

  /** Writes everything collected so far, in the transaction of `em`. It never reads back: the app may only insert. */
  async flush(em: EntityManager): Promise<void> {
    const { actor } = this;
    const items = this.#pending;
    if (!actor || items.length === 0) return;
    const rows = items.map(({ entry, outcome }) => ({
      id: newId(),
      org_id: actor.organizationId,
      actor_id: actor.userId,
      via: actor.via,
      roles: [...actor.roles],
      action: entry.action,
      outcome,
      entity: entry.entity ?? null,
      entity_id: entry.entityId ?? null,
      patient_id: entry.patientId ?? null,
      patient_org_id: entry.patientOrganizationId ?? (entry.patientId ? actor.organizationId : null),
      purpose: entry.purpose ?? null,
      consent_id: entry.consentId ?? null,
      request_id: this.requestId,
      detail: entry.detail ? JSON.stringify(entry.detail) : null,
    }));
    await em.getKysely<AuditTables>().insertInto('hub.audit').values(rows).execute();
    this.#pending = [];
  }
}
