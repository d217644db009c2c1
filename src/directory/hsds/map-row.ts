import { readAges } from './clean/ages.js';
import { clean } from './clean/text.js';
import { readLanguages } from './clean/languages.js';
import { readPhones } from './clean/phone.js';
import { parseHours } from './hours/parse.js';
import { contentKey } from './ids.js';
import type { Each, Lookup, Output, Source } from './mapping.js';
import { columnsOf } from './model.js';
import type { Place, RawRow } from './rows.js';

export type Cells = Record<string, string | undefined>;

/** A row of a table as read: its cells by column in lower case, and arrays of objects, which only JSON has. */
export interface SourceRow extends Place {
  cells: Cells;
  items?: Record<string, Cells[]>;
}

/** Answers a mapping's lookups from tables read before. */
export type LookUp = (lookup: Lookup, key: string) => string | undefined;

/** Makes rows under HSDS names out of a source's rows, as a mapping says. */
export class RowMapper {
  readonly #lookUp: LookUp;
  readonly #patterns = new Map<string, RegExp>();

  constructor(lookUp: LookUp) {
    this.#lookUp = lookUp;
  }

  map(outputs: readonly Output[], row: SourceRow): RawRow[] {
    const rows: RawRow[] = [];
    for (const output of outputs) {
      if (output.when !== undefined && !this.#value(output.when, row.cells)) continue;
      if (output.unless !== undefined && this.#value(output.unless, row.cells)) continue;
      if (!output.each) rows.push(this.#make(output, row, row.cells, []));
      else {
        for (const part of this.#parts(output.each, row)) {
          rows.push(this.#make(output, row, { ...row.cells, ...part }, Object.values(part)));
        }
      }
    }
    return rows;
  }

  #make(output: Output, { file, line }: SourceRow, cells: Cells, parts: readonly (string | undefined)[]): RawRow {
    const values: Cells = {};
    if (output.same) for (const { name } of columnsOf(output.entity)) values[name] = clean(cells[name]);
    for (const [column, source] of Object.entries(output.columns ?? {})) values[column] = this.#value(source, cells);
    const own = output.key?.map((source) => this.#value(source, cells));
    const part = output.each && !('items' in output.each) && !('list' in output.each) ? [contentKey(parts)] : [];
    const constant = (source: Source) => typeof source === 'object' && 'text' in source;
    const told = own?.some((value, i) => value && !constant(output.key?.[i] ?? '')) || output.key?.every(constant);
    const key = own && told ? [...own.map((k) => k ?? ''), ...part].join('|') : '';
    return { entity: output.entity, key, values, file, line, ...(output.shared && { shared: true }) };
  }

  *#parts(each: Each, row: SourceRow): Generator<Cells> {
    if ('items' in each) {
      for (const item of row.items?.[each.items] ?? []) {
        yield Object.fromEntries(Object.entries(item).map(([name, value]) => [`$${name}`, value]));
      }
    } else if ('hours' in each) {
      yield* this.#hours(each.hours, each.certain ?? false, row.cells);
    } else if ('list' in each) {
      const list = this.#value(each.list, row.cells)?.split(each.by ?? ',') ?? [];
      for (const item of new Set(list.map((i) => i.trim()))) if (item) yield { $item: item };
    } else if ('languages' in each) {
      const cell = this.#value(each.languages, row.cells);
      for (const { name, code, note } of cell ? readLanguages(cell).languages : []) {
        yield { $name: name, $code: code, $note: note };
      }
    } else {
      const cell = this.#value(each.phones, row.cells);
      for (const { number, extension, remark } of cell ? readPhones(cell) : []) {
        yield { $number: number, $extension: extension, $description: remark };
      }
    }
  }

  *#hours(sources: readonly Source[], certain: boolean, cells: Cells): Generator<Cells> {
    const texts = sources.map((source) => this.#value(source, cells)).filter((text) => text !== undefined);
    for (const text of texts) {
      const parsed = parseHours(text);
      if (!parsed) continue;
      for (const { freq, byday, opensAt, closesAt } of parsed.rules) {
        yield { $freq: freq, $byday: byday, $opens_at: opensAt, $closes_at: closesAt, $notes: parsed.notes };
      }
      return;
    }
    if (!certain && texts[0] !== undefined) yield { $description: texts[0] };
  }

  #value(source: Source, cells: Cells): string | undefined {
    if (typeof source === 'string') return clean(cells[source]);
    if ('text' in source) return source.text;
    if ('first' in source) {
      for (const option of source.first) {
        const value = this.#value(option, cells);
        if (value) return value;
      }
      return undefined;
    }
    if ('join' in source) {
      return (
        source.join
          .map((s) => this.#value(s, cells))
          .filter(Boolean)
          .join(source.with ?? ' ') || undefined
      );
    }
    if ('template' in source) return fill(source.template, cells);
    if ('match' in source && 'pattern' in source) {
      return this.#pattern(source.pattern).exec(cells[source.match] ?? '')?.[1];
    }
    if ('lookup' in source) {
      const by = this.#value(source.by, cells);
      return by === undefined ? undefined : this.#lookUp(source, by);
    }
    if ('rest' in source) {
      const cell = this.#value(source.rest, cells);
      return cell && readLanguages(cell).rest;
    }
    if ('ages' in source) return ageOf(this.#value(source.ages, cells), source.end);
    const value = this.#value(source.of, cells);
    const mapped = value === undefined ? undefined : source.map[value.toLowerCase()];
    if (mapped !== undefined) return mapped ?? undefined;
    return source.else === undefined ? value : this.#value(source.else, cells);
  }

  #pattern(text: string): RegExp {
    const known = this.#patterns.get(text);
    if (known) return known;
    const pattern = new RegExp(text, 'i');
    this.#patterns.set(text, pattern);
    return pattern;
  }
}

function ageOf(text: string | undefined, end: 'minimum' | 'maximum' | 'text'): string | undefined {
  const ages = text === undefined ? {} : readAges(text);
  if (end !== 'text') return ages[end]?.toString();
  return Object.keys(ages).length === 0 ? text : undefined;
}

function fill(template: string, cells: Cells): string | undefined {
  let whole = true;
  const text = template.replace(/\{([^}]+)\}/g, (_, column: string) => {
    const value = clean(cells[column]);
    if (value === undefined) whole = false;
    return value ?? '';
  });
  return whole ? text : undefined;
}
