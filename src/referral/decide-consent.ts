import { languageOf, type HubContext } from '../access/index.js';
import { isSensitive, sensitivityOf, type Sensitivity } from '../access/sensitivity.js';
import { findCoveringConsent } from '../caseload/index.js';
import { refuse } from '../platform/graphql/refusal.js';
import { tellBothSides } from './announce.js';
import { auditReferral } from './audit-referral.js';
import { resumeClocks } from './clock/keep-clocks.js';
import { consentEndOf } from './consent-end.js';
import { isTerminal } from './machine.js';
import { noteDisclosure } from './note-disclosure.js';
import type { Referral } from './referral.entity.js';
import { demandVersion, lockReferral, refuseAsItStands, type StepInput } from './take-step.js';

type Decided = Pick<StepInput, 'id' | 'expectedVersion'>;

/** A referral whose consent ended while it was open, locked for the decision. */
async function undecided(ctx: HubContext, input: Decided, action: string): Promise<Referral> {
  const referral = await lockReferral(ctx, input.id, 'send');
  auditReferral(ctx, referral, action);
  demandVersion(referral, input.expectedVersion);
  if (!consentEndOf(referral, ctx.clock.now()) || isTerminal(referral.status)) {
    refuseAsItStands(referral, 'NOTHING_TO_DECIDE', 'There is nothing to decide on this referral.');
  }
  return referral;
}

/** The agency goes on with what it was told before; nothing more is shared. Only for what it has answered. */
export async function keepReferral(ctx: HubContext, input: Decided): Promise<Referral> {
  const referral = await undecided(ctx, input, 'referral.consent-kept');
  if (!referral.answeredAt) {
    refuseAsItStands(
      referral,
      'NOT_ANSWERED',
      'The agency has not answered and cannot see it any more. Withdraw it, or ask the patient for a new consent.',
    );
  }
  const now = ctx.clock.now();
  referral.consentDecision = 'KEPT';
  referral.consentDecidedAt = now;
  referral.consentDecidedBy = ctx.caller?.userId ?? null;
  referral.updatedAt = now;
  const em = await ctx.db.em();
  // It goes on for those who are left, and the agency has what was left of its time.
  if (referral.personDiedAt) await resumeClocks(em, referral, now);
  await em.flush();
  await tellBothSides(em, referral);
  return referral;
}

/** Sensitive classes that a referral reveals, as far as it kept them. */
function classesOf(referral: Referral): Sensitivity[] {
  const own = referral.categories.map((category) => sensitivityOf(category));
  const all = [...own, referral.sensitivity, ...(referral.part2 ? (['SUBSTANCE_USE'] as const) : [])];
  return [...new Set(all)].filter((one) => isSensitive(one));
}

/** It goes on as before with a new consent of the patient, which must cover all of it. The agency sees it again. */
export async function renewReferralConsent(ctx: HubContext, input: Decided): Promise<Referral> {
  const referral = await undecided(ctx, input, 'referral.consent-renewed');
  if (referral.personDiedAt) {
    refuseAsItStands(
      referral,
      'PERSON_DIED',
      'The person has died: nobody can agree for them. Withdraw it, or keep it where it still helps others.',
    );
  }
  const em = await ctx.db.em();
  const now = ctx.clock.now();
  const { consent, missing } = await findCoveringConsent(em, referral.patientId, {
    granteeOrganizationId: referral.toOrgId,
    categories: referral.categories,
    sensitivities: classesOf(referral),
    purpose: 'REFERRAL',
    at: now,
  });
  if (!consent) {
    return refuse('CONSENT_MISSING', missing.map((words) => words[languageOf(ctx)]).join(' '), 'id', { referral });
  }
  await em.execute('select hub.renew_consent(?, ?, ?, ?)', [
    referral.id,
    consent.id,
    ctx.caller?.userId ?? null,
    now.toISOString(),
  ]);
  await em.refresh(referral);
  await noteDisclosure(ctx, referral, [...referral.shared.map((item) => item.key), 'request']);
  await tellBothSides(em, referral);
  return referral;
}
