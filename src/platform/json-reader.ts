/** Reads unknown JSON and gathers every fault with its place, such as `sections[0].items[2].loinc`. */
export class Reader {
  constructor(
    readonly value: unknown,
    private readonly path = '',
    readonly faults: string[] = [],
  ) {}

  fault(name: string, message: string): void {
    this.faults.push(`${this.placeOf(name) || 'the file'}: ${message}`);
  }

  private placeOf(name: string): string {
    return name === '' || this.path === '' ? this.path + name : `${this.path}.${name}`;
  }

  private get object(): Record<string, unknown> {
    return typeof this.value === 'object' && this.value !== null ? (this.value as Record<string, unknown>) : {};
  }

  has(name: string): boolean {
    return this.object[name] !== undefined;
  }

  at(name: string): Reader {
    return new Reader(this.object[name], this.placeOf(name), this.faults);
  }

  check(good: (value: unknown) => boolean, expected: string): void {
    if (!good(this.value)) this.fault('', `${JSON.stringify(this.value) ?? 'missing'} is not ${expected}`);
  }

  isText(): void {
    this.check((value) => typeof value === 'string' && value.trim() !== '', 'a text');
  }

  /** Nothing but these names: a field that nobody reads is a slip of the pen. */
  only(...names: readonly string[]): void {
    for (const name of Object.keys(this.object)) if (!names.includes(name)) this.fault(name, 'is not a known field');
  }

  oneOf<T>(allowed: readonly T[]): T | null {
    const found = allowed.find((one) => one === this.value);
    if (found === undefined) this.check(() => false, `one of ${allowed.join(', ')}`);
    return found ?? null;
  }

  text(name: string, shape: RegExp): string | null {
    const { value } = this.at(name);
    if (typeof value === 'string' && shape.test(value)) return value;
    this.at(name).check(() => false, `a text like ${shape.source}`);
    return null;
  }

  unique(name: string, seen: Set<string>, shape = /^[a-z0-9-]+$/): void {
    const value = this.text(name, shape);
    if (value === null) return;
    if (seen.has(value)) this.fault(name, `"${value}" is used twice`);
    seen.add(value);
  }

  number(name: string, { min = -Infinity }: { min?: number }): void {
    const expected = min === -Infinity ? 'a number' : `a number of at least ${min}`;
    this.at(name).check((value) => typeof value === 'number' && Number.isFinite(value) && value >= min, expected);
  }

  words(name: string): void {
    for (const language of ['en', 'es']) this.at(name).at(language).isText();
  }

  list(name: string, read: (entry: Reader) => void, { mayBeEmpty = false } = {}): void {
    const { value } = this.at(name);
    if (!Array.isArray(value) || (value.length === 0 && !mayBeEmpty)) {
      this.at(name).check(() => false, mayBeEmpty ? 'a list' : 'a list with at least one entry');
      return;
    }
    value.forEach((entry: unknown, i) => read(new Reader(entry, `${this.placeOf(name)}[${i}]`, this.faults)));
  }

  entries(name: string, read: (object: Reader, key: string) => void, { mayBeEmpty = false } = {}): string[] {
    const object = this.at(name);
    const keys = Object.keys(object.object);
    if (keys.length === 0 && !(mayBeEmpty && this.has(name))) {
      object.check(() => false, 'an object with at least one entry');
    }
    for (const key of keys) read(object, key);
    return keys;
  }
}
