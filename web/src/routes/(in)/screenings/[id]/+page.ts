import { load as ask } from '#lib/api/index';
import { ScreeningPageDocument } from '#lib/gql/graphql';

export const load = async ({ parent, params }) => {
  await parent();
  const first = await ask(ScreeningPageDocument, { id: params.id, locale: null });
  // The questions are read aloud in the language of the screening, which need not be the care manager's.
  const { language } = first.screening;
  return ask(ScreeningPageDocument, { id: params.id, locale: language });
};
