import { columnsOf, type EntityName, isEntity } from './model.js';
import type { Problem } from './problems.js';
import type { ImportItem, RawRow } from './rows.js';

/** A problem of a row as an item of the import. */
export function say(
  row: RawRow,
  severity: Problem['severity'],
  code: Problem['code'],
  field: string | undefined,
  message: string,
): ImportItem {
  const { file, line, entity, key, values } = row;
  return {
    kind: 'problem',
    problem: {
      severity,
      code,
      file,
      line: line || undefined,
      entity,
      sourceId: key || undefined,
      field,
      subject: subjectOf(values.name ?? values.address_1),
      serviceKey: (entity === 'service' ? key : values.service_id?.trim()) || undefined,
      message,
    },
  };
}

const SUBJECT = 200;

/** A name on one line, as far as one reads it. */
const subjectOf = (text: string | undefined): string | undefined =>
  text?.replace(/\s+/g, ' ').trim().slice(0, SUBJECT) || undefined;

/** A table's name in plain words. */
export function spoken(entity: string): string {
  return entity.replaceAll('_', ' ');
}

/** "1 phone, 3 services at location" */
export function countsInWords(counts: Iterable<readonly [EntityName, number]>): string {
  return [...counts].map(([entity, count]) => `${count} ${count === 1 ? spoken(entity) : plural(entity)}`).join(', ');
}

function plural(entity: EntityName): string {
  if (entity === 'service_at_location') return 'services at location';
  if (entity === 'accessibility' || entity === 'funding' || entity === 'metadata') return `${spoken(entity)} rows`;
  return `${spoken(entity).replace(/y$/, 'ie').replace(/s$/, 'se')}s`;
}

/** "service_id or location_id": the links that a row of a table may have. */
export function linkNames(entity: EntityName): string {
  return columnsOf(entity)
    .filter(({ kind }) => isEntity(kind))
    .map(({ name }) => name)
    .join(' or ');
}
