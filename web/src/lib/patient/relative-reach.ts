import { given } from '#lib/form/form.svelte';
import type { ContactMethod, PatientPageQuery } from '#lib/gql/graphql';
import { phoneWords } from '#lib/i18n/index';
import { linesOf, windowsOf } from './contact-hours.js';
import type { HoursLine } from '#lib/listing/values';

type Relative = PatientPageQuery['patient']['relatedPersons'][number];

/** How somebody around a patient is reached, as a form holds it. */
export interface RelativeReach {
  phone: string;
  phoneUnsafe: boolean;
  voicemailOk: boolean;
  email: string;
  emailUnsafe: boolean;
  language: string;
  /** Empty: nobody said. */
  contactMethod: ContactMethod | '';
  onlyHours: boolean;
  windows: HoursLine[];
  /** Where the server says what is wrong with them. */
  contactWindows: null;
  /** Empty: as the patient's. */
  timeZone: string;
  contactNote: string;
}

export const relativeReach = (person?: Relative): RelativeReach => ({
  phone: person?.phone ? phoneWords(person.phone) : '',
  phoneUnsafe: person ? !person.phoneSafe : false,
  voicemailOk: person?.voicemailOk ?? false,
  email: person?.email ?? '',
  emailUnsafe: person ? !person.emailSafe : false,
  language: person?.language ?? 'en',
  contactMethod: person?.contactMethod ?? '',
  onlyHours: Boolean(person?.contactWindows),
  windows: linesOf(person?.contactWindows),
  contactWindows: null,
  timeZone: person?.timeZone ?? '',
  contactNote: person?.contactNote ?? '',
});

export const relativeReachInput = (values: RelativeReach) => ({
  phone: given(values.phone) ?? null,
  phoneSafe: !values.phoneUnsafe,
  voicemailOk: values.voicemailOk && !values.phoneUnsafe,
  email: given(values.email) ?? null,
  emailSafe: !values.emailUnsafe,
  language: values.language,
  contactMethod: values.contactMethod || null,
  contactWindows: values.onlyHours ? windowsOf(values.windows) : null,
  timeZone: given(values.timeZone) ?? null,
  contactNote: given(values.contactNote) ?? null,
});
