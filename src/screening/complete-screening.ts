import { LockMode, type EntityManager } from '@mikro-orm/postgresql';
import { load, type HubContext } from '../access/index.js';
import { OPEN_NEED, Patient, recordAccess } from '../caseload/index.js';
import { emit } from '../platform/events.js';
import { refuse } from '../platform/graphql/refusal.js';
import { newId } from '../platform/id.js';
import { careTeam, dropAnswers, keepAnswers, readAnswers, type Recorder } from './answers.js';
import { byLinkId, enabledItems } from './enabled.js';
import { instrumentOf } from './instruments.js';
import { Need } from './need/need.entity.js';
import { endPasses } from './pass/end-passes.js';
import { scoreScreening, type PossibleNeed } from './score.js';
import { Screening } from './screening.entity.js';

/** What is kept for a question that nobody answered. */
const NOT_ANSWERED = 'Not answered';
/** This category gathers what has none of its own, so its needs are told apart by their label. */
const UNSPECIFIED = 'sdoh-category-unspecified';

/** Ends a screening: what was not answered is said so, scores are kept, and what answers point to becomes possible needs. */
export async function completeScreening(
  ctx: HubContext,
  id: string,
  hand: Recorder = careTeam(ctx),
): Promise<Screening> {
  const screening = await load(ctx, Screening, id, 'answer', { lock: LockMode.PESSIMISTIC_WRITE });
  if (screening.status !== 'IN_PROGRESS') return screening;
  // Two forms that end at once find each other's needs: one open need a category.
  await load(ctx, Patient, screening.patientId, 'screen', { lock: LockMode.PESSIMISTIC_WRITE });
  const em = await ctx.db.em();
  const now = ctx.clock.now();
  const instrument = await instrumentOf(ctx, screening.instrumentKey, screening.instrumentVersion);
  const kept = await readAnswers(em, screening);
  const answered = byLinkId(kept);
  const asked = enabledItems(instrument, answered);
  const open = asked.filter((item) => !answered.has(item.linkId));
  const must = open.filter((item) => item.required);
  if (must.length > 0) refuse('REQUIRED_OPEN', 'Answer the questions that must be answered, or say why not.');
  const missing = open.map(({ linkId }) => ({ linkId, absent: 'NOT_ASKED' as const, absentText: NOT_ANSWERED }));
  await dropAnswers(
    em,
    screening,
    kept.filter(({ linkId }) => !asked.some((item) => item.linkId === linkId)),
    now,
  );
  await keepAnswers(em, screening, instrument, missing, hand, now);
  const ageYears = screening.ageYears ?? null;
  const { scores, possibleNeeds } = scoreScreening(instrument, [...kept, ...missing], { ageYears });
  screening.complete(scores, hand, now);
  await endPasses(em, screening, now);
  const needs = await keepNeeds(em, screening, possibleNeeds, now);
  await em.flush();
  const { patientId } = screening;
  await emit(em, 'screening.completed', { screeningId: id, patientId });
  const detail = { needs: needs.length, unanswered: missing.length };
  recordAccess(ctx, {
    action: 'screening.complete',
    purpose: 'CARE_COORDINATION',
    patientId,
    entity: 'screening',
    entityId: id,
    detail,
  });
  return screening;
}

/** One open need a category: what is open already is shown the new evidence, the rest is added as possible. */
async function keepNeeds(
  em: EntityManager,
  screening: Screening,
  found: readonly PossibleNeed[],
  now: Date,
): Promise<Need[]> {
  const { id: screeningId, careOrgId, patientId } = screening;
  const open = await em.find(Need, { careOrgId, patientId, status: { $in: [...OPEN_NEED] } });
  const touched = new Set<Need>();
  for (const possible of found) {
    const { category, sensitivity, evidence, icd10cm, snomed } = possible;
    const label = possible.label.en;
    const same = open.find((need) => need.category === category && (category !== UNSPECIFIED || need.label === label));
    if (same) {
      same.refresh(screeningId, touched.has(same) ? [...same.evidence, ...evidence] : evidence, now);
      if (sensitivity !== 'NONE' && same.sensitivity === 'NONE') same.sensitivity = sensitivity;
      touched.add(same);
      continue;
    }
    const facts = { category, sensitivity, label, evidence, icd10cm, snomed, status: 'POSSIBLE' as const };
    const dates = { identifiedAt: now, createdAt: now, updatedAt: now };
    const need = em.create(Need, { id: newId(), careOrgId, patientId, screeningId, ...facts, ...dates, version: 1 });
    open.push(need);
    touched.add(need);
  }
  return [...touched];
}
