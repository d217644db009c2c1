import type { Feature } from '../platform/feature.js';
import './referral.policy.js';
import { consentEnded, consentNotice, consentsRunOut, personDied } from './consent-ended.tasks.js';
import { AnsweringTimesResolver } from './clock/answering-times.resolver.js';
import { remindAgency, tellLeaders, tellSender } from './clock/clock-letters.js';
import { keepTimes } from './clock/keep-times.js';
import { OrganizationTimes } from './clock/kept-times.resolver.js';
import { tickClocks } from './clock/tick.js';
import { draft } from './draft/parts.js';
import { household } from './household/parts.js';
import { self } from './self/parts.js';
import { watch } from './watch/parts.js';
import { follow } from './follow/parts.js';
import { offPlatform } from './off-platform/parts.js';
import { OfferTarget, ReferralOffer } from './offer/offer.entity.js';
import { OfferResolver, OfferTargetFields, ReferralOfferField } from './offer/offer.resolver.js';
import { followOffer, handOver, offerSubscriptions } from './offer/offer.tasks.js';
import { NeedReferrals, PatientReferrals, PatientSummaryReferrals, RevokedReferrals } from './on-caseload.js';
import { MyHelpPapers } from './file/my-papers.js';
import { phone } from './phone/parts.js';
import { PassOnPaperResolver } from './paper/pass-on-paper.js';
import { timeline } from './timeline/parts.js';
import { MyHelpReferrals, MyReferralFields } from './on-my-help.js';
import { TodayReferralCounts, TodayReferrals } from './on-today.js';
import { AgencyAnswersResolver } from './answer/answers.resolver.js';
import { ReferralContact } from './answer/referral-contact.entity.js';
import { ReferralReach } from './link/answer-link.resolver.js';
import { ReferralLinkResolver } from './link/link.resolver.js';
import { sendNewLink } from './link/renew-link.js';
import { ReferralPreviewResolver } from './preview.resolver.js';
import { BasketResolver } from './basket/basket.resolver.js';
import { ReferralAnswersResolver } from './referral-answers.resolver.js';
import { Disclosure, ReferralMessage, ReferralNeed, ReferralTransition } from './referral-history.entity.js';
import { ReferralLiveResolver } from './referral-live.resolver.js';
import { ReferralMessageFields } from './referral-messages.js';
import { ReferralSendingResolver } from './referral-sending.resolver.js';
import { ReferralFields } from './referral.fields.js';
import { Referral } from './referral.entity.js';
import { ReferralResolver } from './referral.resolver.js';
import {
  notifyMessage,
  notifyStep,
  notifyTold,
  notifyWrittenDown,
  referralSubscriptions,
  settleNeeds,
} from './referral.tasks.js';
import { clearReplies, lookForDigests, sendDigest } from './digest/digest.tasks.js';
import { AgencyNoticesResolver } from './digest/agency-notices.resolver.js';
import { sendLostNotice, sendReplyNotice } from './reply/reply-notice.js';
import { serveReplies } from './reply/reply.routes.js';
import { REFERRAL_SPANISH } from './spanish.js';
import { weighAnswers } from './weigh-answers.js';

export { peopleSent } from './count-sent-people.js';
export { answerDueAt } from './answer-due.js';
export { renewTimes } from './clock/keep-times.js';
export { pastClocks } from './clock/past-clocks.js';
export { answeringClock, type AnsweringClock, type OwnTimes } from './clock/times-of-service.js';
export { replyCodeOf, tokenOf } from './link/token.js';
export { SELF_ORG, SELF_USER } from './self/self-org.js';
export { reasonWords } from './reasons.js';
export { labelOf, shareOf } from './shared-information.js';
export type { Status } from './machine.js';

/** Closing the loop: referrals, what becomes of them, and what the patient says. */
export const referralFeature: Feature = {
  name: 'referral',
  spanish: REFERRAL_SPANISH,
  entities: [
    Referral,
    ReferralTransition,
    ReferralMessage,
    ReferralNeed,
    ReferralContact,
    Disclosure,
    ReferralOffer,
    OfferTarget,
    ...offPlatform.entities,
    ...phone.entities,
    ...follow.entities,
    ...watch.entities,
    ...household.entities,
    ...draft.entities,
    ...self.entities,
  ],
  resolvers: [
    ...offPlatform.resolvers,
    ...phone.resolvers,
    ...follow.resolvers,
    ...watch.resolvers,
    ...household.resolvers,
    ...draft.resolvers,
    ...self.resolvers,
    ReferralResolver,
    ReferralFields,
    ReferralMessageFields,
    ReferralPreviewResolver,
    BasketResolver,
    ReferralSendingResolver,
    ReferralAnswersResolver,
    ReferralLiveResolver,
    ReferralLinkResolver,
    ReferralReach,
    AgencyAnswersResolver,
    AgencyNoticesResolver,
    PatientReferrals,
    PatientSummaryReferrals,
    NeedReferrals,
    TodayReferrals,
    TodayReferralCounts,
    RevokedReferrals,
    AnsweringTimesResolver,
    MyHelpReferrals,
    MyReferralFields,
    MyHelpPapers,
    PassOnPaperResolver,
    ...timeline.resolvers,
    OrganizationTimes,
    OfferResolver,
    OfferTargetFields,
    ReferralOfferField,
  ],
  tasks: [
    notifyStep,
    notifyMessage,
    notifyTold,
    notifyWrittenDown,
    sendLostNotice,
    sendReplyNotice,
    sendNewLink,
    sendDigest,
    lookForDigests,
    clearReplies,
    settleNeeds,
    weighAnswers,
    tickClocks,
    keepTimes,
    remindAgency,
    tellLeaders,
    tellSender,
    followOffer,
    handOver,
    consentEnded,
    consentNotice,
    consentsRunOut,
    personDied,
    ...draft.tasks,
    ...self.tasks,
  ],
  crons: [
    ...draft.crons,
    ...self.crons,
    { task: weighAnswers, match: '17 8 * * *' },
    { task: keepTimes, match: '27 8 * * *' },
    { task: lookForDigests, match: '* * * * *' },
    { task: clearReplies, match: '37 8 * * *' },
    { task: tickClocks, match: '* * * * *' },
    { task: consentsRunOut, match: '*/10 * * * *' },
  ],
  subscriptions: [...referralSubscriptions, ...offerSubscriptions],
  routes: serveReplies,
};
