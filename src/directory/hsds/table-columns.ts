import { type ColumnChoice, type ColumnTarget, isTarget } from './column-choices.js';
import type { Source } from './mapping.js';
import { columnsOf, type EntityName } from './model.js';

/** What several columns of one meaning are put together with. */
const joined: Readonly<Partial<Record<ColumnTarget, string>>> = {
  'taxonomy_term.name': ',',
  'phone.number': ' / ',
  'schedule.description': '; ',
  'language.name': ', ',
};

/** What was chosen for the columns of one table, asked by what they are read as. */
export class TableColumns {
  readonly #columns = new Map<string, string[]>();

  constructor(choices: readonly ColumnChoice[]) {
    for (const { column, target } of choices) {
      if (target === null) continue;
      this.#columns.set(target, [...(this.#columns.get(target) ?? []), column.trim().toLowerCase()]);
    }
  }

  /** Where the value comes from; several columns of one meaning are put together. */
  source(target: ColumnTarget): Source | undefined {
    const [first, ...more] = this.#columns.get(target) ?? [];
    return first === undefined || more.length === 0 ? first : { join: [first, ...more], with: joined[target] ?? ' ' };
  }

  /** The one column that is read as this. */
  column(target: ColumnTarget): string | undefined {
    return this.#columns.get(target)?.[0];
  }

  /** Whether a column says something of one of these. */
  has(...entities: readonly string[]): boolean {
    return [...this.#columns.keys()].some((target) => entities.includes(target.split('.')[0] ?? ''));
  }

  /** The columns of a row of HSDS that the table tells. */
  values(entity: EntityName): Record<string, Source> {
    const own = this.#own(entity);
    const ages = entity === 'service' ? this.source('service.ages') : undefined;
    if (ages === undefined) return own;
    const qualifies = [own.eligibility_description, { ages, end: 'text' as const }].filter((one) => one !== undefined);
    return {
      ...own,
      minimum_age: firstOf([own.minimum_age, { ages, end: 'minimum' }]),
      maximum_age: firstOf([own.maximum_age, { ages, end: 'maximum' }]),
      eligibility_description: { join: qualifies, with: '; ' },
    };
  }

  #own(entity: EntityName): Record<string, Source> {
    return Object.fromEntries(
      columnsOf(entity).flatMap(({ name }) => {
        const target = `${entity}.${name}`;
        const from = isTarget(target) ? this.source(target) : undefined;
        return from === undefined ? [] : [[name, from]];
      }),
    );
  }
}

export const firstOf = (sources: readonly (Source | undefined)[]): Source => ({
  first: sources.filter((source) => source !== undefined),
});

/** Puts a key together of what is there. */
export const keyOf = (parts: readonly (Source | undefined)[]): Source => {
  const [first, ...more] = parts.filter((part) => part !== undefined);
  return more.length === 0 ? (first ?? { text: '' }) : { join: [first ?? { text: '' }, ...more], with: '|' };
};
