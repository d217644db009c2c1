import type { HubContext } from '../../access/index.js';
import { activeInstruments, instrumentOf, instrumentVersions } from '../instruments.js';
import { questionnaireId, questionnaireOf } from './questionnaire-out.js';
import type { Questionnaire } from './questionnaire.js';

/** The forms in use as FHIR Questionnaires. */
export async function questionnaires(ctx: HubContext): Promise<Questionnaire[]> {
  return (await activeInstruments(ctx)).map(questionnaireOf);
}

/** One version of a form, in use or not: what was answered with it points to it for ever. Null when there is none. */
export async function findQuestionnaire(ctx: HubContext, id: string): Promise<Questionnaire | null> {
  const found = (await instrumentVersions(ctx)).find(({ key, version }) => questionnaireId(key, version) === id);
  return found ? questionnaireOf(await instrumentOf(ctx, found.key, found.version)) : null;
}
