import type { EntityManager } from '@mikro-orm/postgresql';
import { load, type HubContext } from '../../access/index.js';
import { emit } from '../../platform/events.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { NeedStepError } from './machine.js';
import { Need } from './need.entity.js';
import { recordAccess } from '../../caseload/index.js';

const LONGEST_NOTE = 1000;

/** A note as it is kept; refused when too long. */
export function noteOf(note: string | null | undefined): string | null {
  const text = note?.trim() || null;
  return text && text.length > LONGEST_NOTE
    ? refuse('TOO_LONG', `Use at most ${LONGEST_NOTE} characters.`, 'note')
    : text;
}

/** One step of a need. A step that its status does not allow is refused; of two at once, the second is a CONFLICT. */
export async function changeNeed(
  ctx: HubContext,
  input: { id: string; note?: string | null },
  action: string,
  step: (need: Need, now: Date) => void,
): Promise<Need> {
  const note = noteOf(input.note);
  const need = await load(ctx, Need, input.id, 'update');
  try {
    step(need, ctx.clock.now());
  } catch (error) {
    if (!(error instanceof NeedStepError)) throw error;
    refuse(
      'NEED_NOT_THERE',
      'This need has moved on, so this step is not possible. Load it again to see where it stands.',
    );
  }
  if (note) need.note = note;
  const em = await ctx.db.em();
  await em.flush();
  await emit(em, 'need.changed', { needId: need.id, patientId: need.patientId });
  recordAccess(ctx, { action, patientId: need.patientId, entity: 'need', entityId: need.id });
  return need;
}

/** For a referral that is sent: a confirmed need is being addressed from now on. */
export function markBeingAddressed(need: Need, now: Date): void {
  need.address(now);
}

/** For a referral that ended: help came (MET), or the need waits for help again (OPEN). Nothing when it ended already. */
export function resolveNeedAs(need: Need, outcome: 'MET' | 'OPEN', now: Date, note: string | null): void {
  if (need.status !== 'CONFIRMED' && need.status !== 'BEING_ADDRESSED') return;
  if (outcome === 'MET') need.resolve('MET', now);
  else if (need.status === 'BEING_ADDRESSED') need.waitAgain(now);
  if (note?.trim()) need.note = note.trim();
}

/** For referrals that ended without help: needs that nothing else is under way for wait for help again. */
export async function reopenNeeds(em: EntityManager, ids: readonly string[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  const needs = await em.find(Need, { id: { $in: [...ids] }, status: 'BEING_ADDRESSED' });
  for (const need of needs) need.waitAgain(now);
  await em.flush();
  for (const need of needs) await emit(em, 'need.changed', { needId: need.id, patientId: need.patientId });
}
