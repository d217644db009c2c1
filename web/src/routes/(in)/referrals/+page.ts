import { load as ask } from '#lib/api/index';
import { SentReferralsDocument, type ReferralQueue } from '#lib/gql/graphql';
import { isOn } from '#lib/list/filters';

export const load = async ({ parent, url }) => {
  await parent();
  const queue = (url.searchParams.get('queue') || 'STUCK') as ReferralQueue;
  const filter = { queue, mine: isOn(url.searchParams, 'mine') };
  const { referrals } = await ask(SentReferralsDocument, { filter });
  return { referrals, filter };
};
