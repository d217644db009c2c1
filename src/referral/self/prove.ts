import { timingSafeEqual } from 'node:crypto';
import { LockMode } from '@mikro-orm/postgresql';
import type { HubContext } from '../../access/index.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { SelfRequest } from './self-request.entity.js';
import { SELF_ORG } from './self-org.js';
import { codeOf } from './self.tasks.js';

const MOST_WRONG = 5;

export type Proved = { state: 'RIGHT'; request: SelfRequest } | { state: 'WRONG' | 'ENDED' };

/** Whether this is the code of the request; a wrong one is counted, and after five the request is over. */
export async function prove(as: HubContext, ticket: string, typed: string | null | undefined): Promise<Proved> {
  const em = await as.db.em();
  const request = await em.findOne(
    SelfRequest,
    { id: ticket, orgId: SELF_ORG },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  if (!request || request.wrong >= MOST_WRONG || request.expiresAt <= as.clock.now()) return { state: 'ENDED' };
  // A number that is called: whoever answers there is the proof, and the agency knows that there is no other.
  if (request.way === 'CALL') return { state: 'RIGHT', request };
  const code = (typed ?? '').replace(/\D/g, '');
  const right = Buffer.from(codeOf(as.platform.config.secret, request.id));
  if (code.length === 6 && timingSafeEqual(Buffer.from(code), right)) return { state: 'RIGHT', request };
  request.wrong += 1;
  await em.flush();
  return { state: 'WRONG' };
}

export const wrongCode = (): never => refuse('WRONG_CODE', 'This is not the code. Look again at what we sent.', 'code');
export const codeEnded = (): never =>
  refuse('CODE_ENDED', 'This code does not work any more. Ask for a new one.', 'code');
