import { Field, ObjectType } from 'type-graphql';
import { windowsIn, windowsWords, type ContactWindow } from '../caseload/index.js';
import { join, type Language, type Words } from '../platform/words.js';
import { householdIn } from './household/household.js';
import { needLabelsIn } from '../screening/index.js';

@ObjectType({ description: 'One thing the agency may read about the person.' })
export class SharedItem {
  @Field(() => String, {
    description:
      'What it is: name, needs, household, phone, safeContact, language, interpreter, zip, birthDate, email, address, householdSize, whatMatters, or unchecked: nothing proves the number.',
  })
  key!: string;

  @Field(() => String, {
    description: 'The value in words; a language as ISO 639 code, a date as YYYY-MM-DD, `true` for yes.',
  })
  value!: string;
}

@ObjectType({ description: 'All that the agency may read about the person, copied when the referral was sent.' })
export class SharedInformation {
  @Field(() => [SharedItem], {
    description: 'The items, in reading order; empty when the agency may no longer see them.',
  })
  items!: SharedItem[];
}

/** What the sender may add to what is always shared. Nothing else of the record can leave with a referral. */
export const OPTIONAL_KEYS = ['birthDate', 'email', 'address', 'householdSize', 'whatMatters'] as const;
export type OptionalKey = (typeof OPTIONAL_KEYS)[number];

/** The part of a patient's record that a referral may carry. */
export interface Shareable {
  givenName: string;
  familyName: string;
  preferredName?: string | null;
  birthDate?: string | null;
  language: string;
  interpreterNeeded: boolean;
  phone?: string | null;
  email?: string | null;
  address1?: string | null;
  address2?: string | null;
  city?: string | null;
  state?: string | null;
  zip?: string | null;
  contactMethod: string;
  voicemailOk: boolean;
  contactTimes?: string | null;
  contactWindows?: readonly ContactWindow[] | null;
  phoneSafe?: boolean;
  emailSafe?: boolean;
  contactNote?: string | null;
  householdSize?: number | null;
  whatMatters?: string | null;
}

/** How a person is called in lists, subjects and notices of the two sides: "Ana R." */
export function labelOf(patient: Pick<Shareable, 'givenName' | 'familyName' | 'preferredName'>): string {
  const [initial = ''] = patient.familyName.trim();
  return `${patient.preferredName?.trim() || patient.givenName} ${initial}.`;
}

const METHODS: Record<string, Words> = {
  PHONE: { en: 'Call', es: 'Llamar' },
  TEXT: { en: 'Text', es: 'Enviar un mensaje de texto' },
  EMAIL: { en: 'E-mail', es: 'Escribir un correo electrónico' },
  MAIL: { en: 'Write', es: 'Escribir una carta' },
  NONE: { en: 'Do not contact; ask the sender', es: 'No comunicarse; preguntar a quien envía' },
  TEXT_OR_CALL: { en: 'Text or call', es: 'Enviar un mensaje de texto o llamar' },
  EMAIL_OR_CALL: { en: 'E-mail or call', es: 'Escribir un correo electrónico o llamar' },
};
const VOICEMAIL: Record<'fine' | 'none', Words> = {
  fine: { en: 'voicemail is fine', es: 'se puede dejar mensaje de voz' },
  none: { en: 'leave no voicemail', es: 'no dejar mensaje de voz' },
};

/** Safe-contact rules travel with every referral: who calls must know that a voicemail could hurt. */
function safeContact(patient: Shareable): string {
  const parts = [
    (METHODS[patient.contactMethod] ?? METHODS['PHONE'])?.en,
    (patient.voicemailOk ? VOICEMAIL.fine : VOICEMAIL.none).en,
    patient.contactWindows?.length ? windowsWords(patient.contactWindows).en : null,
    patient.contactTimes,
    patient.contactNote,
  ];
  return parts.filter(Boolean).join('; ');
}

/** What is shared by somebody who may also be called, beside the way on which they are written to. */
export function orCalled(items: readonly SharedItem[]): SharedItem[] {
  return items.map(({ key, value }) => {
    const way = (['TEXT', 'EMAIL'] as const).find((one) => value.startsWith(`${METHODS[one]?.en}; `));
    if (key !== 'safeContact' || !way) return { key, value };
    return { key, value: `${METHODS[`${way}_OR_CALL`]?.en}${value.slice(METHODS[way]?.en.length)}` };
  });
}

/**
 * What is shared as somebody reads it who has this language. The copy itself stays as it was sent; what the hub wrote in
 * it (how to reach the person, kinds of need) is put into their words, and what people wrote is left alone.
 */
export function sharedIn(items: readonly SharedItem[], language: Language): SharedItem[] {
  if (language === 'en') return [...items];
  return items.map(({ key, value }) => {
    if (key === 'household') return { key, value: householdIn(value) };
    if (key === 'needs') return { key, value: needLabelsIn(value, language) };
    if (key !== 'safeContact') return { key, value };
    const head = Object.values(METHODS).flatMap((method) =>
      Object.values(VOICEMAIL).map((voicemail) => join([method, voicemail], '; ')),
    );
    const known = head.find(({ en }) => value === en || value.startsWith(`${en}; `));
    return { key, value: known ? known[language] + windowsIn(value.slice(known.en.length), language) : value };
  });
}

/**
 * What is shared with an agency, in reading order. Name, needs, safe contact, language, ZIP and the way in which the
 * person wants to be reached always go: an agency cannot help without them. The rest only when the sender chose it, and
 * no phone of a person who must not be contacted. Empty values are left out.
 */
export function shareOf(patient: Shareable, needs: readonly string[], chosen: readonly OptionalKey[]): SharedItem[] {
  const { address1, address2, city, state, zip, contactMethod } = patient;
  const wanted = new Set<OptionalKey>(chosen);
  if (contactMethod === 'EMAIL') wanted.add('email');
  if (contactMethod === 'MAIL') wanted.add('address');
  const optional: Record<OptionalKey, string | null | undefined> = {
    birthDate: patient.birthDate,
    email: patient.emailSafe === false ? null : patient.email,
    address: [address1, address2, city, state, zip].filter(Boolean).join(', '),
    householdSize: patient.householdSize?.toString(),
    whatMatters: patient.whatMatters,
  };
  const entries: [string, string | null | undefined][] = [
    ['name', `${patient.preferredName?.trim() || patient.givenName} ${patient.familyName}`],
    ['needs', needs.join(', ')],
    ['phone', contactMethod === 'NONE' || patient.phoneSafe === false ? null : patient.phone],
    ['safeContact', safeContact(patient)],
    ['language', patient.language],
    ['interpreter', patient.interpreterNeeded ? 'true' : null],
    ['zip', zip],
    ...OPTIONAL_KEYS.filter((key) => wanted.has(key)).map((key): [string, string | null | undefined] => [
      key,
      optional[key],
    ]),
  ];
  return entries.flatMap(([key, value]) => (value ? [{ key, value }] : []));
}
