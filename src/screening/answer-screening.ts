import { LockMode } from '@mikro-orm/postgresql';
import { languageOf, load, type HubContext } from '../access/index.js';
import { Problems, recordAccess } from '../caseload/index.js';
import { fail } from '../platform/graphql/errors.js';
import { refuse } from '../platform/graphql/refusal.js';
import { careTeam, keepAnswers, type Recorder } from './answers.js';
import { checkAnswers } from './check-answer.js';
import type { Instrument } from './instrument.js';
import { instrumentOf } from './instruments.js';
import { Screening } from './screening.entity.js';
import type { AnswerInput, AnswerScreeningInput } from './screening.inputs.js';

/** Saves answers at once. All of them are good, or none is kept and each wrong one is named. */
export async function answerScreening(
  ctx: HubContext,
  input: AnswerScreeningInput,
  hand: Recorder = careTeam(ctx),
): Promise<Screening | Problems> {
  if (input.answers.length === 0 || input.answers.length > 200) {
    fail.badInput('input.answers', '1 to 200 answers are expected');
  }
  // Locked, so that no answer slips in while somebody completes it.
  const screening = await load(ctx, Screening, input.id, 'answer', { lock: LockMode.PESSIMISTIC_WRITE });
  if (screening.status !== 'IN_PROGRESS') {
    refuse('SCREENING_CLOSED', 'This screening is completed; begin another to ask again.');
  }
  const instrument = await instrumentOf(ctx, screening.instrumentKey, screening.instrumentVersion);
  const problems = problemsOf(ctx, instrument, input.answers);
  if (problems.found) return problems;
  await keepAnswers(await ctx.db.em(), screening, instrument, input.answers, hand, ctx.clock.now());
  recordAccess(ctx, {
    action: 'screening.answer',
    purpose: 'CARE_COORDINATION',
    patientId: screening.patientId,
    entity: 'screening',
    entityId: screening.id,
    detail: { count: input.answers.length },
  });
  return screening;
}

/** Each problem under the place of its answer, such as `answers[2].codes`. */
function problemsOf(ctx: HubContext, instrument: Instrument, answers: readonly AnswerInput[]): Problems {
  const problems = new Problems();
  const language = languageOf(ctx);
  let met = 0;
  for (const [index] of answers.entries()) {
    // What is new among the problems of the first answers belongs to the last of them.
    const all = checkAnswers(instrument, answers.slice(0, index + 1));
    for (const { field, code, words } of all.slice(met)) {
      problems.add(`answers[${index}].${field}`, code, words[language]);
    }
    met = all.length;
  }
  return problems;
}
