import type {
  FollowUpLineFragment,
  OffPlatformLineFragment,
  OffPlatformStatus,
  ReferralReason,
} from '#lib/gql/graphql';
import { t, word } from '#lib/i18n/index';
import { declineReasons, failReasons } from '#lib/referral/reasons';
import { reasonWords } from '#lib/referral/words';
import type { Meaning, Step } from '#lib/ui/index';

const meanings: Record<OffPlatformStatus, Meaning> = {
  ASKED: 'waiting',
  ACCEPTED: 'waiting',
  WAITLIST: 'attention',
  DECLINED: 'danger',
  HELPED: 'good',
  NOT_HELPED: 'danger',
  ENTERED_IN_ERROR: 'neutral',
};

/** The reasons that a status asks for; none for most. */
export function reasonsOf(status: OffPlatformStatus): readonly ReferralReason[] {
  if (status === 'DECLINED') return declineReasons;
  return status === 'NOT_HELPED' ? failReasons : [];
}

/** One step of the patient's history: the latest that is known. */
export function offPlatformStep(one: OffPlatformLineFragment): Step {
  const last = one.steps.at(-1);
  return {
    id: one.id,
    at: last?.at ?? one.madeAt,
    title: t('referral.line', { service: one.askedName, state: word('OffPlatformStatus', one.status) }),
    who: t('call.by', { how: word('AskedHow', one.how), name: last?.byName ?? one.madeByName }),
    body: reasonWords(one.reasonCode, one.note) || null,
    meaning: meanings[one.status],
  };
}

/** What is to be done, in a line: "Ask whether help came (Oak Street Pantry)". */
export function followUpWords(one: FollowUpLineFragment): string {
  const about = one.offPlatformReferral?.askedName ?? one.referral?.service.name;
  const what = word('FollowUpKind', one.kind);
  return about ? t('todo.about', { what, about }) : what;
}

/** How the patient may be reached, as somebody about to call must read it first. */
export function reachWords({ patient }: FollowUpLineFragment): string {
  if (!patient) return '';
  const parts = [
    patient.contactMethod === 'NONE' ? t('person.doNotContact') : '',
    patient.voicemailOk ? '' : t('person.noVoicemail'),
    patient.contactTimes ?? '',
    patient.contactNote ?? '',
  ];
  return parts.filter(Boolean).join(' ');
}
