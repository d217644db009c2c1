import type { HubContext } from '../../access/index.js';
import { RelatedPerson } from '../../caseload/index.js';
import { fail } from '../../platform/graphql/errors.js';
import type { HouseholdPersonInput } from './household.inputs.js';
import type { HouseholdPerson } from './household.js';

const MOST = 12;

/** Somebody in the household, with who it is in the record. */
export interface TakenPerson extends HouseholdPerson {
  relatedPersonId: string | null;
}

/** The persons that were named, each checked; first names only where `names` says that they may go. */
export async function takeHousehold(
  ctx: HubContext,
  patientId: string,
  household: readonly HouseholdPersonInput[] | null | undefined,
  names: boolean,
): Promise<TakenPerson[]> {
  const given = household ?? [];
  if (given.length > MOST) fail.badInput('input.household', `at most ${MOST} persons are expected`);
  const ids = given.flatMap(({ relatedPersonId }) => relatedPersonId ?? []);
  const em = await ctx.db.em();
  const known = ids.length === 0 ? [] : await em.find(RelatedPerson, { id: { $in: ids }, patientId, endedAt: null });
  return given.map((one, index) => {
    const { relation, age = null, relatedPersonId = null } = one;
    if (age !== null && (age < 0 || age > 120)) fail.badInput(`input.household.${index}.age`, '0 to 120 is expected');
    if (relatedPersonId !== null && !known.some(({ id }) => id === relatedPersonId)) {
      fail.badInput(`input.household.${index}.relatedPersonId`, 'somebody around this patient is expected');
    }
    const name = one.givenName?.trim() || null;
    if (name && name.length > 100) {
      fail.badInput(`input.household.${index}.givenName`, 'at most 100 characters are expected');
    }
    return { relation, age, givenName: names ? name : null, relatedPersonId };
  });
}
