import type { SearchFilter, SearchNear, SearchQuestion } from '../port.js';
import { dayNumber } from './document.js';

const METRES_PER_MILE = 1609.344;
/** The engine measures on a sphere of its own: a little wider here, and exactly where the hits are scored. */
const MARGIN = 1.01;

/**
 * A value between quotation marks. The filter language has no way to write a backslash at the end, and no value of the hub
 * has one: it becomes a sign that matches nothing.
 */
function quoted(value: string): string {
  return `"${value.replaceAll('\\', '\uFFFD').replaceAll('"', '\\"')}"`;
}

const oneOf = (attribute: string, values: readonly (string | number)[]): string =>
  `${attribute} IN [${values.map((value) => (typeof value === 'number' ? String(value) : quoted(value))).join(', ')}]`;

const serves = (near: SearchNear): string => oneOf('covers', near.covers);

function nearby(near: SearchNear, filter: SearchFilter): string {
  if (filter.servesArea) return serves(near);
  const metres = Math.ceil(near.radiusMiles * METRES_PER_MILE * MARGIN);
  return `(_geoRadius(${near.latitude}, ${near.longitude}, ${metres}) OR ${serves(near)})`;
}

/** Everything but the words; each must hold. */
export function filtersOf({ filter, near, now, open, fit }: SearchQuestion): string[] {
  const lists: [string, readonly string[] | undefined][] = [
    ['categories', filter.categories],
    ['languages', filter.languages],
    ['costs', filter.costs],
    ['terms', filter.terms],
    ['organizationId', filter.organizationIds],
    ['serviceId', filter.serviceIds],
  ];
  const flags: [string, boolean | undefined][] = [
    ['free', filter.free],
    ['ref', filter.takesReferrals],
    ['acc', filter.accessible],
    ['int', filter.interpreter],
  ];
  const conditions = lists.flatMap(([attribute, values]) => (values ? [oneOf(attribute, values)] : []));
  conditions.push(...flags.flatMap(([flag, wanted]) => (wanted ? [oneOf('flags', [flag])] : [])));
  if (near) conditions.push(nearby(near, filter));
  if (filter.hasRoom) {
    conditions.push(oneOf('capacityStatus', ['CAPACITY', 'ASSESSMENT_REQUIRED']));
    // To the second here, exactly where the hits are scored.
    conditions.push(`capacityUntil >= ${Math.floor(now.getTime() / 1000)}`);
  }
  if (filter.open) conditions.push(oneOf('hours', open ?? []));
  if (filter.fits && fit && fit.noMatch.length > 0) conditions.push(`NOT ${oneOf('eligibility', fit.noMatch)}`);
  if (filter.verifiedSince !== undefined) conditions.push(`assuredDay >= ${dayNumber(filter.verifiedSince)}`);
  return conditions;
}
