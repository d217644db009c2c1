import { asTask, type OperationDb } from '../platform/database/operation.js';
import type { Feature } from '../platform/feature.js';
import { defineTask } from '../platform/jobs/task.js';

/** Months of the audit that are ready beforehand: a hub that stood still for less loses no write when it wakes. */
const MONTHS_AHEAD = 6;
/** A retry comes within minutes; a key is kept long enough for a phone that was in a drawer over a holiday. */
const KEYS_KEPT_DAYS = 30;

/** Makes the audit's months ahead. A month that is missing fails every write that is audited, and loudly. */
async function makeAuditMonths(db: OperationDb): Promise<void> {
  await db.write((em) =>
    em.execute(
      `select hub.audit_partition((date_trunc('month', now()) + make_interval(months => m))::date) from generate_series(0, ?) m`,
      [MONTHS_AHEAD],
    ),
  );
}

/** Every day, because a task that runs once a month is one that fails once a year. */
export const auditMonths = defineTask<Record<string, never>>('access.audit-months', (_, { db }) => makeAuditMonths(db));

/** Forgets the keys of mutations that nobody will retry any more. */
export const clearKeys = defineTask<Record<string, never>>('access.clear-keys', (_, { db, platform }) =>
  db.write(async (em) => {
    const before = new Date(platform.clock.now().getTime() - KEYS_KEPT_DAYS * 86_400_000);
    await em.execute('delete from hub.idempotency_key where created_at < ?', [before]);
  }),
);

/** What keeps the audit and the keys of mutations going. */
export const access: Feature = {
  name: 'access',
  tasks: [auditMonths, clearKeys],
  crons: [
    { task: auditMonths, match: '7 8 * * *' },
    { task: clearKeys, match: '27 8 * * *' },
  ],
  // Before anybody calls: whoever starts a hub after a long pause must not wait for the night.
  open: async ({ orm }) => makeAuditMonths(asTask(orm)),
};
