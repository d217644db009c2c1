import { failureWords } from '#lib/form/form.svelte';
import { t } from '#lib/i18n/index';
import { MOST_BYTES, upload } from './upload.js';

export interface Chosen {
  key: number;
  name: string;
  bytes: number;
  /** From 0 to 1. */
  sent: number;
  id: string | null;
  problem: string;
  abort: () => void;
}

/** A message takes so many. */
export const MOST_FILES = 5;

/** Files that go with what is being written: chosen, on their way, or there. */
export class Attached {
  list = $state<Chosen[]>([]);
  problem = $state('');
  readonly #kind: string;
  readonly #proof: () => Record<string, string>;
  #next = 1;

  /** `proof`: the header of whoever has no account: a link, or the token of an open page. */
  constructor(kind: string, proof: () => Record<string, string> = () => ({})) {
    this.#kind = kind;
    this.#proof = proof;
  }

  readonly busy: boolean = $derived(this.list.some((one) => one.id === null && !one.problem));
  readonly ids: string[] = $derived(this.list.flatMap((one) => one.id ?? []));

  add(files: Iterable<File>): void {
    this.problem = '';
    for (const file of files) {
      if (this.list.length >= MOST_FILES) return void (this.problem = t('files.tooMany', { count: MOST_FILES }));
      this.list.push({
        key: this.#next++,
        name: file.name,
        bytes: file.size,
        sent: 0,
        id: null,
        problem: '',
        abort: () => undefined,
      });
      // As the list holds it: changes of the plain object would not be seen.
      const one = this.list.at(-1);
      if (one) void this.#send(one, file);
    }
  }

  async #send(one: Chosen, file: File): Promise<void> {
    if (file.size > MOST_BYTES) return void (one.problem = t('files.tooLarge'));
    const proof = this.#proof();
    const { done, abort } = upload({ kind: this.#kind, file, proof, onprogress: (part) => (one.sent = part) });
    one.abort = abort;
    try {
      Object.assign(one, await done, { sent: 1 });
    } catch (cause) {
      one.problem = failureWords(cause);
    }
  }

  remove(key: number): void {
    this.list.find((one) => one.key === key)?.abort();
    this.list = this.list.filter((one) => one.key !== key);
    this.problem = '';
  }

  clear(): void {
    this.list = [];
    this.problem = '';
  }
}
