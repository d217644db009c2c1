import { sql } from 'kysely';
import { languageOf, type HubContext } from '../../access/index.js';
import { Problems } from '../../caseload/index.js';
import { refuse } from '../../platform/graphql/refusal.js';
import type { Words } from '../../platform/words.js';
import { readQuestionnaire } from '../fhir/questionnaire-in.js';
import type { Questionnaire } from '../fhir/questionnaire.js';
import { instrumentProblems } from '../instrument-file.js';
import type { Instrument } from '../instrument.js';
import { instrumentVersions, isHigher } from '../instruments.js';

/** So many faults are named at once. */
const MOST_FAULTS = 20;

/** What of a FHIR Questionnaire the hub cannot hold. */
export interface Left {
  linkId: string;
  why: Words;
}

export interface Uploaded {
  form: Instrument;
  left: Left[];
}

/**
 * Takes a form in the hub's own JSON or as a FHIR R4 Questionnaire. What is wrong with it is named place by place; a
 * Questionnaire of which something would be lost is only taken when that was said to be all right.
 */
export async function uploadInstrument(
  ctx: HubContext,
  input: { text: string; acceptLeft?: boolean | null },
): Promise<Uploaded | Problems | { left: Left[] }> {
  const { form, left } = readFile(input.text);
  const faults = instrumentProblems(form);
  if (faults.length > 0) return problemsOf(faults);
  if (left.length > 0 && !input.acceptLeft) return { left };
  const made = form as Instrument;
  const versions = (await instrumentVersions(ctx)).filter(({ key }) => key === made.key);
  if (!versions.every(({ version }) => isHigher(made.version, version))) {
    refuse('VERSION_NOT_HIGHER', 'This form is here already. A change of it needs a higher version.', 'text');
  }
  const { key, version, title, loinc } = made;
  const em = await ctx.db.em();
  await sql`select hub.upload_instrument(${key}, ${version}, ${title.en}, ${loinc}, ${JSON.stringify(made)}::jsonb,
    ${ctx.caller?.userId ?? null}::uuid, ${ctx.clock.now().toISOString()}::timestamptz)`.execute(
    em.getKysely<unknown>(),
  );
  ctx.audit.record({ action: 'instrument.upload', entity: 'instrument', detail: { key, version } });
  return { form: made, left };
}

function readFile(text: string): { form: unknown; left: Left[] } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refuse('NOT_JSON', 'This file is not JSON. Choose a form in JSON.', 'text');
  }
  if ((json as { resourceType?: unknown } | null)?.resourceType !== 'Questionnaire') return { form: json, left: [] };
  try {
    return readQuestionnaire(json as Questionnaire);
  } catch {
    // Lists that are no lists, texts that are no texts: nobody's Questionnaire.
    return refuse('NOT_A_QUESTIONNAIRE', 'This Questionnaire cannot be read. Check it against FHIR R4.', 'text');
  }
}

function problemsOf(faults: readonly string[]): Problems {
  const problems = new Problems();
  for (const fault of faults.slice(0, MOST_FAULTS)) problems.add('text', 'FAULTY_FORM', fault);
  return problems;
}

/** Puts one version of a form in use, or takes the form out of use: screenings that are under way go on with theirs. */
export async function useInstrument(ctx: HubContext, key: string, version: string | null): Promise<void> {
  const em = await ctx.db.em();
  const { rows } = await sql<{ done: boolean }>`select hub.use_instrument(${key}, ${version}) as done`.execute(
    em.getKysely<unknown>(),
  );
  if (!rows[0]?.done) refuse('UNKNOWN_INSTRUMENT', 'Choose one of the forms in use.', 'key');
  ctx.audit.record({ action: 'instrument.use', entity: 'instrument', detail: { key, version } });
}

/** What was left out, in the reader's language. */
export const leftIn = (ctx: HubContext, left: readonly Left[]): { linkId: string; why: string }[] =>
  left.map(({ linkId, why }) => ({ linkId, why: why[languageOf(ctx)] }));
