import { ApiError, request } from '#lib/api/index';
import { failureWords } from '#lib/form/form.svelte';
import { AnswerScreeningDocument, type AnswerInput, type ScreeningPageQuery } from '#lib/gql/graphql';
import { refusalWords, t } from '#lib/i18n/index';

type Screening = ScreeningPageQuery['screening'];
export type Given = Omit<AnswerInput, 'linkId'>;

/** The answers of a screening as they are given: each is sent at once, in order, and kept when the connection fails. */
export class Draft {
  given = $state<Record<string, Given>>({});
  /** The questions that are to be asked after what is on the server, by linkId. */
  asked = $state<string[]>([]);
  state = $state<'idle' | 'saving' | 'saved' | 'failed'>('idle');
  problem = $state('');
  #id: string;
  #waiting = new Map<string, Given>();

  constructor(screening: Screening) {
    this.#id = screening.id;
    this.asked = [...screening.asked];
    const known = screening.answers.map(
      ({ linkId, codes, number, text, absent }) => [linkId, { codes, number, text, absent }] as const,
    );
    this.given = Object.fromEntries(known);
  }

  /** Records an answer; `absent` says that it was declined or not asked, which is not the same. */
  answer(linkId: string, given: Given): void {
    this.given[linkId] = given;
    this.#waiting.set(linkId, given);
    void this.save();
  }

  /** Sends what waits; true when all of it is on the server. */
  async save(): Promise<boolean> {
    if (this.state === 'saving') return false;
    while (this.#waiting.size > 0) {
      this.state = 'saving';
      const batch = new Map(this.#waiting);
      const answers = [...batch].map(([linkId, given]) => ({ linkId, ...given }));
      try {
        const { screening, userErrors } = (await request(AnswerScreeningDocument, { input: { id: this.#id, answers } }))
          .answerScreening;
        if (screening) this.asked = screening.asked;
        for (const [linkId, given] of batch) if (this.#waiting.get(linkId) === given) this.#waiting.delete(linkId);
        const refusal = userErrors[0];
        if (refusal) return this.#fail(refusalWords(refusal));
      } catch (cause) {
        return this.#fail(
          cause instanceof ApiError && cause.code === 'OFFLINE' ? t('screening.offline') : failureWords(cause),
        );
      }
    }
    if (this.state === 'saving') this.state = 'saved';
    this.problem = '';
    return true;
  }

  get unsaved(): boolean {
    return this.#waiting.size > 0;
  }

  #fail(words: string): false {
    this.state = 'failed';
    this.problem = words;
    return false;
  }
}
