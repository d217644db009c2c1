import { goto } from '$app/navigation';
import { page } from '$app/state';

type Filter = string | boolean | null | undefined | readonly string[];

/**
 * Puts filters into the address, so that a list can be linked, reloaded and gone back to. Back leads out of the list; with
 * `step` it leads to what was asked before.
 */
export function setFilters(changes: Record<string, Filter>, step = false): Promise<void> {
  const next = new URLSearchParams(page.url.searchParams.toString());
  for (const [name, value] of Object.entries(changes)) {
    next.delete(name);
    if (Array.isArray(value)) value.forEach((one: string) => next.append(name, one));
    else if (value === true) next.set(name, '1');
    else if (value) next.set(name, String(value));
  }
  const query = next.toString();
  return goto(query ? `?${query}` : page.url.pathname, { replace: !step, reset: false });
}

/** A switch in the address: true when on, undefined when not said. */
export const isOn = (params: URLSearchParams, name: string): true | undefined =>
  params.get(name) === '1' ? true : undefined;

/** What the address chooses of a few; the first of them when it says nothing, or something that is none of them. */
export const oneOf = <T extends string>(params: URLSearchParams, name: string, all: readonly [T, ...T[]]): T =>
  all.find((one) => one === params.get(name)) ?? all[0];
