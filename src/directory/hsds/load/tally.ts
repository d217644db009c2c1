import { entityNames, type EntityName } from '../model.js';
import type { Problem } from '../problems.js';

/** What became of a table's rows; read = created + updated + unchanged + taken + rejected + duplicate + skipped. */
export interface EntityCounts {
  read: number;
  created: number;
  updated: number;
  unchanged: number;
  /** Its id belongs to another source. */
  taken: number;
  rejected: number;
  duplicate: number;
  skipped: number;
  /** Details of listings that the source no longer has. */
  removed: number;
}

const zero: Readonly<EntityCounts> = {
  read: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  taken: 0,
  rejected: 0,
  duplicate: 0,
  skipped: 0,
  removed: 0,
};

/** Counts rows by table. */
export class Tally {
  readonly #counts = new Map<EntityName, EntityCounts>();

  of(entity: EntityName): EntityCounts {
    const known = this.#counts.get(entity);
    if (known) return known;
    const fresh = { ...zero };
    this.#counts.set(entity, fresh);
    return fresh;
  }

  /** Counts the row that a problem kept out, if it did. */
  problem({ severity, code, entity }: Problem): void {
    const became = outcomeOf(severity, code);
    if (!entity || !became) return;
    this.of(entity)[became] += 1;
    this.of(entity).read += 1;
  }

  counts(): Partial<Record<EntityName, EntityCounts>> {
    const known = entityNames.filter((entity) => this.#counts.has(entity));
    return Object.fromEntries(known.map((entity) => [entity, this.of(entity)]));
  }
}

function outcomeOf(
  severity: Problem['severity'],
  code: Problem['code'],
): 'duplicate' | 'skipped' | 'rejected' | undefined {
  if (code === 'DUPLICATE_ID' || code === 'REPEATED') return 'duplicate';
  if (code === 'NO_HOURS') return 'skipped';
  return severity === 'ERROR' ? 'rejected' : undefined;
}
