/** Counts what is open by owner, and refuses more than so many. */
export class Seats {
  readonly #taken = new Map<string, number>();

  constructor(private readonly most: number) {}

  /** Takes a seat; undefined when there is none left. What it returns gives the seat back, once. */
  take(owner: string): (() => void) | undefined {
    const taken = this.#taken.get(owner) ?? 0;
    if (taken >= this.most) return undefined;
    this.#taken.set(owner, taken + 1);
    let given = false;
    return () => {
      if (given) return;
      given = true;
      const left = (this.#taken.get(owner) ?? 1) - 1;
      if (left === 0) this.#taken.delete(owner);
      else this.#taken.set(owner, left);
    };
  }
}
