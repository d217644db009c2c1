import { load as ask } from '#lib/api/index';
import { OwnFunnelDocument } from '#lib/gql/graphql';

const DAY_MS = 86_400_000;
const dayBefore = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);

export const load = async ({ parent, url }) => {
  await parent();
  const days = url.searchParams.get('days') === '365' ? 365 : 90;
  const input = { from: dayBefore(days - 1), to: dayBefore(0) };
  const { ownFunnel } = await ask(OwnFunnelDocument, { input });
  return { figures: ownFunnel, input, days: String(days) };
};
