import type { ContactMethod, PatientPageQuery, PatientStatus, Risk } from '#lib/gql/graphql';
import { given, number } from '#lib/form/form.svelte';
import { phoneWords } from '#lib/i18n/index';
import type { HoursLine } from '#lib/listing/values';
import { linesOf, windowsOf } from './contact-hours.js';

type Patient = PatientPageQuery['patient'];

/** A patient as a form holds it: everything is text, yes/no/unknown or a choice. */
export interface PatientValues {
  givenName: string;
  familyName: string;
  preferredName: string;
  birthDate: string;
  gender: string;
  pronouns: string;
  language: string;
  interpreterNeeded: boolean;
  phone: string;
  email: string;
  address1: string;
  city: string;
  state: string;
  zip: string;
  contactMethod: ContactMethod;
  voicemailOk: boolean;
  phoneUnsafe: boolean;
  emailUnsafe: boolean;
  /** Only in these hours; without it, any time of the day. */
  onlyHours: boolean;
  windows: HoursLine[];
  /** Where the server says what is wrong with them. */
  contactWindows: null;
  /** Where they are; empty: as the ZIP code says. */
  timeZone: string;
  contactTimes: string;
  contactNote: string;
  whatMatters: string;
  householdSize: string;
  annualIncome: string;
  veteran: string;
  disability: string;
  caregiver: string;
  insurance: string[];
  risk: Risk;
  /** Whether the care team serves them; a new patient is served. */
  status: PatientStatus;
}

const threeWay = (value: boolean | null | undefined): string =>
  value === null || value === undefined ? '' : String(value);
const fromThreeWay = (value: string): boolean | undefined => (value === '' ? undefined : value === 'true');

export function patientValues(patient?: Patient): PatientValues {
  return {
    givenName: patient?.givenName ?? '',
    familyName: patient?.familyName ?? '',
    preferredName: patient?.preferredName ?? '',
    birthDate: patient?.birthDate ?? '',
    gender: patient?.gender ?? '',
    pronouns: patient?.pronouns ?? '',
    language: patient?.language ?? 'en',
    interpreterNeeded: patient?.interpreterNeeded ?? false,
    phone: patient?.phone ? phoneWords(patient.phone) : '',
    email: patient?.email ?? '',
    address1: patient?.address1 ?? '',
    city: patient?.city ?? '',
    state: patient?.state ?? '',
    zip: patient?.zip ?? '',
    contactMethod: patient?.contactMethod ?? 'PHONE',
    voicemailOk: patient?.voicemailOk ?? false,
    phoneUnsafe: patient ? !patient.phoneSafe : false,
    emailUnsafe: patient ? !patient.emailSafe : false,
    onlyHours: Boolean(patient?.contactWindows),
    windows: linesOf(patient?.contactWindows),
    contactWindows: null,
    timeZone: patient?.timeZone ?? '',
    contactTimes: patient?.contactTimes ?? '',
    contactNote: patient?.contactNote ?? '',
    whatMatters: patient?.whatMatters ?? '',
    householdSize: patient?.householdSize ? String(patient.householdSize) : '',
    annualIncome: typeof patient?.annualIncomeCents === 'number' ? String(patient.annualIncomeCents / 100) : '',
    veteran: threeWay(patient?.veteran),
    disability: threeWay(patient?.disability),
    caregiver: threeWay(patient?.caregiver),
    insurance: patient?.insurance ? [...patient.insurance] : [],
    risk: patient?.risk ?? 'LOW',
    status: patient?.status ?? 'ACTIVE',
  };
}

/** The fields both mutations share. `clear`: an emptied field clears the stored value (null) instead of leaving it alone. */
export function patientInput(values: PatientValues, clear: boolean) {
  const nothing = clear ? null : undefined;
  const text = (value: string) => given(value) ?? nothing;
  const income = number(values.annualIncome);
  return {
    givenName: values.givenName.trim(),
    familyName: values.familyName.trim(),
    preferredName: text(values.preferredName),
    gender: text(values.gender),
    pronouns: text(values.pronouns),
    language: values.language,
    interpreterNeeded: values.interpreterNeeded,
    phone: text(values.phone),
    email: text(values.email),
    address1: text(values.address1),
    city: text(values.city),
    state: text(values.state.toUpperCase()),
    zip: text(values.zip),
    contactMethod: values.contactMethod,
    voicemailOk: values.voicemailOk && !values.phoneUnsafe,
    phoneSafe: !values.phoneUnsafe,
    emailSafe: !values.emailUnsafe,
    contactWindows: values.onlyHours ? windowsOf(values.windows) : nothing,
    timeZone: text(values.timeZone),
    contactTimes: text(values.contactTimes),
    contactNote: text(values.contactNote),
    whatMatters: text(values.whatMatters),
    householdSize: number(values.householdSize) ?? nothing,
    annualIncomeCents: income === undefined ? nothing : Math.round(income * 100),
    veteran: fromThreeWay(values.veteran) ?? nothing,
    disability: fromThreeWay(values.disability) ?? nothing,
    caregiver: fromThreeWay(values.caregiver) ?? nothing,
    insurance: values.insurance,
    risk: values.risk,
  };
}

/** Languages offered first; the code is ISO 639-1. */
export const languageCodes = [
  'en',
  'es',
  'zh',
  'vi',
  'ar',
  'fr',
  'ht',
  'ko',
  'ru',
  'tl',
  'pt',
  'am',
  'so',
  'ne',
  'ur',
] as const;
/** The kinds that rules of who a service is for ask about too. */
export const insuranceKinds = ['MEDICAID', 'MEDICARE', 'CHIP', 'COMMERCIAL', 'EXCHANGE', 'VA', 'OTHER', 'UNINSURED'] as const; // prettier-ignore
