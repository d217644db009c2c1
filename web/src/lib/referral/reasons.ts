import type { AssessmentFinding, ReferralReason } from '#lib/gql/graphql';

/** The reasons each answer may give, in the order they are met most. */
export const declineReasons = [
  'NO_CAPACITY',
  'NOT_ELIGIBLE',
  'OUT_OF_AREA',
  'WRONG_SERVICE',
  'CANNOT_REACH',
  'DUPLICATE',
  'OTHER',
] as const satisfies ReferralReason[];
export const failReasons = [
  'COULD_NOT_REACH',
  'PERSON_DECLINED',
  'NO_SHOW',
  'NOT_ELIGIBLE',
  'NO_CAPACITY',
  'NO_FUNDS',
  'OTHER',
] as const satisfies ReferralReason[];
export const holdReasons = [
  'WAITING_FOR_PERSON',
  'WAITING_FOR_DOCUMENTS',
  'WAITLIST',
  'OTHER',
] as const satisfies ReferralReason[];
export const cancelReasons = [
  'PERSON_DECLINED',
  'NEED_MET',
  'ACCEPTED_ELSEWHERE',
  'NO_ANSWER',
  'CONSENT_WITHDRAWN',
  'OTHER',
] as const satisfies ReferralReason[];
/** What an assessment may find. */
export const findings = ['NEEDS_THIS', 'NEEDS_OTHER', 'NOT_ELIGIBLE', 'NO_NEED'] as const satisfies AssessmentFinding[];
