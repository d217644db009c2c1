import { categoryLabel, type Sensitivity } from '../../access/sensitivity.js';
import { languageOfTag } from '../../platform/language.js';
import { fill, join, type Filling, type Words } from '../../platform/words.js';
import { CLASS_WORDS } from '../consent-scope.js';
import type { ConsentKind, ConsentPurpose, GranteeClass } from './words.js';

/** What the text of a consent is made of. */
export interface StatementFacts {
  kind: ConsentKind;
  purpose: ConsentPurpose;
  patient: string;
  /** Who agreed for the patient; null when the patient did. */
  grantor: string | null;
  discloser: string;
  /** The name of who may receive; null for a class. */
  recipient: string | null;
  recipientClass: GranteeClass | null;
  categories: readonly string[];
  sensitivities: readonly Sensitivity[];
  /** `YYYY-MM-DD`. */
  expiresOn: string | null;
  expiryEvent: string | null;
}

export const CLASS_OF_RECIPIENTS: Record<GranteeClass, Words> = {
  COMMUNITY_AGENCIES: { en: 'community agencies that can help', es: 'organizaciones comunitarias que pueden ayudar' },
  CARE_PROVIDERS: { en: 'care teams that treat you', es: 'equipos de atención que le tratan' },
};

export const PURPOSE_WORDS: Record<ConsentPurpose, Words> = {
  REFERRAL: {
    en: 'to ask for help for you and to hear what came of it',
    es: 'para pedir ayuda para usted y saber qué resultó',
  },
  CARE_COORDINATION: {
    en: 'to work together on your care, which includes asking for help for you',
    es: 'para coordinar su atención, lo que incluye pedir ayuda para usted',
  },
  FAMILY_INVOLVEMENT: { en: 'so that this person can help you', es: 'para que esta persona pueda ayudarle' },
  SCREENING: {
    en: 'to find out what you may need and to keep your answers',
    es: 'para saber qué puede necesitar y guardar sus respuestas',
  },
};

const TEXT = {
  title: { en: 'Agreement of {patient}', es: 'Acuerdo de {patient}' },
  byOther: { en: '{grantor} agrees for {patient}.', es: '{grantor} acepta en nombre de {patient}.' },
  share: {
    en: '{discloser} may share information about you with {recipient}.',
    es: '{discloser} puede compartir información sobre usted con {recipient}.',
  },
  family: {
    en: '{discloser} may show {recipient} some of your record, on a page of their own.',
    es: '{discloser} puede mostrar a {recipient} una parte de su expediente, en una página propia.',
  },
  screen: {
    en: '{discloser} may ask you questions about your daily life. You may skip any question.',
    es: '{discloser} puede hacerle preguntas sobre su vida diaria. Puede saltarse cualquier pregunta.',
  },
  what: {
    en: 'What may be shared: your name, how to reach you safely, and what you told us about {categories}.',
    es: 'Qué se puede compartir: su nombre, cómo comunicarse con usted de forma segura y lo que nos contó sobre {categories}.',
  },
  familyWhat: {
    en: 'What may be shown: the help you asked for and what came of it, about {categories}. Never your phone, your address or anything about sensitive matters.',
    es: 'Qué se puede mostrar: la ayuda que pidió y qué resultó, sobre {categories}. Nunca su teléfono, su dirección ni nada sobre asuntos delicados.',
  },
  sensitive: {
    en: 'This may show something about {classes}. You agree to that too.',
    es: 'Esto puede revelar algo sobre {classes}. También acepta eso.',
  },
  why: { en: 'Why: {purpose}.', es: 'Para qué: {purpose}.' },
  until: { en: 'This ends on {date}.', es: 'Esto termina el {date}.' },
  event: { en: 'This ends when this happens: {event}', es: 'Esto termina cuando ocurra lo siguiente: {event}' },
  untilOr: {
    en: 'This ends on {date}, or when this happens before: {event}',
    es: 'Esto termina el {date}, o antes si ocurre lo siguiente: {event}',
  },
  stop: {
    en: 'You can stop this at any time. Tell {discloser}, write to us, or use your own page. We stop at once. What was shared before that cannot be taken back.',
    es: 'Puede dejar de compartir en cualquier momento. Avise a {discloser}, escríbanos o use su propia página. Dejaremos de hacerlo enseguida. Lo que se compartió antes no se puede retirar.',
  },
  free: {
    en: 'You do not have to agree. You get the same care if you say no.',
    es: 'No tiene que aceptar. Recibirá la misma atención si dice que no.',
  },
  onward: {
    en: 'Whoever gets this could pass it on. Then the privacy rules that protect it here may no longer protect it.',
    es: 'Quien la reciba podría pasarla a otros. Entonces las reglas de privacidad que la protegen aquí podrían ya no protegerla.',
  },
  part2: {
    en: 'A federal law (42 CFR Part 2) protects records about substance use. Whoever receives them gets a notice that says so. These records may not be used against you in court without your written consent or a court order.',
    es: 'Una ley federal (42 CFR Parte 2) protege la información sobre consumo de sustancias. Quien la reciba recibe también un aviso que lo dice. Esa información no puede usarse contra usted en un tribunal sin su consentimiento por escrito o una orden judicial.',
  },
  violence: {
    en: 'Nobody may make you agree to this in order to get help. It cannot be longer than it says here.',
    es: 'Nadie puede exigirle que acepte esto para recibir ayuda. No puede durar más de lo que dice aquí.',
  },
  copy: { en: 'You get a copy of this.', es: 'Usted recibe una copia de esto.' },
} as const satisfies Record<string, Words>;

