import { load as ask } from '#lib/api/index';
import { ScreeningsDueDocument, type ScreeningDueReason } from '#lib/gql/graphql';

const REASONS = ['PERIOD', 'DISCHARGE', 'NEED', 'LIFE_EVENT'] as const;

export const load = async ({ parent, url }) => {
  await parent();
  const mine = url.searchParams.get('mine') === '1' || undefined;
  const wish = url.searchParams.get('reason');
  const reason = REASONS.find((one) => one === wish) satisfies ScreeningDueReason | undefined;
  const filter = { mine, reason };
  return { ...(await ask(ScreeningsDueDocument, { filter, after: undefined })), filter };
};
