import { request } from '#lib/api/index';
import {
  SettleImportConflictsDocument,
  SettleRetireProposalsDocument,
  UndoConflictBatchDocument,
  UndoRetireBatchDocument,
  type ConflictDecision,
  type ConflictFilter,
  type RetireDecision,
  type RetireFilter,
} from '#lib/gql/graphql';
import type { Refusable } from '#lib/form/form.svelte';

export interface Went {
  /** The answer that refused, or the last one. */
  answer: Refusable;
  batch: string | null;
  done: number;
  left: number;
}

interface Step extends Refusable {
  batch?: string | null;
  done?: number | null;
  left?: number | null;
  next?: string | null;
}

/** Goes on step by step until all is done: the hub does some hundred at a time, so that nobody waits for it. */
async function through(ask: (before: Step | undefined) => Promise<Step>, tell: (done: number) => void): Promise<Went> {
  let step: Step | undefined;
  let [done, left] = [0, 0];
  do {
    step = await ask(step);
    done += step.done ?? 0;
    left += step.left ?? 0;
    tell(done);
  } while (step.next);
  return { answer: step, batch: step.batch ?? null, done, left };
}

export const decideMany = (
  filter: RetireFilter,
  decision: RetireDecision,
  expected: number,
  tell: (done: number) => void,
): Promise<Went> =>
  through(async (before) => {
    const input = { filter, decision, expected, batchId: before?.batch ?? null, after: before?.next ?? null };
    return (await request(SettleRetireProposalsDocument, { input })).settleRetireProposals;
  }, tell);

export const takeBackMany = (batchId: string, tell: (done: number) => void): Promise<Went> =>
  through(async (before) => {
    const input = { batchId, after: before?.next ?? null };
    return (await request(UndoRetireBatchDocument, { input })).undoRetireBatch;
  }, tell);

export const settleMany = (
  filter: ConflictFilter,
  decision: ConflictDecision,
  expected: number,
  tell: (done: number) => void,
): Promise<Went> =>
  through(async (before) => {
    const input = { filter, decision, expected, batchId: before?.batch ?? null, after: before?.next ?? null };
    return (await request(SettleImportConflictsDocument, { input })).settleImportConflicts;
  }, tell);

export const unsettleMany = (batchId: string, tell: (done: number) => void): Promise<Went> =>
  through(async (before) => {
    const input = { batchId, after: before?.next ?? null };
    return (await request(UndoConflictBatchDocument, { input })).undoConflictBatch;
  }, tell);
