import { agencyStaff, anonymous, careManager, curator, type Actor, type Visitor } from './actors.js';
import { testHub, type TestHub } from './hub.js';
import { listing, type ListingRow } from './listings.js';

/** A suggestion with what it changes, field by field. */
export const DIFF =
  'suggestion { id version status source signal evidence fields { key field current base suggested changedSince withheld } }';

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

const HISTORY = `query ($id: ID!) { service(id: $id) { name version history { edges { node { id field previous replacement action via undone viewerCanUndo } } } } }`;
/** What was changed in a listing, as somebody reads it, the last first. */
export const history = async (who: Visitor, id: string) =>
  (await who.gql(HISTORY, { id })).service.history.edges.map((edge: { node: object }) => edge.node);

/** A listing of an agency, made some minutes ago. */
export async function olderListing(hub: TestHub, staff: Actor, more: object = {}): Promise<ListingRow> {
  const row = await listing(hub, { organizationId: staff.organization.id, name: 'Old Name', ...more });
  hub.clock.advance({ minutes: 5 });
  return row;
}

/** A hub with those who say what a listing should be: who keeps all, who runs the agency, who sends people there, and anybody. */
export async function listingDesk() {
  const hub = await testHub({ now: '2026-11-22T15:00:00Z' });
  const [keeper, staff, care, nobody] = [
    await curator(hub),
    await agencyStaff(hub),
    await careManager(hub),
    await anonymous(hub),
  ];
  return { hub, keeper, staff, care, nobody };
}
