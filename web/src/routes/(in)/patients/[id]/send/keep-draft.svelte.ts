import { request } from '#lib/api/index';
import { SaveReferralDraftDocument, type SaveReferralDraftInput } from '#lib/gql/graphql';

const QUIET_MS = 1500;

/** Keeps what is typed a moment after the last key. Losing the network costs nothing: the next change tries again. */
export class DraftKeeper {
  state = $state<'' | 'KEPT' | 'ELSEWHERE' | 'FAILED'>('');
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last: string;
  #version: number | null;
  #running: Promise<void> = Promise.resolve();
  #ended = false;

  constructor(content: object, version: number | null) {
    this.#last = JSON.stringify(content);
    this.#version = version;
  }

  /** Called whenever something changed; `kept` when it is safe with the server. */
  change(input: SaveReferralDraftInput, content: object, kept: () => void): void {
    const now = JSON.stringify(content);
    if (now === this.#last || this.#ended) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.#running = this.#running.then(() => this.#save(input, now, kept))), QUIET_MS);
  }

  /** Nothing is kept any more: it is being sent. */
  async end(): Promise<void> {
    this.#ended = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  /** Sending was refused: what is typed is kept again. */
  goOn(): void {
    this.#ended = false;
    this.#last = '';
  }

  async #save(input: SaveReferralDraftInput, content: string, kept: () => void): Promise<void> {
    if (this.#ended) return;
    try {
      const expectedVersion = this.#version;
      const { saveReferralDraft } = await request(SaveReferralDraftDocument, { input: { ...input, expectedVersion } });
      if (!saveReferralDraft.draft || saveReferralDraft.userErrors.length > 0) return void (this.state = 'ELSEWHERE');
      this.#version = saveReferralDraft.draft.version;
      this.#last = content;
      this.state = 'KEPT';
      kept();
    } catch {
      this.state = 'FAILED';
    }
  }
}
