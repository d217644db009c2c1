import type { HubContext } from '../../access/index.js';
import { organizationById } from '../../identity/index.js';
import type { Language, Words } from '../../platform/words.js';
import { dayIn, isoDate } from '../calendar-day.js';
import { addressWords } from '../curation/place-part.js';
import { describeHours } from '../describe-hours.js';
import { daysInWords, irregularInWords, spanInWords } from '../hours-words.js';
import { addressesOfLocation, locationById, sitesOfService } from '../place/place.loaders.js';
import { hoursOfService, zoneOf } from '../service/hours.js';
import { isConfidential, type Service } from '../service/service.entity.js';
import { isFax } from '../detail/phone-order.js';
import { numbersToCall } from '../service/numbers-to-call.js';
import { requiredDocumentsOfService } from '../service/service.loaders.js';
import { shortKeyOf } from './short-key.js';

/** What a list says of one listing, in one language; what everybody may see, and no more. */
export interface Card {
  key: string;
  name: string;
  agency: string;
  /** Not named where somebody else may read it unasked: in letters, and on paper unless it was asked for. */
  private: boolean;
  offered: boolean;
  alert: string | null;
  phones: string[];
  addresses: string[];
  hours: string[];
  /** How to get it. */
  apply: string | null;
  bring: string[];
  cost: string | null;
  /** YYYY-MM-DD */
  checkedOn: string | null;
}

const FREE: Words = { en: 'Free', es: 'Gratis' };

async function hoursIn(ctx: HubContext, service: Service, language: Language): Promise<string[]> {
  const today = isoDate(dayIn(await zoneOf(ctx, service), ctx.clock.now()));
  const { week, irregular, notes } = describeHours(await hoursOfService(ctx, service.id), today);
  const spans = (hours: (typeof week)[number]['hours']) => hours.map((one) => spanInWords(one, language)).join(', ');
  return [
    ...week.map(({ days, runs, hours }) => `${daysInWords(days, runs)[language]}: ${spans(hours)}`),
    ...irregular.map((part) => `${irregularInWords(part)[language]}: ${spans(part.hours)}`),
    ...notes,
  ].map((line) => line.charAt(0).toUpperCase() + line.slice(1));
}

/** At most two doors: a list is carried about. */
async function addressesOf(ctx: HubContext, service: Service): Promise<string[]> {
  if (isConfidential(service)) return [];
  const sites = (await sitesOfService(ctx, service.id)).slice(0, 2);
  const places = await Promise.all(sites.map((site) => locationById(ctx, site.locationId)));
  const addresses = await Promise.all(places.map((place) => (place ? addressesOfLocation(ctx, place.id) : [])));
  return addresses.flatMap((all) => all.slice(0, 1).map(addressWords));
}

export async function cardOf(ctx: HubContext, service: Service, language: Language): Promise<Card> {
  const { id, name, sensitivity, status, alert = null, applicationProcess = null, assuredDate = null } = service;
  const [agency, phones, documents] = await Promise.all([
    organizationById(ctx, service.organizationId),
    numbersToCall(ctx, service),
    requiredDocumentsOfService(ctx, id),
  ]);
  return {
    key: shortKeyOf(id),
    name,
    agency: agency?.name ?? '',
    private: sensitivity !== 'NONE' || isConfidential(service),
    offered: status === 'active',
    alert,
    phones: phones
      .filter((phone) => !isFax(phone))
      .slice(0, 3)
      .map(({ number, extension }) => (extension ? `${number} ext. ${extension}` : number)),
    addresses: await addressesOf(ctx, service),
    hours: await hoursIn(ctx, service, language),
    apply: applicationProcess,
    bring: documents.flatMap(({ document }) => (document ? [document] : [])),
    cost: service.isFree ? FREE[language] : (service.feesDescription ?? null),
    checkedOn: assuredDate,
  };
}