const MONTHS: Record<'en' | 'es', Intl.DateTimeFormat> = {
  en: new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' }),
  es: new Intl.DateTimeFormat('es-US', { dateStyle: 'long', timeZone: 'UTC' }),
};

/** A label in the middle of a sentence. */
const within = ({ en, es }: Words): Words => ({
  en: `${en.charAt(0).toLowerCase()}${en.slice(1)}`,
  es: `${es.charAt(0).toLowerCase()}${es.slice(1)}`,
});

/** A day such as `2026-12-24` as people say it. */
export function dayWords(day: string): Words {
  const at = new Date(`${day}T12:00:00Z`);
  return { en: MONTHS.en.format(at), es: MONTHS.es.format(at) };
}

/** Who may receive, in words. */
export function recipientWords({
  recipient,
  recipientClass,
}: Pick<StatementFacts, 'recipient' | 'recipientClass'>): Words {
  if (recipientClass) return CLASS_OF_RECIPIENTS[recipientClass];
  return { en: recipient ?? '', es: recipient ?? '' };
}

function endOf({ expiresOn, expiryEvent }: StatementFacts): Words {
  const values: Record<string, Filling> = {
    ...(expiresOn && { date: dayWords(expiresOn) }),
    ...(expiryEvent && { event: expiryEvent }),
  };
  if (expiresOn && expiryEvent) return fill(TEXT.untilOr, values);
  return fill(expiresOn ? TEXT.until : TEXT.event, values);
}

/** The paragraphs of a consent: what is shown on the screen, printed, or read aloud word for word. */
export function statementParagraphs(facts: StatementFacts): Words[] {
  const { kind, patient, grantor, discloser, sensitivities } = facts;
  const recipient = recipientWords(facts);
  const family = kind === 'FAMILY';
  const screening = kind === 'SCREENING';
  const categories = join(facts.categories.map((code) => within(categoryLabel(code))));
  const opening = screening ? TEXT.screen : family ? TEXT.family : TEXT.share;
  return [
    fill(TEXT.title, { patient }),
    ...(grantor ? [fill(TEXT.byOther, { grantor, patient })] : []),
    fill(opening, { discloser, recipient }),
    ...(screening ? [] : [fill(family ? TEXT.familyWhat : TEXT.what, { categories })]),
    ...(sensitivities.length > 0
      ? [fill(TEXT.sensitive, { classes: join(sensitivities.map((one) => CLASS_WORDS[one] ?? { en: one, es: one })) })]
      : []),
    fill(TEXT.why, { purpose: PURPOSE_WORDS[facts.purpose] }),
    endOf(facts),
    fill(TEXT.stop, { discloser }),
    TEXT.free,
    ...(sensitivities.includes('INTIMATE_PARTNER_VIOLENCE') ? [TEXT.violence] : []),
    ...(sensitivities.includes('SUBSTANCE_USE') ? [TEXT.part2] : []),
    ...(screening ? [] : [TEXT.onward]),
    TEXT.copy,
  ];
}

/** The whole text in the language of the consent: Spanish when it is Spanish, else English. */
export function statementOf(facts: StatementFacts, language: string): string {
  return join(statementParagraphs(facts), '\n\n')[languageOfTag(language)];
}
