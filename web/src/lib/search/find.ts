import { ApiError, explain, load as ask, request } from '#lib/api/index';
import { PlacesDocument, SearchServicesDocument, type SearchServicesInput } from '#lib/gql/graphql';

/** The kinds of help that anybody looks for: strengths are none. */
export const sought = <T extends { code: string }>(categories: readonly T[]): T[] =>
  categories.filter(({ code }) => code !== 'protective-factor');

/** Searches; a place that nobody knows, or several are called, comes back with places to choose from. */
export async function find(input: SearchServicesInput) {
  try {
    return { found: (await request(SearchServicesDocument, { input })).searchServices, unknownPlace: null };
  } catch (cause) {
    const name = input.near?.place;
    if (!(cause instanceof ApiError) || !cause.fields.includes('input.near.place') || !name) explain(cause);
    const { places } = await ask(PlacesDocument, { text: name });
    return { found: null, unknownPlace: { name, choices: places } };
  }
}
