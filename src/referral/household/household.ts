import { isSensitive, type Sensitivity } from '../../access/sensitivity.js';
import type { Consent } from '../../caseload/index.js';
import { fill, join, type Words } from '../../platform/words.js';

/** What somebody in the household is to the person. */
export const RELATIONS = {
  PARTNER: { en: 'Partner', es: 'Pareja' },
  CHILD: { en: 'Child', es: 'Hijo o hija' },
  PARENT: { en: 'Parent', es: 'Madre o padre' },
  GRANDPARENT: { en: 'Grandparent', es: 'Abuela o abuelo' },
  SIBLING: { en: 'Brother or sister', es: 'Hermano o hermana' },
  RELATIVE: { en: 'Other family', es: 'Otro familiar' },
  CAREGIVER: { en: 'Caregiver', es: 'Cuidador o cuidadora' },
  OTHER: { en: 'Somebody else', es: 'Otra persona' },
} as const satisfies Record<string, Words>;
export type Relation = keyof typeof RELATIONS;

/** Somebody in the household as the agency may read of them. */
export interface HouseholdPerson {
  relation: Relation;
  age: number | null;
  givenName: string | null;
}

const AGED: Words = { en: '{who}, {age}', es: '{who}, {age}' };
const NAMED: Words = { en: '{who} ({name})', es: '{who} ({name})' };

/**
 * Whether first names of the household may go along. How somebody is related and how old they are belongs to what the
 * patient told about the need; a name is of a person who was not asked. So it goes only where the patient named this very
 * agency in the consent, and never where the referral shows anything sensitive.
 */
export function namesMayGo(
  consent: Pick<Consent, 'granteeOrganizationId'> | null,
  toOrgId: string,
  sensitivity: Sensitivity,
): boolean {
  return consent?.granteeOrganizationId === toOrgId && !isSensitive(sensitivity);
}

/** One person in words: "Child, 7 (Leo)". */
function personWords({ relation, age, givenName }: HouseholdPerson): Words {
  const who: Words = RELATIONS[relation];
  const aged = age === null ? who : fill(AGED, { who, age: String(age) });
  return givenName === null ? aged : fill(NAMED, { who: aged, name: givenName });
}

const wordsOf = (persons: readonly HouseholdPerson[]): Words => join(persons.map(personWords), '; ');

/** The household as it is copied into what is shared. */
export const householdValue = (persons: readonly HouseholdPerson[]): string => wordsOf(persons).en;

/** What was copied, for whoever reads Spanish: kinds of relation are the hub's words, ages and names are not. */
export function householdIn(value: string): string {
  const parts = value.split('; ').map((part) => {
    const known = Object.values(RELATIONS).find(
      ({ en }) => part === en || part.startsWith(`${en},`) || part.startsWith(`${en} (`),
    );
    return known ? known.es + part.slice(known.en.length) : part;
  });
  return parts.join('; ');
}
