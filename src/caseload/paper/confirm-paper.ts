import { LockMode } from '@mikro-orm/postgresql';
import { Field, ID, InputType } from 'type-graphql';
import { load, type HubContext } from '../../access/index.js';
import { emit } from '../../platform/events.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { Consent } from '../consent/consent.entity.js';
import { EVIDENCE_TYPES } from '../consent/evidence.js';
import { Patient } from '../patient/patient.entity.js';
import { personOf } from '../patient/scope.js';
import { recordAccess } from '../record-access.js';
import { tellPaper } from './my-sent-papers.js';
import { paperForUpdate, type PersonPaper } from './person-paper.js';

@InputType({ description: 'That a paper is the signature under a consent.' })
export class ConfirmPaperInput {
  @Field(() => ID, { description: 'The paper: a picture or a PDF.' })
  paperId!: string;

  @Field(() => ID, { description: 'A consent of the same patient that holds and has no signature or scan yet.' })
  consentId!: string;
}

/**
 * A member of the care team says that a paper is the signature under a consent: from then on it is kept as its evidence.
 * Never by itself: whoever has the link of a page could send any paper.
 */
export async function confirmPaper(ctx: HubContext, { paperId, consentId }: ConfirmPaperInput): Promise<PersonPaper> {
  const paper = await paperForUpdate(ctx, paperId);
  await load(ctx, Patient, paper.patientId, 'consent', { what: 'Paper' });
  const em = await ctx.db.em();
  const consent = await em.findOne(
    Consent,
    { id: consentId, patientId: paper.patientId, careOrgId: ctx.caller?.organizationId ?? null },
    { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
  );
  const now = ctx.clock.now();
  if (!consent?.effectiveAt(now)) {
    return refuse('CONSENT_ENDED', 'Choose a consent of this person that holds now.', 'consentId');
  }
  if (paper.consentId === consentId) return paper;
  if (paper.consentId) refuse('PROVES_ANOTHER', 'This paper is kept with another consent already.', 'paperId');
  if (consent.evidenceFileId) {
    refuse(
      'HAS_EVIDENCE',
      'This consent has its signature already. Record a new one if the paper says more.',
      'consentId',
    );
  }
  if (!EVIDENCE_TYPES.includes(paper.type)) {
    refuse('NOT_A_PICTURE', 'A signature is kept as a photo or a PDF. Ask for one of these.', 'paperId');
  }
  consent.evidenceFileId = paperId;
  await em.flush();
  await ctx.db.query(
    `update hub.person_paper set consent_id = $2, confirmed_at = $3, confirmed_by = $4,
       seen_at = coalesce(seen_at, $3), seen_by = coalesce(seen_by, $4) where file_id = $1`,
    [paperId, consentId, now.toISOString(), personOf(ctx)],
  );
  const { patientId } = paper;
  recordAccess(ctx, { action: 'paper.confirm', patientId, entity: 'consent', entityId: consentId, consentId });
  await emit(em, 'patient.changed', { patientId });
  await tellPaper(ctx, paperId);
  return { ...paper, consentId, confirmedAt: now, seenAt: paper.seenAt ?? now };
}
