import type { EntityManager } from '@mikro-orm/postgresql';
import type { Repeated } from '../platform/database/client.js';
import { outgoing } from '../platform/database/operation.js';
import { newId } from '../platform/id.js';
import type { Caller } from './caller.js';

/** One thing that happened to a person's record. */
export interface AuditEntry {
  /** A verb in the domain's words, such as `patient.read`, `referral.accept`, `patient.search`. */
  action: string;
  patientId?: string | null;
  /** Everybody whom a list showed; one entry for each organization that keeps their records. */
  patientIds?: readonly string[];
  /** Which organization keeps the person's record; the caller's own when left out. */
  patientOrganizationId?: string | null;
  entity?: string;
  entityId?: string | null;
  purpose?: string;
  consentId?: string | null;
  /** Counts, codes and ids only: never names, notes or what was typed. */
  detail?: Record<string, string | number | boolean | null | readonly string[]>;
}

/** What was read of one patient, or of all in a list. */
export const ofPatients = (ids: readonly string[]): Pick<AuditEntry, 'patientId' | 'patientIds'> =>
  ids.length === 1 ? { patientId: ids[0] ?? null } : { patientIds: ids };

type Outcome = 'ALLOWED' | 'REFUSED';

interface Row {
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
  patient_ids: string[] | null;
  patient_org_id: string | null;
  purpose: string | null;
  consent_id: string | null;
  request_id: string | null;
  detail: AuditEntry['detail'] | null;
}

/** What is written, with the types of the columns. */
const COLUMN_TYPES = {
  id: 'uuid',
  org_id: 'uuid',
  actor_id: 'uuid',
  via: 'text',
  roles: 'text[]',
  action: 'text',
  outcome: 'text',
  entity: 'text',
  entity_id: 'uuid',
  patient_id: 'uuid',
  patient_ids: 'uuid[]',
  patient_org_id: 'uuid',
  purpose: 'text',
  consent_id: 'uuid',
  request_id: 'text',
  detail: 'jsonb',
} as const satisfies Record<keyof Row, string>;

const COLUMNS = Object.keys(COLUMN_TYPES) as (keyof typeof COLUMN_TYPES)[];
const TYPES = Object.values(COLUMN_TYPES);
/** So many lines go into one statement, which a page of referrals from twenty senders is; more run one by one. */
const TOGETHER = 20;

/** The statement that inserts so many lines at once. */
function insertOf(count: number): Omit<Repeated, 'runs'> {
  const lines = Array.from({ length: count }, (_, line) => {
    const places = COLUMNS.map((__, column) => `$${line * COLUMNS.length + column + 1}`);
    return `(${places.join(', ')})`;
  });
  return {
    name: `hub_audit_${lines.length}`,
    types: lines.flatMap(() => TYPES),
    text: `insert into hub.audit (${COLUMNS.join(', ')}) values ${lines.join(', ')}`,
  };
}
/** Those that each connection keeps. */
const INSERTS = Array.from({ length: TOGETHER }, (_, at) => insertOf(at + 1));

/** A value as PostgreSQL reads it from text: lists as array literals, notes as JSON. */
function textOf(value: string | readonly string[] | AuditEntry['detail'] | null): string | null {
  if (value === null || value === undefined || typeof value === 'string') return value ?? null;
  return Array.isArray(value) ? `{${value.map((item) => JSON.stringify(item)).join(',')}}` : JSON.stringify(value);
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

  /** Forgets what was recorded since `from`: its transaction was rolled back, and it is done anew. */
  undone(from: number): void {
    this.#pending.length = from;
  }

  /** Marks what was recorded since `from` as attempted but refused: its transaction was rolled back. */
  refused(from: number): void {
    for (const item of this.#pending.slice(from)) item.outcome = 'REFUSED';
  }

  /**
   * Writes everything collected so far with what the transaction of `em` writes last. When that fails, it waits here
   * again. It never reads back: the app may only insert.
   */
  async flush(em: EntityManager): Promise<void> {
    const lines = this.#lines();
    if (lines.length === 0) return;
    const taken = this.#pending;
    this.#pending = [];
    const { text } = INSERTS[lines.length - 1] ?? insertOf(lines.length);
    const lost = (): void => void (this.#pending = [...taken, ...this.#pending]);
    await outgoing(em, (out) => out.write({ text, values: lines.flat(), lost }));
  }

  /** The same behind the reads of an operation, where it costs a third. */
  statement(): Repeated {
    const lines = this.#lines();
    const together = INSERTS[lines.length - 1];
    if (together) return { ...together, runs: [lines.flat()] };
    const [alone] = INSERTS;
    if (!alone) throw new Error('There is a statement for one line');
    return { ...alone, runs: lines };
  }

  /** Everything collected so far stands in the audit. */
  written(): void {
    this.#pending = [];
  }

  #lines(): (string | null)[][] {
    return this.#rows().map((row) => COLUMNS.map((column) => textOf(row[column])));
  }

  #rows(): Row[] {
    const { actor } = this;
    if (!actor) return [];
    return this.#pending.map(({ entry, outcome }) => ({
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
      patient_ids: entry.patientIds?.length ? [...new Set(entry.patientIds)] : null,
      patient_org_id:
        entry.patientOrganizationId ?? (entry.patientId || entry.patientIds?.length ? actor.organizationId : null),
      purpose: entry.purpose ?? null,
      consent_id: entry.consentId ?? null,
      request_id: this.requestId,
      detail: entry.detail ?? null,
    }));
  }
}

/** Writes one thing that background work did to a person's record, in the transaction of `em`. */
export async function taskAudit(em: EntityManager, organizationId: string, entry: AuditEntry): Promise<void> {
  const audit = new Audit({ organizationId, userId: null, roles: [], via: 'TASK' });
  audit.record(entry);
  await audit.flush(em);
}
