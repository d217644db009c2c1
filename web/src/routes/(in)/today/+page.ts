import { load as ask } from '#lib/api/index';
import { EndingConsentsDocument, TodayDocument } from '#lib/gql/graphql';

export const load = async ({ parent }) => {
  await parent();
  // Apart: with them the page of the day would be more than one query that the hub compiles.
  const [{ today }, { today: ending }] = await Promise.all([ask(TodayDocument, {}), ask(EndingConsentsDocument, {})]);
  return { today: { ...today, ...ending } };
};
