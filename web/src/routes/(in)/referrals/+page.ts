import { load as ask } from '#lib/api/index';
import { SentReferralsDocument } from '#lib/gql/graphql';
import { isOn, oneOf } from '#lib/list/filters';

const queues = ['STUCK', 'OPEN', 'DECLINED', 'TO_CONFIRM', 'TO_DECIDE', 'CLOSED', 'ALL'] as const;

export const load = async ({ parent, url }) => {
  await parent();
  const queue = oneOf(url.searchParams, 'queue', [...queues, 'LATE_HELP']);
  const filter = { queue, mine: isOn(url.searchParams, 'mine') };
  const { referrals } = await ask(SentReferralsDocument, { filter });
  return { referrals, filter, queues };
};
