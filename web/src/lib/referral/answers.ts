import { request } from '#lib/api/index';
import {
  AcceptReferralDocument,
  AnswerReferralDocument,
  CancelReferralDocument,
  CompleteReferralDocument,
  DeclineReferralDocument,
  FailReferralDocument,
  HoldReferralDocument,
  StartReferralDocument,
  type AnswerReferralInput,
  type CompleteReferralInput,
  type ReferralReason,
} from '#lib/gql/graphql';

interface At {
  id: string;
  expectedVersion?: number;
}

/** What an agency can answer to a referral, each one request. */
export const accept = async (input: At) => (await request(AcceptReferralDocument, { input })).acceptReferral;
export const start = async (input: At) => (await request(StartReferralDocument, { input })).startReferral;
export const complete = async (input: CompleteReferralInput) =>
  (await request(CompleteReferralDocument, { input })).completeReferral;
export const decline = async (at: At, reasonCode: ReferralReason, reason: string) =>
  (await request(DeclineReferralDocument, { input: { ...at, reasonCode, reason } })).declineReferral;
export const hold = async (at: At, reasonCode: ReferralReason, reason: string) =>
  (await request(HoldReferralDocument, { input: { ...at, reasonCode, reason } })).holdReferral;
export const fail = async (at: At, reasonCode: ReferralReason, reason: string) =>
  (await request(FailReferralDocument, { input: { ...at, reasonCode, reason } })).failReferral;
export const cancel = async (at: At, reasonCode: ReferralReason, reason: string) =>
  (await request(CancelReferralDocument, { input: { ...at, reasonCode, reason } })).cancelReferral;
/** An answer that says more than a step: an appointment, a place on the list, a call in vain, a question. */
export const say = async (input: AnswerReferralInput) =>
  (await request(AnswerReferralDocument, { input })).answerReferral;
