import type { CostKind, SearchServicesInput } from '#lib/gql/graphql';
import { isOn } from '#lib/list/filters';

const COSTS = ['FREE', 'SLIDING_SCALE', 'DONATION', 'INSURANCE', 'FEE'] as const satisfies CostKind[];
/** Miles around a place, where nobody says how far. */
export const USUAL_MILES = 25;
/** Days within which a listing was checked, as the choices have them. */
export const WITHIN_DAYS = ['30', '90', '180', '365'] as const;
/** Everything in the address that leaves something out. */
export const FILTERS = [
  'category', 'miles', 'language', 'cost', 'agency', 'fresh', 'at', 'open', 'room', 'referrals', 'accessible', 'interpreter', 'fits',
] as const; // prettier-ignore

/** Lets all of them go. */
export const NO_FILTERS = Object.fromEntries(FILTERS.map((name) => [name, null]));

/** A moment as the reader's clock has it ("2026-12-01T18:30"); nothing when it is no moment. */
function moment(text: string | null): string | undefined {
  const at = new Date(text ?? '');
  return text && !Number.isNaN(at.getTime()) ? at.toISOString() : undefined;
}

/** A place as people write it, or as a map gives it: "39.29, -76.61". */
function nearOf(text: string, miles: number): SearchServicesInput['near'] {
  const radiusMiles = miles > 0 ? miles : undefined;
  const [, latitude, longitude] = /^(-?\d{1,2}\.\d+)[,\s]+(-?\d{1,3}\.\d+)$/.exec(text) ?? [];
  return longitude === undefined
    ? { place: text, radiusMiles }
    : { latitude: Number(latitude), longitude: Number(longitude), radiusMiles };
}

/** What the address of a search page asks for: `?q=food&near=21044&cost=FREE`. */
export function searchInput(params: URLSearchParams): SearchServicesInput {
  const near = params.get('near')?.trim();
  const cost = COSTS.find((one) => one === params.get('cost'));
  const within = WITHIN_DAYS.find((one) => one === params.get('fresh'));
  const openAt = moment(params.get('at'));
  return {
    text: params.get('q')?.trim() || undefined,
    category: params.get('category') || undefined,
    near: near ? nearOf(near, Number(params.get('miles'))) : undefined,
    language: params.get('language') || undefined,
    openAt,
    openNow: openAt ? undefined : isOn(params, 'open'),
    costs: cost && [cost],
    organizationId: params.get('agency') || undefined,
    takesReferrals: isOn(params, 'referrals'),
    hasRoom: isOn(params, 'room'),
    accessible: isOn(params, 'accessible'),
    interpreter: isOn(params, 'interpreter'),
    verifiedWithinDays: within && Number(within),
    fitsOnly: isOn(params, 'fits'),
  };
}

/** Whether anything was asked at all; a bare address shows the start of the search instead of everything. */
export const isAsked = (params: URLSearchParams): boolean =>
  ['q', 'near', ...FILTERS].some((name) => name !== 'miles' && params.get(name));
