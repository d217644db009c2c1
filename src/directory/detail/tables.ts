import { toDate } from '../../platform/database/rows.js';
import { tableOf, toNumber } from '../parts.js';
import { Contact, Phone, Url } from './contact.entities.js';
import {
  CostOption,
  Funding,
  RequiredDocument,
  ServiceArea,
  ServiceCapacity,
  SpokenLanguage,
} from './offer.entities.js';
import { Schedule } from './schedule.entity.js';

/** A row that knows whom it belongs to. */
export type Owned<T> = T & { ownerId: string };

export const phones = tableOf<Phone>(
  'phone',
  [
    'id',
    'locationId',
    'serviceId',
    'organizationId',
    'serviceAtLocationId',
    'contactId',
    'number',
    'extension',
    'type',
    'description',
    'callable',
  ],
  { columns: { callable: 't.e164' } },
);

export const schedules = tableOf<Schedule>(
  'schedule',
  [
    'id',
    'serviceId',
    'locationId',
    'serviceAtLocationId',
    'validFrom',
    'validTo',
    'dtstart',
    'timezone',
    'until',
    'count',
    'wkst',
    'freq',
    'interval',
    'byday',
    'byweekno',
    'bymonthday',
    'byyearday',
    'description',
    'opensAt',
    'closesAt',
    'scheduleLink',
    'attendingType',
    'notes',
  ],
  { convert: { timezone: toNumber } },
);

export const serviceAreas = tableOf<ServiceArea>('service_area', [
  'id',
  'serviceId',
  'serviceAtLocationId',
  'name',
  'description',
  'extent',
  'extentType',
  'uri',
  'covers',
]);

export const languages = tableOf<SpokenLanguage>('language', [
  'id',
  'serviceId',
  'locationId',
  'phoneId',
  'name',
  'code',
  'note',
]);

const ofService = { columns: { ownerId: 't.service_id' } };

/** What a contact, a page or a fund belongs to. */
interface Links {
  organizationId: string | null;
  locationId: string | null;
  serviceAtLocationId: string | null;
}

export const contacts = tableOf<Owned<Contact> & Links>(
  'contact',
  ['id', 'ownerId', 'organizationId', 'locationId', 'serviceAtLocationId', 'name', 'title', 'department', 'email'],
  ofService,
);
export const urls = tableOf<Owned<Url> & Pick<Links, 'organizationId'>>(
  'url',
  ['id', 'ownerId', 'organizationId', 'label', 'url'],
  ofService,
);
export const costOptions = tableOf<Owned<CostOption>>(
  'cost_option',
  ['id', 'ownerId', 'validFrom', 'validTo', 'option', 'currency', 'amount', 'amountDescription'],
  { ...ofService, convert: { amount: toNumber } },
);
export const requiredDocuments = tableOf<Owned<RequiredDocument>>(
  'required_document',
  ['id', 'ownerId', 'document', 'uri'],
  ofService,
);
export const fundings = tableOf<Owned<Funding> & Pick<Links, 'organizationId'>>(
  'funding',
  ['id', 'ownerId', 'organizationId', 'source'],
  ofService,
);
export const serviceCapacities = tableOf<Owned<ServiceCapacity>>(
  'service_capacity',
  ['id', 'ownerId', 'unit', 'unitId', 'available', 'maximum', 'description', 'updated'],
  {
    columns: { ownerId: 't.service_id', unit: '(select u.name from hub.unit u where u.id = t.unit_id)' },
    convert: { available: toNumber, maximum: toNumber, updated: toDate },
  },
);
