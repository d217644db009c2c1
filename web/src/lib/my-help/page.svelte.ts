import { ApiError, requestAs } from '#lib/api/index';
import { CloseMyHelpDocument, MyHelpDocument, type MyHelpQuery, type TypedDocumentString } from '#lib/gql/graphql';
import { saveFile } from '#lib/files/save';
import { failureWords } from '#lib/form/form.svelte';

const KEPT = 'hub.page';
/** Where somebody goes who must not be seen with this page. */
const ELSEWHERE = 'https://www.weather.gov/';

export type Help = MyHelpQuery['myHelp'];

/** The page of a patient that is open in this tab. Its token lives as long as the tab, and no longer than the server says. */
export class OpenPage {
  help = $state.raw<Help | null>(null);
  closed = $state(false);
  problem = $state('');
  withPrivate = $state(false);
  #token = sessionStorage.getItem(KEPT) ?? '';

  get isOpen(): boolean {
    return this.#token !== '';
  }

  keep(token: string): void {
    this.#token = token;
    sessionStorage.setItem(KEPT, token);
  }

  ask<R, V>(doc: TypedDocumentString<R, V>, variables: V): Promise<R> {
    return (requestAs as (token: string, doc: TypedDocumentString<R, V>, variables: V) => Promise<R>)(
      this.#token,
      doc,
      variables,
    );
  }

  /** Saves a paper that only whoever has this page open may read; whether it could be. */
  save(paper: Pick<Help['papers'][number], 'id' | 'kind' | 'name'>): Promise<boolean> {
    return saveFile(paper, this.proof);
  }

  /** What says who sends or opens a file. */
  get proof(): Record<string, string> {
    return { authorization: `Bearer ${this.#token}` };
  }

  /** Reads the page anew; one that the server has closed says so. */
  async load(): Promise<void> {
    this.problem = '';
    try {
      this.help = (await this.ask(MyHelpDocument, { withPrivate: this.withPrivate, takeAway: false })).myHelp;
    } catch (cause) {
      const code = cause instanceof ApiError ? cause.code : 'INTERNAL';
      if (code === 'UNAUTHENTICATED' || code === 'FORBIDDEN' || code === 'NOT_FOUND') this.forget();
      else this.problem = failureWords(cause);
    }
  }

  forget(): void {
    this.#token = '';
    this.help = null;
    this.closed = true;
    sessionStorage.clear();
  }

  /** Away at once: nothing on the screen, nothing to go back to, and the page ends on the server too. */
  leave(): void {
    document.body.hidden = true;
    if (this.isOpen) void this.ask(CloseMyHelpDocument, {}).catch(() => undefined);
    this.forget();
    location.replace(ELSEWHERE);
  }
}
