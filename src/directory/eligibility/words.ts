import { type Words, fill, join } from '../../platform/words.js';
import { placeWords } from './place-keys.js';
import { type Rule, STATUS_RULES, type StatusKind } from './rules.js';

/** What may be known of a person. Undefined or null = not known. */
export interface Facts {
  ageYears?: number | null;
  householdSize?: number | null;
  annualIncomeCents?: number | null;
  /** Two letters. */
  state?: string | null;
  /** Name without "County". */
  county?: string | null;
  zip?: string | null;
  /** ISO 639 codes; empty = not known. */
  languages?: readonly string[] | null;
  /** Kinds of insurance, UNINSURED for none; empty = not known. */
  insurance?: readonly string[] | null;
  gender?: string | null;
  /** Ages of the children in the household; empty = none. */
  childAges?: readonly number[] | null;
  /** Documents the person can or cannot bring; others are not known. */
  documents?: { has?: readonly string[]; lacks?: readonly string[] } | null;
  veteran?: boolean | null;
  disability?: boolean | null;
  caregiver?: boolean | null;
  homeless?: boolean | null;
  pregnant?: boolean | null;
  student?: boolean | null;
  refugee?: boolean | null;
  justiceInvolved?: boolean | null;
}
export type FactName = keyof Facts;

/** What to ask for each fact. */
export const QUESTIONS: Record<FactName, Words> = {
  ageYears: { en: 'How old is the person?', es: '¿Qué edad tiene la persona?' },
  householdSize: { en: 'How many people live in the household?', es: '¿Cuántas personas viven en el hogar?' },
  annualIncomeCents: { en: 'What is the household’s yearly income?', es: '¿Cuál es el ingreso anual del hogar?' },
  state: { en: 'In which state does the person live?', es: '¿En qué estado vive la persona?' },
  county: { en: 'In which county does the person live?', es: '¿En qué condado vive la persona?' },
  zip: { en: 'What is the ZIP code at home?', es: '¿Cuál es el código postal de su casa?' },
  languages: { en: 'Which languages does the person speak?', es: '¿Qué idiomas habla la persona?' },
  insurance: { en: 'Which health insurance does the person have?', es: '¿Qué seguro médico tiene la persona?' },
  gender: { en: 'What is the person’s gender?', es: '¿Cuál es el género de la persona?' },
  childAges: { en: 'How old are the children in the household?', es: '¿Qué edad tienen los niños del hogar?' },
  documents: { en: 'Which documents can the person bring?', es: '¿Qué documentos puede traer la persona?' },
  veteran: { en: 'Has the person served in the military?', es: '¿La persona sirvió en las fuerzas armadas?' },
  disability: { en: 'Does the person have a disability?', es: '¿La persona tiene una discapacidad?' },
  caregiver: { en: 'Does the person care for someone?', es: '¿La persona cuida a alguien?' },
  homeless: { en: 'Is the person without a home?', es: '¿La persona está sin hogar?' },
  pregnant: { en: 'Is the person pregnant?', es: '¿La persona está embarazada?' },
  student: { en: 'Is the person a student?', es: '¿La persona estudia?' },
  refugee: { en: 'Is the person a refugee?', es: '¿La persona es refugiada?' },
  justiceInvolved: {
    en: 'Has the person been in jail or prison?',
    es: '¿La persona ha estado en la cárcel o en prisión?',
  },
};

const STATUS_WORDS: Record<StatusKind, Words> = {
  VETERAN: { en: 'Veterans', es: 'Veteranos' },
  DISABILITY: { en: 'People with a disability', es: 'Personas con discapacidad' },
  CAREGIVER: { en: 'People who care for someone', es: 'Personas que cuidan a alguien' },
  HOMELESS: { en: 'People without a home', es: 'Personas sin hogar' },
  PREGNANT: { en: 'Pregnant people', es: 'Personas embarazadas' },
  STUDENT: { en: 'Students', es: 'Estudiantes' },
  REFUGEE: { en: 'Refugees', es: 'Personas refugiadas' },
  JUSTICE_INVOLVED: {
    en: 'People who were in jail or prison',
    es: 'Personas que estuvieron en la cárcel o en prisión',
  },
};

const TEXTS = {
  AGE_BETWEEN: { en: 'Ages {min} to {max}', es: 'De {min} a {max} años' },
  AGE_FROM: { en: 'Age {min} and older', es: 'De {min} años en adelante' },
  AGE_TO: { en: 'Age {max} and younger', es: 'Hasta los {max} años' },
  INCOME_PERCENT: {
    en: 'Household income up to {percent}% of the poverty level',
    es: 'Ingreso del hogar de hasta el {percent} % del nivel de pobreza',
  },
  INCOME_AMOUNT: { en: 'Household income up to ${amount} a year', es: 'Ingreso del hogar de hasta ${amount} al año' },
  RESIDENCE: { en: 'Lives in {places}', es: 'Vive en {places}' },
  LANGUAGE: { en: 'Speaks {list}', es: 'Habla {list}' },
  INSURANCE: { en: 'Health insurance: {list}', es: 'Seguro médico: {list}' },
  GENDER: { en: 'For {list}', es: 'Para {list}' },
  DOCUMENTS: { en: 'Can bring: {list}', es: 'Puede traer: {list}' },
  SIZE_BETWEEN: { en: 'Households of {min} to {max} people', es: 'Hogares de {min} a {max} personas' },
  SIZE_FROM: { en: 'Households of {min} or more people', es: 'Hogares de {min} o más personas' },
  SIZE_TO: { en: 'Households of up to {max} people', es: 'Hogares de hasta {max} personas' },
  CHILD_UNDER: { en: 'Has a child under {age}', es: 'Tiene un niño menor de {age} años' },
  EVERYONE: { en: 'Open to everyone', es: 'Abierto a todas las personas' },
} as const satisfies Record<string, Words>;

