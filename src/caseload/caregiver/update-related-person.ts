import { load, type HubContext } from '../../access/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { RelatedPerson } from '../patient/around.entity.js';
import { checkAuthority } from '../patient/check-authority.js';
import { PersonFields } from '../patient/person-fields.js';
import { Problems } from '../problems.js';
import { relativeReach } from '../reach/relative-reach.js';
import { recordAccess } from '../record-access.js';
import type { UpdateRelatedPersonInput } from './caregiver.inputs.js';

/** Changes somebody around a patient: an authority that ran out, a new number, or that they are no longer there. */
export async function updateRelatedPerson(
  ctx: HubContext,
  input: UpdateRelatedPersonInput,
): Promise<RelatedPerson | Problems> {
  const person = await load(ctx, RelatedPerson, input.id, 'update', { what: 'RelatedPerson' });
  if (person.version !== input.expectedVersion) fail.conflict();
  const problems = new Problems();
  const check = new PersonFields(problems);
  const authority = input.authority ?? person.authority;
  // Days belong to an authority: they go with it.
  const none = authority === 'NONE' && input.authority === 'NONE';
  const authorityFrom = none && !input.authorityFrom ? null : pick(input.authorityFrom, person.authorityFrom);
  const authorityTo = none && !input.authorityTo ? null : pick(input.authorityTo, person.authorityTo);
  checkAuthority(problems, authority, authorityFrom, authorityTo);
  const changes = {
    relationship: check.name('relationship', input.relationship ?? undefined),
    ...relativeReach(check, input),
    isCaregiver: input.isCaregiver ?? undefined,
    authority,
    authorityFrom,
    authorityTo,
    ...(input.ended && !person.endedAt && { endedAt: ctx.clock.now() }),
  };
  if (problems.found) return problems;
  for (const [name, value] of Object.entries(changes)) {
    if (value !== undefined) Object.assign(person, { [name]: value });
  }
  await (await ctx.db.em()).flush();
  const { patientId, id } = person;
  recordAccess(ctx, { action: 'patient.update-related-person', patientId, entity: 'related_person', entityId: id });
  return person;
}

/** Left out: what stands; null: nothing. */
const pick = <T>(given: T | null | undefined, kept: T | null | undefined): T | null =>
  given === undefined ? (kept ?? null) : given;
