import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { manyBy } from '../access/index.js';
import { toDate } from '../platform/database/rows.js';
import type { AbsentReason, Answer } from './check-answer.js';
import { itemOf, type Instrument } from './instrument.js';
import type { Screening } from './screening.entity.js';

interface AnswerTables {
  'hub.screening_answer': {
    screening_id: string;
    link_id: string;
    care_org_id: string;
    patient_id: string;
    question_loinc: string;
    answer_codes: string[];
    value_number: string | number | null;
    value_text: string | null;
    absent_reason: AbsentReason | null;
    absent_text: string | null;
    answered_at: string | Date;
  };
}

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

/** Keeps answers in one statement, each in place of what was answered to its question before. They were checked. */
export async function keepAnswers(
  em: EntityManager,
  screening: Screening,
  instrument: Instrument,
  answers: readonly Answer[],
  now: Date,
): Promise<void> {
  if (answers.length === 0) return;
  const rows = answers.map((answer) => ({
    screening_id: screening.id,
    link_id: answer.linkId,
    care_org_id: screening.careOrgId,
    patient_id: screening.patientId,
    question_loinc: itemOf(instrument, answer.linkId)?.loinc ?? '',
    answer_codes: [...(answer.codes ?? [])],
    value_number: answer.number ?? null,
    value_text: answer.text?.trim() || null,
    absent_reason: answer.absent ?? null,
    absent_text: answer.absent ? answer.absentText?.trim() || null : null,
    answered_at: now,
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
      }),
    )
    .execute();
}