const OR: Words = { en: ' or ', es: ' o ' };

const INSURANCE_WORDS: Record<string, Words> = {
  UNINSURED: { en: 'none', es: 'ninguno' },
  MEDICAID: { en: 'Medicaid', es: 'Medicaid' },
  MEDICARE: { en: 'Medicare', es: 'Medicare' },
  CHIP: { en: 'CHIP', es: 'CHIP' },
  COMMERCIAL: { en: 'private', es: 'privado' },
  EXCHANGE: { en: 'marketplace', es: 'del mercado de seguros' },
  VA: { en: 'VA', es: 'VA' },
  OTHER: { en: 'other', es: 'otro' },
};

const GENDER_WORDS: Record<string, Words> = {
  FEMALE: { en: 'women', es: 'mujeres' },
  MALE: { en: 'men', es: 'hombres' },
  NONBINARY: { en: 'nonbinary people', es: 'personas no binarias' },
};

const names = {
  en: new Intl.DisplayNames(['en'], { type: 'language' }),
  es: new Intl.DisplayNames(['es'], { type: 'language' }),
};
const languageWords = (code: string): Words => ({ en: nameOf('en', code), es: nameOf('es', code) });
function nameOf(language: 'en' | 'es', code: string): string {
  try {
    return names[language].of(code) ?? code;
  } catch {
    return code; // Not a language code: shown as it was written.
  }
}

const english = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/** Whether a code is that of a language, such as "es". */
export const isLanguage = (code: string): boolean => /^[a-z]{2,3}$/.test(code) && english.of(code) !== undefined;

const same = (text: string): Words => ({ en: text, es: text });

function range(kind: 'AGE' | 'SIZE', min: number | undefined, max: number | undefined): Words {
  if (min !== undefined && max !== undefined) return fill(TEXTS[`${kind}_BETWEEN`], { min, max });
  return min === undefined ? fill(TEXTS[`${kind}_TO`], { max: max ?? 0 }) : fill(TEXTS[`${kind}_FROM`], { min });
}

/** A rule in plain words. */
export function ruleWords(rule: Rule): Words {
  switch (rule.kind) {
    case 'AGE':
      return range('AGE', rule.min, rule.max);
    case 'HOUSEHOLD':
      return range('SIZE', rule.minSize, rule.maxSize);
    case 'INCOME':
      return rule.maxPercent === undefined
        ? fill(TEXTS.INCOME_AMOUNT, { amount: (rule.maxAnnualCents / 100).toLocaleString('en-US') })
        : fill(TEXTS.INCOME_PERCENT, { percent: rule.maxPercent });
    case 'RESIDENCE': {
      const { states = [], counties = [], zips = [] } = rule;
      return fill(TEXTS.RESIDENCE, { places: join([...states, ...counties, ...zips].map(placeWords), OR) });
    }
    case 'LANGUAGE':
      return fill(TEXTS.LANGUAGE, { list: join(rule.anyOf.map(languageWords), OR) });
    case 'INSURANCE': {
      const kinds = rule.anyOf ?? ['UNINSURED'];
      return fill(TEXTS.INSURANCE, {
        list: join(
          kinds.map((kind) => INSURANCE_WORDS[kind] ?? same(kind)),
          OR,
        ),
      });
    }
    case 'GENDER':
      return fill(TEXTS.GENDER, {
        list: join(
          rule.anyOf.map((one) => GENDER_WORDS[one.toUpperCase()] ?? same(one)),
          OR,
        ),
      });
    case 'DOCUMENTS':
      return fill(TEXTS.DOCUMENTS, { list: rule.allOf.join(', ') });
    case 'CHILD_UNDER':
      return fill(TEXTS.CHILD_UNDER, { age: rule.age });
    case 'EVERYONE':
      return TEXTS.EVERYONE;
    case 'ANY_OF':
      return join(rule.rules.map(ruleWords), { en: '; or ', es: '; o ' });
    default:
      return STATUS_WORDS[rule.kind];
  }
}

/** Rules that must all hold, in plain words. */
export const rulesWords = (rules: readonly Rule[]): Words => join(rules.map(ruleWords), '; ');

/** The fact that answers a status rule. */
export const factOf = (kind: StatusKind): (typeof STATUS_RULES)[StatusKind] => STATUS_RULES[kind];
