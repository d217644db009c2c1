interface Asked {
  text: string;
  values: readonly unknown[];
  resolve(rows: unknown[]): void;
  reject(error: unknown): void;
}

type Send = (text: string, values: readonly unknown[]) => Promise<Record<string, unknown>[]>;

/** Pages ask for the same together each time: so many of their texts are kept. */
const KEPT_AT_MOST = 300;
const kept = new Map<string, string>();

/** One statement with a JSON column for the rows of each. */
function together(texts: readonly string[], parameters: readonly number[]): string {
  const key = texts.join('\0');
  const known = kept.get(key);
  if (known !== undefined) return known;
  let before = 0;
  const columns = texts.map((text, at) => {
    const shift = before;
    before += parameters[at] ?? 0;
    const moved = text.replace(/\$(\d+)/g, (_, place: string) => `$${Number(place) + shift}`);
    return `(select json_agg(x) from (${moved}) x) as a${at}`;
  });
  const text = `select ${columns.join(', ')}`;
  if (kept.size < KEPT_AT_MOST) kept.set(key, text);
  return text;
}

/**
 * Reads that are asked for in the same moment, sent as one statement: a page then costs a statement for each step from
 * what it knows to what it learns, not one for each of its tables. A value of JSON is a number where PostgreSQL would
 * send a text (numeric), and a time has a T in it; what reads one alone is sent as it is. Whoever asks must take both.
 */
export class Gathering {
  #waiting: Asked[] = [];

  constructor(readonly send: Send) {}

  ask<R>(text: string, values: readonly unknown[]): Promise<R[]> {
    return new Promise<R[]>((resolve, reject) => {
      // As a DataLoader waits, and a turn longer: when all promises of this moment have had theirs, and all loaders.
      const send = (): void => void this.#send();
      if (this.#waiting.length === 0) void Promise.resolve().then(() => process.nextTick(() => process.nextTick(send)));
      this.#waiting.push({ text, values, resolve: resolve as (rows: unknown[]) => void, reject });
    });
  }

  async #send(): Promise<void> {
    const all = this.#waiting;
    this.#waiting = [];
    try {
      const [only, ...others] = all;
      if (only && others.length === 0) return only.resolve(await this.send(only.text, only.values));
      const text = together(
        all.map((one) => one.text),
        all.map((one) => one.values.length),
      );
      const [row] = await this.send(
        text,
        all.flatMap((one) => one.values),
      );
      all.forEach(({ resolve }, at) => resolve((row?.[`a${at}`] as unknown[] | null | undefined) ?? []));
    } catch (error) {
      for (const { reject } of all) reject(error);
    }
  }
}
