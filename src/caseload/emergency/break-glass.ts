import { load, type HubContext } from '../../access/index.js';
import { afterRightProof, beforeProof } from '../../identity/index.js';
import { once } from '../../platform/graphql/idempotency.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { newId } from '../../platform/id.js';
import { enqueue } from '../../platform/jobs/enqueue.js';
import { personOf } from '../patient/scope.js';
import { recordAccess } from '../record-access.js';
import { EmergencyAccess } from './emergency.entity.js';
import type { BreakGlassInput } from './emergency.inputs.js';
import { tellOfficers } from './tell-officers.task.js';

/** Openings of one person in a day: who needs more has a care team that is too small. */
const MOST_A_DAY = 10;
const OPEN = 'select hub.break_glass($1, $2, $3, $4, $5, $6, $7, $8) as person';
const TODAY = `select count(*)::int as n from hub.emergency_access where user_id = $1 and opened_at > now() - interval '1 day'`;

function reasonOf(input: BreakGlassInput): { words: string; nature: string | null } {
  const words = input.words.trim();
  const nature = input.nature?.trim() || null;
  if (words.length < 10) refuse('REQUIRED', 'Say in a sentence what has happened.', 'words');
  if (words.length > 1000) refuse('TOO_LONG', 'Use at most 1000 characters.', 'words');
  if (nature && input.reason !== 'MEDICAL_EMERGENCY') {
    refuse('NOT_MEDICAL', 'Only a medical emergency has this.', 'nature');
  }
  if (nature && (nature.length < 3 || nature.length > 500)) {
    refuse('NOT_A_NATURE', 'Say in a few words what kind of emergency it is.', 'nature');
  }
  return { words, nature };
}

/** Opens a protected record for an hour. Whoever guesses names gets five tries an hour, and each stands in the audit. */
export async function breakGlass(ctx: HubContext, input: BreakGlassInput): Promise<EmergencyAccess> {
  const userId = personOf(ctx);
  const { words, nature } = reasonOf(input);
  const { patientId = null, givenName = null, familyName = null, birthDate = null, reason } = input;
  if (!patientId && !(givenName?.trim() && familyName?.trim() && birthDate)) {
    refuse('REQUIRED', 'Enter the whole name and the date of birth.', 'familyName');
  }
  const id = await once(ctx, input.idempotencyKey, 'breakGlass', input, async () => {
    const proof = `emergency ${userId}`;
    await beforeProof(ctx, proof);
    const [today] = await ctx.db.query<{ n: number }>(TODAY, [userId]);
    if ((today?.n ?? 0) >= MOST_A_DAY) refuse('TOO_MANY', 'You opened enough protected records for today.');
    const access = newId();
    const who = [patientId, givenName?.trim(), familyName?.trim(), birthDate];
    const [found] = await ctx.db.query<{ person: string | null }>(OPEN, [access, ...who, reason, words, nature]);
    const person = found?.person;
    if (!person) {
      ctx.audit.record({ action: 'emergency.look-up', entity: 'patient', detail: { reason } });
      return refuse('NO_SUCH_RECORD', 'We found no such record. Check the name and the date of birth.', 'familyName');
    }
    await afterRightProof(ctx, proof);
    const em = await ctx.db.em();
    await enqueue(em, tellOfficers, { accessId: access });
    const detail = { reason, ...(nature && { part2: true }) };
    recordAccess(ctx, { action: 'emergency.open', patientId: person, entity: 'emergency_access', entityId: access, purpose: 'BREAK_GLASS', detail }); // prettier-ignore
    return access;
  });
  return load(ctx, EmergencyAccess, id);
}
