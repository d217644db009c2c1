import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { manyBy, type HubContext } from '../access/index.js';
import { toDate } from '../platform/database/rows.js';
import { newId } from '../platform/id.js';
import type { AbsentReason, Answer } from './check-answer.js';
import { byLinkId } from './enabled.js';
import { itemOf, type Instrument } from './instrument.js';
import type { Screening } from './screening.entity.js';
import type { AnsweredVia } from './screening.words.js';

interface AnswerTables {
  'hub.screening_answer': {
    screening_id: string;
    link_id: string;
    care_org_id: string;
    patient_id: string;
    question_loinc: string | null;
    answer_codes: string[];
    value_number: string | number | null;
    value_text: string | null;
    absent_reason: AbsentReason | null;
    absent_text: string | null;
    answered_at: string | Date;
    recorded_by: string | null;
    via: AnsweredVia;
  };
  'hub.screening_answer_past': {
    id: string;
    screening_id: string;
    link_id: string;
    care_org_id: string;
    patient_id: string;
    answer_codes: string[];
    value_number: number | null;
    value_text: string | null;
    absent_reason: AbsentReason | null;
    absent_text: string | null;
    answered_at: Date;
    recorded_by: string | null;
    via: AnsweredVia;
    replaced_at: Date;
  };
}

/** Through whose hands answers come, and who that is: nobody where the patient answers alone. */
export interface Recorder {
  by: string | null;
  via: AnsweredVia;
}

/** Somebody of the care team writes down what the patient says. */
export const careTeam = (ctx: HubContext): Recorder => ({ by: ctx.caller?.userId ?? null, via: 'CARE_TEAM' });

/** An answer as it is kept. */
export interface KeptAnswer {
  screeningId: string;
  linkId: string;
  codes: string[];
  number: number | null;
  text: string | null;
  absent: AbsentReason | null;
  absentText: string | null;
  answeredAt: Date;
  recordedBy: string | null;
  via: AnsweredVia;
}

async function read(
  em: EntityManager,
  careOrgId: string | null,
  screeningIds: readonly string[],
): Promise<KeptAnswer[]> {
  const rows = await em
    .getKysely<AnswerTables>()
    .selectFrom('hub.screening_answer')
    .selectAll()
    .where('screening_id', 'in', [...screeningIds])
    .where('care_org_id', '=', careOrgId)
    .orderBy('link_id')
    .execute();
  return rows.map((row) => ({
    screeningId: row.screening_id,
    linkId: row.link_id,
    codes: row.answer_codes,
    number: row.value_number === null ? null : Number(row.value_number),
    text: row.value_text,
    absent: row.absent_reason,
    absentText: row.absent_text,
    answeredAt: toDate(row.answered_at),
    recordedBy: row.recorded_by,
    via: row.via,
  }));
}

/** The answers of one screening. */
export function readAnswers(em: EntityManager, screening: Pick<Screening, 'id' | 'careOrgId'>): Promise<KeptAnswer[]> {
  return read(em, screening.careOrgId, [screening.id]);
}

/** The answers of a screening, batched. */
export const answersOf = manyBy(
  async (ctx, screeningIds) => read(await ctx.db.em(), ctx.caller?.organizationId ?? null, screeningIds),
  (answer) => answer.screeningId,
);

/**
 * Keeps answers, each in place of what was answered to its question before; that is put by with its time and hand. What
 * says the same as before changes nothing. They were checked, and the screening is locked.
 */
export async function keepAnswers(
  em: EntityManager,
  screening: Screening,
  instrument: Instrument,
  answers: readonly Answer[],
  { by, via }: Recorder,
  now: Date,
): Promise<void> {
  if (answers.length === 0) return;
  const before = byLinkId(await readAnswers(em, screening));
  const fresh = answers.filter((answer) => !saysTheSame(answer, before.get(answer.linkId)));
  if (fresh.length === 0) return;
  await putBy(
    em,
    screening,
    fresh.flatMap(({ linkId }) => before.get(linkId) ?? []),
    now,
  );
  const rows = fresh.map((answer) => ({
    screening_id: screening.id,
    link_id: answer.linkId,
    care_org_id: screening.careOrgId,
    patient_id: screening.patientId,
    question_loinc: itemOf(instrument, answer.linkId)?.loinc ?? null,
    ...valuesOf(answer),
    answered_at: now,
    recorded_by: by,
    via,
  }));
  await em
    .getKysely<AnswerTables>()
    .insertInto('hub.screening_answer')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['screening_id', 'link_id']).doUpdateSet({
        answer_codes: sql`excluded.answer_codes`,
        value_number: sql`excluded.value_number`,
        value_text: sql`excluded.value_text`,
        absent_reason: sql`excluded.absent_reason`,
        absent_text: sql`excluded.absent_text`,
        answered_at: sql`excluded.answered_at`,
        recorded_by: sql`excluded.recorded_by`,
        via: sql`excluded.via`,
      }),
    )
    .execute();
}

const valuesOf = (answer: Answer) => ({
  answer_codes: [...(answer.codes ?? [])],
  value_number: answer.number ?? null,
  value_text: answer.text?.trim() || null,
  absent_reason: answer.absent ?? null,
  absent_text: answer.absent ? answer.absentText?.trim() || null : null,
});

function saysTheSame(answer: Answer, kept: KeptAnswer | undefined): boolean {
  return kept !== undefined && JSON.stringify(valuesOf(answer)) === JSON.stringify(valuesOf(kept));
}

async function putBy(em: EntityManager, screening: Screening, kept: readonly KeptAnswer[], now: Date): Promise<void> {
  if (kept.length === 0) return;
  const rows = kept.map((answer) => ({
    id: newId(),
    screening_id: screening.id,
    link_id: answer.linkId,
    care_org_id: screening.careOrgId,
    patient_id: screening.patientId,
    ...valuesOf(answer),
    answered_at: answer.answeredAt,
    recorded_by: answer.recordedBy,
    via: answer.via,
    replaced_at: now,
  }));
  await em.getKysely<AnswerTables>().insertInto('hub.screening_answer_past').values(rows).execute();
}

/** Takes out answers to questions that another answer closed: nobody asked them in the end. They are put by. */
export async function dropAnswers(
  em: EntityManager,
  screening: Screening,
  closed: readonly KeptAnswer[],
  now: Date,
): Promise<void> {
  if (closed.length === 0) return;
  await putBy(em, screening, closed, now);
  await em
    .getKysely<AnswerTables>()
    .deleteFrom('hub.screening_answer')
    .where('screening_id', '=', screening.id)
    .where(
      'link_id',
      'in',
      closed.map(({ linkId }) => linkId),
    )
    .execute();
}
