import { LockMode } from '@mikro-orm/postgresql';
import { load, type HubContext } from '../../access/index.js';
import { sensitivityOf } from '../../access/sensitivity.js';
import { OPEN_NEED, Patient, recordAccess } from '../../caseload/index.js';
import { sdohCategory } from '../../directory/index.js';
import { emit } from '../../platform/events.js';
import { once } from '../../platform/graphql/idempotency.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { newId } from '../../platform/id.js';
import type { AddNeedInput } from '../screening.inputs.js';
import { noteOf } from './change-need.js';
import { Need } from './need.entity.js';

/** Adds a need that came up in talk, confirmed from the start. Returns its id. */
export async function addNeed(ctx: HubContext, input: AddNeedInput): Promise<string> {
  const note = noteOf(input.note);
  const patient = await load(ctx, Patient, input.patientId, 'addNeed', { lock: LockMode.PESSIMISTIC_WRITE });
  const known = categoryFacts(input.category);
  if (!known) return refuse('UNKNOWN_CATEGORY', 'Choose a kind of need.', 'category');
  const label = input.label?.trim() || known.label;
  if (label.length > 200) refuse('TOO_LONG', 'Use at most 200 characters.', 'label');
  return once(ctx, input.idempotencyKey, 'addNeed', input, async () => {
    const em = await ctx.db.em();
    const { id: patientId, careOrgId } = patient;
    const category = input.category;
    const open = await em.find(Need, { patientId, careOrgId, category, status: { $in: [...OPEN_NEED] } });
    if (open.some((need) => !known.unspecified || need.label === label)) {
      refuse('ALREADY_OPEN', 'This patient has such a need already: go on with that one.', 'category');
    }
    const now = ctx.clock.now();
    const need = em.create(Need, {
      id: newId(),
      careOrgId,
      patientId,
      category,
      sensitivity: sensitivityOf(category),
      label,
      status: 'CONFIRMED',
      wantsHelp: input.wantsHelp,
      evidence: [],
      icd10cm: known.icd10cm,
      snomed: known.snomed,
      identifiedAt: now,
      confirmedAt: now,
      confirmedBy: ctx.caller?.userId ?? null,
      agreedBy: 'PATIENT',
      note,
      version: 1,
      createdAt: now,
      updatedAt: now,
    });
    await em.flush();
    await emit(em, 'need.changed', { needId: need.id, patientId });
    recordAccess(ctx, { action: 'need.add', patientId, entity: 'need', entityId: need.id });
    return need.id;
  });
}

function categoryFacts(code: string) {
  const facts = sdohCategory(code);
  return (
    facts && {
      label: facts.label.en,
      icd10cm: facts.icd10cm[0]?.code ?? null,
      snomed: facts.snomed[0]?.code ?? null,
      unspecified: code === 'sdoh-category-unspecified',
    }
  );
}
