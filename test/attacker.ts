import { lessEq, equalTo, solve, type Constraint } from 'yalps';

/** Someone who knows how withholding works and adds up everything that was shown. */
export class Attacker {
  readonly #low = new Map<string, number>();
  readonly #high = new Map<string, number>();
  readonly #sums: { total: string; parts: string[] }[] = [];
  readonly #most: { less: string; more: string }[] = [];
  readonly #known = new Set<string>();

  /** A number that exists; `small`: known to be from 1 to 10, as somebody who knows the rule may guess. */
  number(name: string, value: number, shown: number | null, small: boolean): void {
    if (shown !== null && shown !== value) throw new Error(`${name} is ${value} and shown as ${shown}`);
    if (shown !== null) this.#known.add(name);
    this.#low.set(name, shown ?? (small ? 1 : 0));
    this.#high.set(name, shown ?? (small ? 10 : 1e6));
  }

  adds(total: string, parts: string[]): void {
    this.#sums.push({ total, parts });
  }

  /** `less` is never greater than `more`. */
  atMost(less: string, more: string): void {
    this.#most.push({ less, more });
  }

  /** The numbers that were not shown and are known all the same. */
  learns(): string[] {
    return [...new Set([...this.#byBounds(), ...this.#bySums()])];
  }

  /**
   * Those of the hidden numbers that can be only one whole number: the least and the most that each may be while all that
   * was shown holds (two linear programs each).
   */
  pinsDown(names: Iterable<string>): string[] {
    const [least, most] = [(name: string) => this.#low.get(name) ?? 0, (name: string) => this.#high.get(name) ?? 1e6];
    return [...names].filter((name) => {
      if (this.#known.has(name)) return false;
      const bound = (direction: 'minimize' | 'maximize') => {
        const { status, result } = solve({ ...this.#program(), direction, objective: name });
        if (status !== 'optimal') throw new Error(`${name}: ${status}`);
        // What is worked out counts from zero, as variables of a linear program do.
        return result;
      };
      const low = Math.ceil(Math.max(least(name), bound('minimize')) - 1e-6);
      return low === Math.floor(Math.min(most(name), bound('maximize')) + 1e-6);
    });
  }

  #program() {
    const variables = new Map<string, Map<string, number>>();
    const constraints = new Map<string, Constraint>();
    const put = (name: string, constraint: string, by: number): void => {
      const own = variables.get(name) ?? new Map<string, number>();
      own.set(constraint, (own.get(constraint) ?? 0) + by);
      variables.set(name, own);
    };
    for (const name of this.#low.keys()) {
      put(name, name, 1);
      constraints.set(name, { min: this.#low.get(name) ?? 0, max: this.#high.get(name) ?? 1e6 });
    }
    this.#sums.forEach(({ total, parts }, i) => {
      put(total, `sum ${i}`, -1);
      for (const part of parts) put(part, `sum ${i}`, 1);
      constraints.set(`sum ${i}`, equalTo(0));
    });
    this.#most.forEach(({ less, more }, i) => {
      put(less, `most ${i}`, 1);
      put(more, `most ${i}`, -1);
      constraints.set(`most ${i}`, lessEq(0));
    });
    return { variables, constraints };
  }

  #byBounds(): string[] {
    const low = (name: string): number => this.#low.get(name) ?? 0;
    const high = (name: string): number => this.#high.get(name) ?? 1e6;
    let moved = true;
    const set = (name: string, from: number, to: number): void => {
      if (from > low(name)) moved = Boolean(this.#low.set(name, from));
      if (to < high(name)) moved = Boolean(this.#high.set(name, to));
      if (low(name) > high(name)) throw new Error(`${name} contradicts what is shown`);
    };
    for (let round = 0; moved && round < 200; round += 1) {
      moved = false;
      for (const { total, parts } of this.#sums) {
        const [lows, highs] = [low, high].map((end) => parts.reduce((sum, part) => sum + end(part), 0));
        set(total, lows ?? 0, highs ?? 0);
        for (const part of parts) {
          set(part, low(total) - ((highs ?? 0) - high(part)), high(total) - ((lows ?? 0) - low(part)));
        }
      }
      for (const { less, more } of this.#most) {
        set(more, low(less), high(more));
        set(less, low(less), high(more));
      }
    }
    return [...this.#low.keys()].filter((name) => !this.#known.has(name) && low(name) === high(name));
  }

  /** Elimination: a hidden number that the sums determine ends up alone in a line. */
  #bySums(): string[] {
    const hidden = [...this.#low.keys()].filter((name) => !this.#known.has(name));
    const at = new Map(hidden.map((name, index) => [name, index]));
    const lines = this.#sums.map(({ total, parts }) => {
      const line = hidden.map(() => 0);
      for (const [name, sign] of [[total, -1] as const, ...parts.map((part) => [part, 1] as const)]) {
        const column = at.get(name);
        if (column !== undefined) line[column] = (line[column] ?? 0) + sign;
      }
      return line;
    });
    let top = 0;
    for (let column = 0; column < hidden.length && top < lines.length; column += 1) {
      const pivot = lines.findIndex((line, i) => i >= top && Math.abs(line[column] ?? 0) > 1e-9);
      if (pivot < 0) continue;
      [lines[top], lines[pivot]] = [lines[pivot] ?? [], lines[top] ?? []];
      const head = lines[top] ?? [];
      const by = head[column] ?? 1;
      lines[top] = head.map((value) => value / by);
      lines.forEach((line, i) => {
        const factor = line[column] ?? 0;
        if (i !== top && Math.abs(factor) > 1e-9) lines[i] = line.map((value, k) => value - factor * (lines[top]?.[k] ?? 0)); // prettier-ignore
      });
      top += 1;
    }
    return lines.flatMap((line) => {
      const left = line.flatMap((value, column) => (Math.abs(value) > 1e-6 ? [column] : []));
      return left.length === 1 ? [hidden[left[0] ?? 0] ?? ''] : [];
    });
  }
}
