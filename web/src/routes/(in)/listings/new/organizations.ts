import { request } from '#lib/api/index';
import { SuggestServicesDocument } from '#lib/gql/graphql';

/** The organizations of the directory whose name looks like what is typed. */
export async function findOrganizations(text: string): Promise<{ value: string; label: string }[]> {
  if (text.trim().length < 2) return [];
  const { suggestServices } = await request(SuggestServicesDocument, { text: text.trim() });
  return suggestServices.flatMap((one) =>
    one.kind === 'ORGANIZATION' && one.id ? [{ value: one.id, label: one.text }] : [],
  );
}
