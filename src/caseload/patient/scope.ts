import type { HubContext } from '../../access/index.js';
import { fail } from '../../platform/graphql/errors.js';

/** The organization whose patients the caller reads. Only for fields behind a permission of care roles. */
export function careOrganization(ctx: HubContext): string {
  return ctx.caller?.permissions.has('patient.read') ? ctx.caller.organizationId : fail.forbidden();
}

/** The signed-in person: some records must say who made them, and an API key is nobody. */
export function personOf(ctx: HubContext): string {
  return ctx.caller?.userId ?? fail.forbidden('This needs a person who is signed in, not an API key.');
}

/** The calendar day of a moment in UTC, `YYYY-MM-DD`. */
export function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

/** Whole years between a day of birth and a day, both `YYYY-MM-DD`; 29 February counts on 1 March. Of an unknown birth, null. */
export function yearsBetween(birthDate: string | null | undefined, day: string): number | null {
  if (!birthDate) return null;
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}
