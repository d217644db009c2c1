import { request } from '#lib/api/index';
import { failureWords } from '#lib/form/form.svelte';
import { EligibilityPreviewDocument, type EligibilityPreviewQuery } from '#lib/gql/graphql';
import { ruleInput, type RuleRow } from './rows.js';

export type PreviewOfRules = EligibilityPreviewQuery['eligibilityPreview'];

/** Long enough that nothing is asked for while a number is typed. */
const WAIT_MS = 400;

/** What the rules in a form would mean, asked anew a moment after each change. The last answer stays until the next is there. */
export class LivePreview {
  answer = $state.raw<PreviewOfRules | null>(null);
  problem = $state('');
  busy = $state(false);
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = '';

  constructor(private readonly serviceId: string) {}

  /** Asks what these rows mean, unless that is what was asked last. */
  show(rows: readonly RuleRow[]): void {
    const rules = rows.map(ruleInput);
    const asking = JSON.stringify(rules);
    if (asking === this.#asked) return;
    const first = this.#asked === '';
    this.#asked = asking;
    this.busy = true;
    clearTimeout(this.#timer);
    const turn = ++this.#turn;
    const ask = async () => {
      try {
        const { eligibilityPreview } = await request(EligibilityPreviewDocument, { serviceId: this.serviceId, rules });
        if (turn !== this.#turn) return;
        this.answer = eligibilityPreview;
        this.problem = '';
      } catch (cause) {
        if (turn !== this.#turn) return;
        this.problem = failureWords(cause);
        // The same may be asked again.
        this.#asked = ' ';
      }
      this.busy = false;
    };
    if (first) void ask();
    else this.#timer = setTimeout(() => void ask(), WAIT_MS);
  }

  /** Nothing more is shown. */
  end(): void {
    clearTimeout(this.#timer);
    this.#turn += 1;
  }
}
