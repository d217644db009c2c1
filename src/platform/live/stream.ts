/** So many ids a reader may be behind by. A storm of changes to the same few things never gets there. */
export const MOST_WAITING = 1000;

/**
 * The ids that one reader has not read yet, each once: whoever is slow reads a thing that changed ten times in its last
 * state. A reader that falls further behind is let go of rather than told of some things and not of others: it follows
 * anew and looks at everything.
 */
export class Stream implements AsyncIterableIterator<string> {
  readonly #waiting = new Set<string>();
  #asked: ((item: IteratorResult<string>) => void)[] = [];
  #over = false;
  readonly #end: (fellBehind: boolean) => void;

  constructor(end: (fellBehind: boolean) => void) {
    this.#end = end;
  }

  push(id: string): void {
    if (this.#over) return;
    const asked = this.#asked.shift();
    if (asked) return asked({ done: false, value: id });
    if (this.#waiting.size >= MOST_WAITING && !this.#waiting.has(id)) return this.#close(true);
    this.#waiting.add(id);
  }

  next(): Promise<IteratorResult<string>> {
    const [first] = this.#waiting;
    if (first !== undefined) {
      this.#waiting.delete(first);
      return Promise.resolve({ done: false, value: first });
    }
    if (this.#over) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => this.#asked.push(resolve));
  }

  return(): Promise<IteratorResult<string>> {
    this.#waiting.clear();
    this.#close(false);
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #close(fellBehind: boolean): void {
    if (this.#over) return;
    this.#over = true;
    this.#waiting.clear();
    for (const asked of this.#asked.splice(0)) asked({ done: true, value: undefined });
    this.#end(fellBehind);
  }
}
