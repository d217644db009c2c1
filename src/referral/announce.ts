import type { EntityManager } from '@mikro-orm/postgresql';
import { emit } from '../platform/events.js';
import { notify } from '../platform/live/live.js';
import type { Referral } from './referral.entity.js';
import type { Side, Status } from './referral.enums.js';

/**
 * What the letter about a step says beside it. One answer is one letter: steps that lie on the way to it have none, and
 * what was written along with it stands in the same one.
 */
export type StepLetter = 'NONE' | 'WITH_MESSAGE';

declare module '../platform/events.js' {
  interface Events {
    /** Somebody took a step; ids only. */
    'referral.moved': { referralId: string; patientId: string; to: Status; side: Side; letter?: StepLetter };
    /** A message was written. */
    'referral.message': { referralId: string; side: Side; documents?: boolean };
    /** The patient said whether the help came. */
    'referral.confirmed': { referralId: string; patientId: string };
  }
}

/** Tells whoever subscribed, in jobs that run when the transaction has committed. */
export async function announce(
  em: EntityManager,
  referral: Pick<Referral, 'id' | 'patientId'>,
  to: Status,
  side: Side,
  letter?: StepLetter,
): Promise<void> {
  const moved = { referralId: referral.id, patientId: referral.patientId, to, side };
  await emit(em, 'referral.moved', letter ? { ...moved, letter } : moved);
}

/** Both organizations' open pages learn that this referral changed, once the transaction commits. */
export async function tellBothSides(
  em: EntityManager,
  referral: Pick<Referral, 'id' | 'fromOrgId' | 'toOrgId'>,
): Promise<void> {
  await notify(em, 'inbox', referral.toOrgId, referral.id);
  await notify(em, 'sent', referral.fromOrgId, referral.id);
}

/** The agency's open pages learn that something new lies there, apart from what changed. */
export async function tellArrival(em: EntityManager, referral: Pick<Referral, 'id' | 'toOrgId'>): Promise<void> {
  await notify(em, 'arrived', referral.toOrgId, referral.id);
}
