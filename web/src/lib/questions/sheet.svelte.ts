import { ApiError, request } from '#lib/api/index';
import { failureWords } from '#lib/form/form.svelte';
import {
  AnswerSheetDocument,
  FinishSheetDocument,
  OpenSheetDocument,
  QuestionSheetDocument,
  type AnswerInput,
  type SheetFieldsFragment,
} from '#lib/gql/graphql';
import { refusalWords, t } from '#lib/i18n/index';
import type { UserError } from '#lib/api/index';

export type Given = Omit<AnswerInput, 'linkId'>;
type Payload = { sheet?: SheetFieldsFragment | null; userErrors: UserError[] };

/** The questions of a pass, one at a time. Each answer is sent at once; what was answered is never read back. */
export class Sheet {
  sheet = $state.raw<SheetFieldsFragment | null>(null);
  ended = $state(false);
  problem = $state('');
  busy = $state(false);
  /** What was answered on this page; another page, or this one after a reload, does not know it. */
  given = $state<Record<string, Given>>({});
  #birthDate = '';
  #token: string;

  constructor(token: string) {
    this.#token = token;
  }

  /** Reads the questions; also when somebody comes back to the page, since others may have answered meanwhile. */
  async read(locale: string): Promise<void> {
    if (!this.#token) return void (this.ended = true);
    if (this.#birthDate) return void (await this.open(this.#birthDate, locale));
    await this.#do(async () => {
      const { questionSheet: sheet } = await request(QuestionSheetDocument, { token: this.#token, locale });
      return { sheet, userErrors: [] };
    });
  }

  async open(birthDate: string, locale: string): Promise<boolean> {
    return this.#do(async () => {
      const input = { token: this.#token, birthDate };
      const { openSheet } = await request(OpenSheetDocument, { input, locale });
      if (openSheet.sheet) this.#birthDate = birthDate;
      return openSheet;
    });
  }

  async answer(linkId: string, given: Given, locale: string): Promise<boolean> {
    this.given[linkId] = given;
    const input = { token: this.#token, birthDate: this.#birthDate || null, answers: [{ linkId, ...given }] };
    return this.#do(async () => (await request(AnswerSheetDocument, { input, locale })).answerSheet);
  }

  async finish(locale: string): Promise<boolean> {
    const input = { token: this.#token, birthDate: this.#birthDate || null };
    return this.#do(async () => (await request(FinishSheetDocument, { input, locale })).finishSheet);
  }

  async #do(work: () => Promise<Payload>): Promise<boolean> {
    this.busy = true;
    this.problem = '';
    try {
      const { sheet, userErrors } = await work();
      const refusal = userErrors[0];
      if (refusal?.code === 'LINK_ENDED') this.ended = true;
      else if (refusal) this.problem = refusalWords(refusal);
      if (sheet) this.sheet = sheet;
      return !refusal;
    } catch (cause) {
      if (cause instanceof ApiError && cause.code === 'NOT_FOUND') this.ended = true;
      else {
        this.problem = cause instanceof ApiError && cause.code === 'OFFLINE' ? t('ask.offline') : failureWords(cause);
      }
      return false;
    } finally {
      this.busy = false;
    }
  }
}
