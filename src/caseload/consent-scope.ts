import { categoryLabel, isSensitive, sensitivityOf } from '../access/sensitivity.js';
import { type Filling, type Words, fill } from '../platform/words.js';
import type { Part2Elements, RequiredElement } from './consent/part2.js';

/** What of a consent decides its scope; the Consent entity is one. */
export interface ConsentTerms {
  status: 'ACTIVE' | 'REVOKED' | 'EXPIRED' | 'ENTERED_IN_ERROR';
  granteeOrganizationId?: string | null;
  granteeClass?: string | null;
  categories: readonly string[];
  /** Sensitive classes it names. */
  sensitivities: readonly string[];
  purpose: string;
  method: string;
  startsAt: Date;
  expiresAt?: Date | null;
  expiryEvent?: string | null;
  /** When that event happened. */
  eventAt?: Date | null;
  revokedAt?: Date | null;
  part2?: Partial<Part2Elements> | null;
}

/** One disclosure that is about to be made. */
export interface DisclosureScope {
  granteeOrganizationId: string;
  /** The class of recipients the organization belongs to, null for none. */
  granteeClass: string | null;
  categories: readonly string[];
  /** Sensitive classes beyond those of the categories, such as the service's. NONE is ignored. */
  sensitivities: readonly string[];
  purpose: string;
  at: Date;
}

const GAPS = {
  REVOKED: { en: 'The consent was revoked.', es: 'El consentimiento fue revocado.' },
  ENTERED_IN_ERROR: {
    en: 'The consent was recorded by mistake.',
    es: 'El consentimiento se registró por error.',
  },
  NOT_STARTED: { en: 'The consent does not hold yet.', es: 'El consentimiento aún no está vigente.' },
  EXPIRED: { en: 'The consent has expired.', es: 'El consentimiento venció.' },
  NO_END: {
    en: 'The consent names neither a last day nor an event that ends it.',
    es: 'El consentimiento no indica ni fecha ni hecho que le ponga fin.',
  },
  RECIPIENT: {
    en: 'The consent is for another organization.',
    es: 'El consentimiento es para otra organización.',
  },
  PURPOSE: {
    en: 'The consent is not for this purpose.',
    es: 'El consentimiento no es para este fin.',
  },
  CATEGORY: { en: 'The consent does not cover {category}.', es: 'El consentimiento no incluye {category}.' },
  SENSITIVITY: {
    en: 'The consent does not name {class}.',
    es: 'El consentimiento no menciona {class}.',
  },
  PART2_RECIPIENT: {
    en: 'A consent to substance use records must name the organization that receives them.',
    es: 'Un consentimiento sobre consumo de sustancias debe nombrar a la organización que recibe la información.',
  },
  PART2_SIGNATURE: {
    en: 'A consent to substance use records must be signed.',
    es: 'Un consentimiento sobre consumo de sustancias debe estar firmado.',
  },
  PART2_ELEMENT: {
    en: 'A consent to substance use records must say {element}.',
    es: 'Un consentimiento sobre consumo de sustancias debe indicar {element}.',
  },
} as const satisfies Record<string, Words>;

/** Sensitive classes, in words. */
export const CLASS_WORDS: Readonly<Record<string, Words>> = {
  INTIMATE_PARTNER_VIOLENCE: { en: 'violence at home', es: 'la violencia en el hogar' },
  SUBSTANCE_USE: { en: 'substance use', es: 'el consumo de sustancias' },
  BEHAVIORAL_HEALTH: { en: 'mental health', es: 'la salud mental' },
  HIV: { en: 'HIV', es: 'el VIH' },
  IMMIGRATION_LEGAL: { en: 'immigration or legal matters', es: 'asuntos migratorios o legales' },
};

/** What 42 CFR 2.31 asks for beside the patient's name, the signature and its date. */
const PART2_ELEMENTS: Record<RequiredElement, Words> = {
  discloser: { en: 'who may disclose', es: 'quién puede compartir' },
  recipient: { en: 'who may receive', es: 'quién puede recibir' },
  description: { en: 'what information exactly', es: 'qué información exactamente' },
  purpose: { en: 'for what purpose', es: 'con qué fin' },
  expires: { en: 'until when, or which event ends it', es: 'hasta cuándo, o qué hecho le pone fin' },
  revocation: { en: 'that and how it can be revoked', es: 'que se puede revocar y cómo' },
};

