import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '../../platform/id.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { Phone } from '../detail/contact.entities.js';
import { ServiceArea, SpokenLanguage } from '../detail/offer.entities.js';
import { Schedule } from '../detail/schedule.entity.js';
import { readArea } from '../hsds/clean/areas.js';
import { isShortNumber, readPhones } from '../hsds/clean/phone.js';
import { WEEKDAYS } from '../calendar-day.js';
import type { HoursInput } from './changes.inputs.js';
import { checkHours } from './check-input.js';

/** The usual week as HSDS has it: a weekly rule for each of the hours. */
export function usualWeek(
  hours: readonly HoursInput[],
  field: string,
): { freq: 'WEEKLY'; byday: string; opensAt: string; closesAt: string }[] {
  checkHours(hours, field);
  return hours.map(({ days, opensAt, closesAt }) => ({
    freq: 'WEEKLY',
    byday: WEEKDAYS.filter((day) => days.includes(day)).join(','),
    opensAt,
    closesAt,
  }));
}

/** One row for each of the hours. */
export function addHours(
  em: EntityManager,
  serviceId: string,
  hours: readonly HoursInput[],
  field: string,
): Schedule[] {
  return usualWeek(hours, field).map((row) => em.create(Schedule, { id: newId(), serviceId, ...row }));
}

/** What a phone number is in the table; refuses what cannot be called. */
export function phoneOf(
  text: string,
  field: string,
): { number: string; extension: string | null; callable: string | null } {
  const [phone] = readPhones(text);
  const callable = phone?.e164 ?? (phone && isShortNumber(phone.number) ? phone.number : undefined);
  if (!phone || callable === undefined) {
    return refuse('BAD_PHONE', 'This is no phone number that can be called.', field);
  }
  return { number: phone.number, extension: phone.extension ?? null, callable };
}

export function addPhone(em: EntityManager, serviceId: string, text: string, field: string): void {
  em.create(Phone, { id: newId(), serviceId, type: 'voice', ...phoneOf(text, field) });
}

export function addAreas(em: EntityManager, serviceId: string, areas: readonly string[]): void {
  for (const name of areas.map((area) => area.trim()).filter((area) => area !== '')) {
    em.create(ServiceArea, { id: newId(), serviceId, name: name.slice(0, 500), covers: readArea(name) });
  }
}

const english = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

export function addLanguages(em: EntityManager, serviceId: string, codes: readonly string[], field: string): void {
  codes.forEach((code, index) => {
    const name = /^[a-z]{2,3}$/i.test(code) ? english.of(code.toLowerCase()) : undefined;
    if (name === undefined) {
      refuse('BAD_LANGUAGE', 'A language is given as an ISO 639 code such as es.', `${field}[${index}]`);
    }
    em.create(SpokenLanguage, { id: newId(), serviceId, name, code: code.toLowerCase() });
  });
}
