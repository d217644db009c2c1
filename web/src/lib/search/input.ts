import type { SearchServicesInput } from '#lib/gql/graphql';
import { isOn } from '#lib/list/filters';

/** What the address of a search page asks for: `?q=food&near=21044&free=1`. */
export function searchInput(params: URLSearchParams): SearchServicesInput {
  const near = params.get('near')?.trim();
  const radius = Number(params.get('miles'));
  return {
    text: params.get('q')?.trim() || undefined,
    category: params.get('category') || undefined,
    near: near ? { place: near, radiusMiles: radius > 0 ? radius : undefined } : undefined,
    language: params.get('language') || undefined,
    openNow: isOn(params, 'open'),
    free: isOn(params, 'free'),
    takesReferrals: isOn(params, 'referrals'),
    hasRoom: isOn(params, 'room'),
    accessible: isOn(params, 'accessible'),
    verifiedWithinDays: isOn(params, 'fresh') && 180,
    fitsOnly: isOn(params, 'fits'),
  };
}

/** Whether anything was asked at all; a bare address shows the start of the search instead of everything. */
export const isAsked = (params: URLSearchParams): boolean =>
  ['q', 'category', 'near', 'open', 'free', 'referrals', 'room', 'language', 'accessible', 'fresh'].some((name) =>
    params.get(name),
  );
