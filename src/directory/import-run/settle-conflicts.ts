import { sql } from 'kysely';
import type { HubContext } from '../../access/index.js';
import { Refusal, refuse } from '../../platform/graphql/refusal.js';
import { newId } from '../../platform/id.js';
import { conflictPreview, nextDiffering, nextSettled } from './conflicts-together.queries.js';
import type { SettleImportConflictsInput, UndoConflictBatchInput } from './conflicts-together.types.js';
import { AT_ONCE } from './decided-together.types.js';
import { settleConflict, undoConflict } from './settle-conflict.js';

interface Step {
  batch: string;
  done: number;
  left: number;
  next: string | null;
}

/** Decides the next of many differences. What an agency set itself is not among them. */
export async function settleConflicts(ctx: HubContext, input: SettleImportConflictsInput): Promise<Step> {
  const { filter, decision, expected } = input;
  const db = (await ctx.db.em()).getKysely<unknown>();
  // A source may have been imported since: what nobody has seen is not decided along.
  if (!input.batchId && (await conflictPreview(db, filter)).total > expected) {
    refuse('CHANGED_SINCE', 'More has come in since you looked. Look again.');
  }
  const batch = input.batchId ?? newId();
  const found = await nextDiffering(db, filter, input.after ?? null);
  for (const id of found) await settleConflict(ctx, id, decision);
  await sql`update hub.import_conflict set batch_id = ${batch}::uuid where id = any (${found}::uuid[])`.execute(db);
  return { batch, done: found.length, left: 0, next: nextOf(found) };
}

/** Takes the next of many decisions back. What somebody has changed again since stays as it is. */
export async function undoConflicts(ctx: HubContext, input: UndoConflictBatchInput): Promise<Step> {
  const db = (await ctx.db.em()).getKysely<unknown>();
  const found = await nextSettled(db, input.batchId, input.after ?? null);
  const done: string[] = [];
  for (const id of found) {
    try {
      await undoConflict(ctx, id);
      done.push(id);
    } catch (error) {
      // Who refuses does so before anything is written.
      if (!(error instanceof Refusal)) throw error;
    }
  }
  await sql`update hub.import_conflict set batch_id = null where id = any (${done}::uuid[])`.execute(db);
  return { batch: input.batchId, done: done.length, left: found.length - done.length, next: nextOf(found) };
}

const nextOf = (found: readonly string[]): string | null => (found.length < AT_ONCE ? null : (found.at(-1) ?? null));
