import { load as ask, request } from '#lib/api/index';
import { MarkReferralSeenDocument, ReceivedReferralDocument } from '#lib/gql/graphql';

export const load = async ({ parent, params }) => {
  await parent();
  const answer = await ask(ReceivedReferralDocument, { id: params.id });
  // The sender sees that someone opened it; if this fails, the next opening says it.
  if (!answer.referral.seenAt) {
    void request(MarkReferralSeenDocument, { input: { id: params.id } }).catch(() => undefined);
  }
  return answer;
};
