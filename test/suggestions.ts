import type { Visitor } from './actors.js';

interface Answer {
  data: any; // oxlint-disable-line typescript/no-explicit-any -- tests read what they asked for
  /** The codes of what was refused. */
  refused: string[];
}

/** What a mutation answered, with the codes of what was refused. */
export async function act(who: Visitor, mutation: string, input: object, fields: string): Promise<Answer> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const answer = await who.gql(
    `mutation ($input: ${type}!) { answer: ${mutation}(input: $input) { ${fields} userErrors { code field } } }`,
    { input },
  );
  return {
    data: answer.answer,
    refused: answer.answer.userErrors.map((error: { code: string }) => error.code),
  };
}

/** The version of a listing now. */
export async function versionOf(who: Visitor, id: string): Promise<number> {
  return (await who.gql('query ($id: ID!) { service(id: $id) { version } }', { id })).service.version;
}