/** Purposes that a consent's purpose includes: working together on care includes its referrals, not the other way round. */
const INCLUDES: Record<string, readonly string[]> = { CARE_COORDINATION: ['REFERRAL'] };

const SIGNED = ['SIGNATURE', 'PAPER'];

export type GapCode = keyof typeof GAPS;

/** One thing that a consent lacks for a disclosure. */
export interface ConsentGap {
  code: GapCode;
  words: Words;
}

export type Coverage = { covered: true; missing: readonly [] } | { covered: false; missing: ConsentGap[] };

const gap = (code: GapCode, values: Record<string, Filling> = {}): ConsentGap => ({
  code,
  words: fill(GAPS[code], values),
});

/** Whether a consent covers a disclosure; if not, everything that it lacks, in words. */
export function covers(consent: ConsentTerms, disclosure: DisclosureScope): Coverage {
  const missing = [...timeGaps(consent, disclosure.at), ...scopeGaps(consent, disclosure)];
  return missing.length === 0 ? { covered: true, missing: [] } : { covered: false, missing };
}

/** The first consent that covers; else what the nearest one lacks, which is the one that lacks least. */
export function firstCovering<C extends ConsentTerms>(
  consents: readonly C[],
  disclosure: DisclosureScope,
): { consent: C | null; missing: readonly ConsentGap[] } {
  let nearest: readonly ConsentGap[] | null = null;
  for (const consent of consents) {
    const { covered, missing } = covers(consent, disclosure);
    if (covered) return { consent, missing: [] };
    if (!nearest || missing.length < nearest.length) nearest = missing;
  }
  return { consent: null, missing: nearest ?? [] };
}

function timeGaps(consent: ConsentTerms, at: Date): ConsentGap[] {
  if (consent.status === 'ENTERED_IN_ERROR') return [gap('ENTERED_IN_ERROR')];
  if (consent.status === 'REVOKED' || (consent.revokedAt && consent.revokedAt <= at)) return [gap('REVOKED')];
  const passed = [consent.expiresAt, consent.eventAt].some((end) => end && end <= at);
  const ended = consent.status === 'EXPIRED' || passed;
  return [
    ...(ended ? [gap('EXPIRED')] : []),
    ...(consent.startsAt > at ? [gap('NOT_STARTED')] : []),
    ...(!consent.expiresAt && !consent.expiryEvent?.trim() ? [gap('NO_END')] : []),
  ];
}

function scopeGaps(consent: ConsentTerms, disclosure: DisclosureScope): ConsentGap[] {
  const named = consent.granteeOrganizationId === disclosure.granteeOrganizationId;
  const inClass = Boolean(consent.granteeClass) && consent.granteeClass === disclosure.granteeClass;
  const purposes = [consent.purpose, ...(INCLUDES[consent.purpose] ?? [])];
  const classes = classesOf(disclosure);
  return [
    ...(named || inClass ? [] : [gap('RECIPIENT')]),
    ...(purposes.includes(disclosure.purpose) ? [] : [gap('PURPOSE')]),
    ...disclosure.categories
      .filter((category) => !consent.categories.includes(category))
      .map((category) => gap('CATEGORY', { category: quoted(categoryLabel(category)) })),
    ...classes
      .filter((one) => !consent.sensitivities.includes(one))
      .map((one) => gap('SENSITIVITY', { class: CLASS_WORDS[one] ?? one })),
    ...(classes.includes('SUBSTANCE_USE') ? part2Gaps(consent, named) : []),
  ];
}

const quoted = ({ en, es }: Words): Words => ({ en: `“${en}”`, es: `«${es}»` });

/** The sensitive classes a disclosure reveals: those given and those of its categories. */
function classesOf({ categories, sensitivities }: DisclosureScope): string[] {
  const own = categories.map((category) => sensitivityOf(category)).filter((one) => isSensitive(one));
  return [...new Set([...own, ...sensitivities.filter((one) => one !== 'NONE')])];
}

function part2Gaps({ method, part2 }: ConsentTerms, named: boolean): ConsentGap[] {
  const unsaid = Object.entries(PART2_ELEMENTS).filter(([key]) => !part2?.[key as RequiredElement]?.trim());
  return [
    ...(named ? [] : [gap('PART2_RECIPIENT')]),
    ...(SIGNED.includes(method) ? [] : [gap('PART2_SIGNATURE')]),
    ...unsaid.map(([, element]) => gap('PART2_ELEMENT', { element })),
  ];
}
