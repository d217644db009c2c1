import { cleanValue } from './clean-value.js';
import { languageCode, languageName } from './clean/languages.js';
import { readArea } from './clean/areas.js';
import { finishAddress } from './finish/address.js';
import { finishLocation } from './finish/location.js';
import { readyPhone } from './finish/phone.js';
import { finishSchedule, readySchedule } from './finish/schedule.js';
import { finishService } from './finish/service.js';
import { momentOf } from './exact.js';
import { linkedEntity } from './links.js';
import { columnsOf, isEntity } from './model.js';
import type { Complain, RawRow, Value } from './rows.js';
import type { Surroundings } from './survey.js';

const nameLimit = 500; // As the database has it.

/** Makes rows ready that hold several things in one: phones and schedules. None: the row says nothing. */
export function ready(raw: RawRow, complain: Complain): RawRow[] {
  if (raw.entity === 'phone') return readyPhone(raw, complain);
  if (raw.entity === 'schedule') return readySchedule(raw, complain);
  return [raw];
}

/** The typed values of a row, without its links. A text is why the row cannot come in. */
export function normalise(
  raw: RawRow,
  id: string,
  around: Surroundings,
  complain: Complain,
): Record<string, Value> | string {
  const values: Record<string, Value> = {};
  const merged = around.merged(id);
  for (const column of columnsOf(raw.entity)) {
    if (column.kind === 'any' || isEntity(column.kind)) continue;
    if (column.kind === 'entity') {
      values[column.name] = linkedEntity(raw.values[column.name]?.trim().toLowerCase() ?? '') ?? null;
    } else values[column.name] = cleanValue(column, raw.values[column.name] ?? merged?.[column.name], complain);
    if (column.required && values[column.name] === null) {
      return `${column.name} is empty; every ${spoken(raw)} needs one.`;
    }
  }
  return finish(raw, id, values, around, complain) ?? values;
}

function spoken(raw: RawRow): string {
  return raw.entity.replaceAll('_', ' ');
}

function finish(
  raw: RawRow,
  id: string,
  values: Record<string, Value>,
  around: Surroundings,
  complain: Complain,
): string | undefined {
  if (typeof values.name === 'string' && values.name.length > nameLimit) {
    complain(
      'WARNING',
      'TOO_LONG',
      'name',
      `The name has ${values.name.length} characters; it was cut at ${nameLimit}.`,
    );
    values.name = values.name.slice(0, nameLimit);
  }
  switch (raw.entity) {
    case 'service':
      finishService(values, raw.values.categories, complain);
      break;
    case 'organization':
    case 'taxonomy':
    case 'taxonomy_term':
    case 'program':
      values.description ??= '';
      break;
    case 'location':
      finishLocation(values, { near: around.near(id), sharers: around.sharers(raw), onlyUs: around.onlyUs }, complain);
      break;
    case 'address':
      if (!finishAddress(values, complain)) {
        return 'There is no street, city or ZIP code in it; fill them in or leave the row out.';
      }
      break;
    case 'phone':
      values.e164 = raw.values.e164 ?? null;
      break;
    case 'schedule':
      finishSchedule(values, complain);
      break;
    case 'language': {
      if (values.name === null && values.code === null && values.note === null) return 'It names no language.';
      const written = values.name ?? values.code;
      if (typeof written === 'string') {
        values.name = languageName(written);
        values.code ??= languageCode(written) ?? null;
      }
      break;
    }
    case 'service_area':
      values.covers = typeof values.name === 'string' ? readArea(values.name) : [];
      break;
    case 'metadata':
      values.previous_value ??= '';
      values.replacement_value ??= '';
      values.at = momentOf(values.last_action_date);
      break;
    case 'accessibility':
      if (values.description === null && values.details === null && values.url === null) {
        return 'It says nothing about accessibility.';
      }
      break;
    case 'funding':
      if (values.source === null) return 'It names no source of funding.';
      break;
    case 'required_document':
      if (values.document === null && values.uri === null) return 'It names no document.';
      break;
    default:
  }
  return undefined;
}
