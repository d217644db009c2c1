import { sql } from 'kysely';
import { registerEnumType } from 'type-graphql';
import { enumOf } from '../../platform/graphql/enum-of.js';
import type { OrderBy } from '../../platform/graphql/keyset.js';
import { fail } from '../../platform/graphql/errors.js';
import { isoDate, parseDay } from '../calendar-day.js';
import { countyKey } from '../search/area-words.js';
import { byName, type ServiceQuery } from '../service/service.queries.js';
import { CurationFilter } from './curation.inputs.js';

export const CurationOrder = enumOf(['DUE', 'COMPLAINTS', 'USE', 'NAME']);
export type CurationOrder = keyof typeof CurationOrder;
registerEnumType(CurationOrder, {
  name: 'CurationOrder',
  description: 'What comes first in the queue.',
  valuesConfig: {
    DUE: { description: 'What is due longest.' },
    COMPLAINTS: { description: 'What was reported most often, and not looked at yet.' },
    USE: { description: 'What was sent to, opened and shown most in 90 days.' },
    NAME: { description: 'By name.' },
  },
});

/** A listing is looked at this many days before it is due. */
const DUE_BEFORE_DAYS = 30;
const id = { by: 's.id', type: 'uuid' } as const;
const ORDERS: Readonly<Record<CurationOrder, readonly OrderBy[]>> = {
  DUE: [{ by: 's.next_verification_on', type: 'date', nulls: 'first' }, id],
  COMPLAINTS: [
    { by: 's.complaints', type: 'int', direction: 'desc' },
    { ...id, direction: 'desc' },
  ],
  USE: [
    { by: 's.use_weight', type: 'int', direction: 'desc' },
    { ...id, direction: 'desc' },
  ],
  NAME: byName,
};

/** The order asked for, else the one that fits what is shown. */
export const orderOf = (filter: CurationFilter, order: CurationOrder | null | undefined): readonly OrderBy[] =>
  ORDERS[order ?? (filter === 'DUE' ? 'DUE' : filter === 'REPORTED' ? 'COMPLAINTS' : 'NAME')];

export function inQueue(query: ServiceQuery, filter: CurationFilter, now: Date): ServiceQuery {
  const until = isoDate((parseDay(now.toISOString()) ?? 0) + DUE_BEFORE_DAYS);
  const own = query.where('s.merged_into', 'is', null);
  switch (filter) {
    case 'DUE':
      return own
        .where('s.status', '=', 'active')
        .where((eb) =>
          eb.or([
            eb('s.next_verification_on', '<=', until),
            eb.and([eb('s.next_verification_on', 'is', null), eb('s.assured_date', 'is not', null)]),
          ]),
        );
    case 'REPORTED':
      return own.where('s.status', '=', 'active').where('s.complaints', '>', 0);
    case 'NEVER_VERIFIED':
      return own.where('s.status', '=', 'active').where('s.assured_date', 'is', null);
    case 'RETIRED':
      return own.where('s.status', 'in', ['inactive', 'defunct']);
    case 'ALL':
      return own;
  }
}

/**
 * Listings of a county, such as "Howard County, MD" or `MD/Howard`: those given there, but for places that must stay secret, and those that say
 * they serve it.
 */
export function inCounty(query: ServiceQuery, county: string | null | undefined): ServiceQuery {
  if (!county) return query;
  const key = countyKey(county);
  const [state, name] = key?.split('/') ?? [];
  if (!state || !name) fail.badInput('county', 'a county such as Howard County, MD is expected');
  return query.where(sql<boolean>`(s.id in (select sal.service_id from hub.zip_code z
      join hub.address a on left(a.postal_code, 5) = z.zip join hub.service_at_location sal on sal.location_id = a.location_id
      where z.state = ${state} and z.county = ${name} and not hub.is_withheld(a.location_id))
    or s.id in (select sa.service_id from hub.service_area sa where sa.covers @> array[${`county:${key}`}]::text[]))`);
}

export function named(query: ServiceQuery, text: string | null | undefined): ServiceQuery {
  const part = text?.trim().slice(0, 100);
  if (!part) return query;
  const like = `%${part.replace(/[\\%_]/g, String.raw`\$&`)}%`;
  return query.where(sql<boolean>`(hub.fold(s.name) like hub.fold(${like})
    or s.organization_id in (select o.id from hub.organization o where hub.fold(o.name) like hub.fold(${like})))`);
}
