import type { ConsentFieldsFragment, NeedStatus, Risk } from '#lib/gql/graphql';
import { t, word } from '#lib/i18n/index';
import type { Meaning } from '#lib/ui/index';

export const riskMeaning: Record<Risk, Meaning> = { HIGH: 'danger', RISING: 'attention', LOW: 'neutral' };

export const needMeaning: Record<NeedStatus, Meaning> = {
  POSSIBLE: 'attention',
  CONFIRMED: 'attention',
  BEING_ADDRESSED: 'waiting',
  MET: 'good',
  UNMET: 'danger',
  DECLINED: 'neutral',
  REFUTED: 'neutral',
  ENTERED_IN_ERROR: 'neutral',
};
const open: ReadonlySet<NeedStatus> = new Set(['POSSIBLE', 'CONFIRMED', 'BEING_ADDRESSED']);
export const isOpen = (need: { status: NeedStatus }): boolean => open.has(need.status);

/** Who may learn what under a consent: "Food, housing → Howard Food Bank". */
export function consentWords(consent: ConsentFieldsFragment): string {
  const labels = consent.categories.map((one) => one.label);
  const first = labels.slice(0, 5).join(', ');
  const more = labels.length - 5;
  const some = more > 0 ? t('consent.more', { first, more }) : first;
  const what = labels.length === 0 ? t('consent.everything') : some;
  const group = t(consent.granteeClass === 'CARE_PROVIDERS' ? 'consent.whomCare' : 'consent.allAgencies');
  const whom = consent.grantee?.name ?? consent.granteeRelatedPerson?.name ?? group;
  return t('consent.line', { what, whom });
}

export function consentState(consent: ConsentFieldsFragment): { meaning: Meaning; words: string } {
  if (consent.effective) return { meaning: 'good', words: t('consent.inForce') };
  if (consent.status === 'ACTIVE') return { meaning: 'attention', words: word('ConsentStatus', 'EXPIRED') };
  return { meaning: 'neutral', words: word('ConsentStatus', consent.status) };
}

const ENDING_MS = 14 * 86_400_000;

/** Whether it ends by its date within two weeks. */
export const endsSoon = ({ effective, expiresAt, purpose }: ConsentFieldsFragment): boolean =>
  effective && purpose !== 'SCREENING' && Boolean(expiresAt) && Date.parse(expiresAt ?? '') - Date.now() < ENDING_MS;

/** Who may know, as the form of a consent chooses it. */
export const whomOf = ({ granteeClass, granteeRelatedPerson }: ConsentFieldsFragment): string =>
  granteeRelatedPerson?.id ?? (granteeClass === 'CARE_PROVIDERS' ? 'care' : 'agencies');

/** The categories whose disclosure needs a consent that names them. */
export const sensitiveKinds = [
  'INTIMATE_PARTNER_VIOLENCE',
  'SUBSTANCE_USE',
  'BEHAVIORAL_HEALTH',
  'HIV',
  'IMMIGRATION_LEGAL',
] as const;

/** About alcohol, drugs and violence at home, the law takes a signature and no spoken word. */
export const mustSign = (kinds: readonly string[]): boolean =>
  kinds.includes('SUBSTANCE_USE') || kinds.includes('INTIMATE_PARTNER_VIOLENCE');

/** "44 years old", or that nobody knows. */
export const ageWords = (years: number | null): string =>
  years === null ? t('patient.ageNotKnown') : t('patient.years', { years });
