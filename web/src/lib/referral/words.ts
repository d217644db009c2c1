import type {
  LinkedFieldsFragment,
  ReferralFieldsFragment,
  ReferralLineFragment,
  ReferralReason,
  ReferralStatus,
  StepVia,
} from '#lib/gql/graphql';
import { languageName, phoneWords, plainDate, t, word } from '#lib/i18n/index';
import type { Meaning, Step } from '#lib/ui/index';

export const meanings: Record<ReferralStatus, Meaning> = {
  DRAFT: 'neutral',
  REQUESTED: 'waiting',
  ACCEPTED: 'waiting',
  IN_PROGRESS: 'waiting',
  ON_HOLD: 'attention',
  COMPLETED: 'good',
  REJECTED: 'danger',
  FAILED: 'danger',
  CANCELLED: 'neutral',
  ENTERED_IN_ERROR: 'neutral',
};

const OVER: ReadonlySet<ReferralStatus> = new Set(['COMPLETED', 'FAILED', 'REJECTED', 'CANCELLED', 'ENTERED_IN_ERROR']);
export const isOver = (status: ReferralStatus): boolean => OVER.has(status);

type State = Pick<
  ReferralLineFragment,
  | 'status'
  | 'side'
  | 'overdue'
  | 'loop'
  | 'patientConfirmation'
  | 'seenAt'
  | 'consentEndedAt'
  | 'consentDecision'
  | 'closedAt'
> & { asksToWait?: boolean };

/** Whether the person stopped sharing, and nobody has decided yet what becomes of it. */
export const isStopped = (referral: Pick<State, 'consentEndedAt' | 'consentDecision' | 'closedAt'>): boolean =>
  Boolean(referral.consentEndedAt) && !referral.consentDecision && !referral.closedAt;

/** Why it stopped: its sender reads that the person has died, the agency only that it is to wait. */
function stoppedWords({ asksToWait, side }: Pick<State, 'asksToWait' | 'side'>): string {
  if (!asksToWait) return t('referral.stopped');
  return t(side === 'REQUESTER' ? 'died.title' : 'died.wait');
}

/** Where a referral stands, in a few words: closed by the agency is not yet "helped", and that not yet "the person says so". */
export function standing(referral: State): { meaning: Meaning; words: string } {
  const { loop, status } = referral;
  if (isStopped(referral)) return { meaning: 'attention', words: stoppedWords(referral) };
  if (referral.side === 'TARGET' && status !== 'DRAFT' && status !== 'ENTERED_IN_ERROR') {
    const late = status === 'REQUESTED' && referral.overdue;
    return { meaning: late ? 'danger' : meanings[status], words: word('AgencyStanding', status) };
  }
  if (loop.disagreement) return { meaning: 'danger', words: t('referral.disagreement') };
  if (status === 'COMPLETED' && loop.confirmedByPatient) return { meaning: 'good', words: t('referral.confirmed') };
  if (status === 'COMPLETED' && !referral.patientConfirmation) {
    return { meaning: 'attention', words: t('referral.toConfirm') };
  }
  if (status === 'REQUESTED' && referral.overdue) return { meaning: 'danger', words: t('referral.noAnswer') };
  if (status === 'REQUESTED' && referral.seenAt) return { meaning: 'waiting', words: t('referral.seen') };
  return { meaning: meanings[status], words: word('ReferralStatus', status) };
}

/** The reason of a status in words: the code's, and what was written beside it. */
export function reasonWords(code: ReferralReason | null | undefined, text: string | null | undefined): string {
  const coded = code && code !== 'OTHER' ? word('ReferralReason', code) : '';
  return [...new Set([coded, text ?? ''])].filter(Boolean).join(': ');
}

/** Who, and of where. Who answers by a link without a name stands there as the agency itself: once is enough. */
export const byOf = (name: string, organization: string): string =>
  name === organization ? organization : t('referral.byOf', { name, organization });

/** Who took a step, of which organization, and how when it was not by signing in. */
function whoSaid(step: { byName: string; via?: StepVia | null }, organization: string): string {
  // The agency's word, which somebody else wrote down.
  if (step.via === 'PHONE') return t('phoneAnswer.by', { agency: organization, name: step.byName });
  const who = byOf(step.byName, organization);
  return step.via === 'LINK' || step.via === 'MAIL' ? `${who}, ${word('StepVia', step.via)}` : who;
}

/** Everything that happened with a referral, newest first. */
export function history(referral: ReferralFieldsFragment): Step[] {
  const steps: Step[] = referral.transitions.map((one) => ({
    id: one.id,
    at: one.at,
    title: word('ReferralStatus', one.toStatus),
    who: whoSaid(one, one.side === 'TARGET' ? referral.to.name : referral.from.name),
    body: reasonWords(one.reasonCode, one.reason) || null,
    meaning: meanings[one.toStatus],
  }));
  if (referral.seenAt) {
    // Who answers by mail opens and answers in the same moment.
    steps.splice(1, 0, {
      id: 'seen',
      at: referral.seenAt,
      title: t('referral.seenStep'),
      who: referral.to.name,
      meaning: 'waiting',
    });
  }
  if (referral.patientConfirmedAt && referral.patientConfirmation) {
    const meaning = referral.patientConfirmation === 'HELPED' ? 'good' : 'attention';
    const title = t('referral.patientSays', { words: word('PatientConfirmation', referral.patientConfirmation) });
    steps.push({ id: 'confirmed', at: referral.patientConfirmedAt, title, meaning });
  }
  if (referral.ownWordAt && referral.ownWord) {
    const meaning = referral.ownWord === 'HELPED' ? 'good' : 'attention';
    const title = t('referral.ownWord', { words: word('PatientConfirmation', referral.ownWord) });
    steps.push({ id: 'own', at: referral.ownWordAt, title, meaning });
  }
  if (referral.consentEndedAt) {
    steps.push({ id: 'stopped', at: referral.consentEndedAt, title: stoppedWords(referral), meaning: 'attention' });
  }
  return newestFirst(steps);
}

/** Of steps of the same moment, such as those that one answer takes, the later one stands first. */
const newestFirst = (steps: Step[]): Step[] => steps.toReversed().sort((a, b) => b.at.localeCompare(a.at));

/** The steps of a referral as the page behind its link shows them, newest first. */
export function linkedHistory(referral: LinkedFieldsFragment): Step[] {
  const steps = referral.transitions.map((one) => ({
    id: one.id,
    at: one.at,
    title: word('ReferralStatus', one.toStatus),
    who: whoSaid(one, one.side === 'TARGET' ? referral.agency : referral.from),
    body: reasonWords(one.reasonCode, one.reason) || null,
    meaning: meanings[one.toStatus],
  }));
  return newestFirst(steps);
}

/** What was shared, with words for the key and for coded values. */
export function sharedWords(item: { key: string; value: string }): { label: string; value: string } {
  const label = word('SharedKey', item.key);
  if (item.key === 'birthDate' && /^\d{4}-\d\d-\d\d$/.test(item.value)) return { label, value: plainDate(item.value) };
  if (item.key === 'phone') return { label, value: phoneWords(item.value) };
  if (item.key === 'language') return { label, value: languageName(item.value) };
  if (item.value === 'true' || item.value === 'false') {
    return { label, value: t(item.value === 'true' ? 'form.yes' : 'form.no') };
  }
  return { label, value: item.value };
}
