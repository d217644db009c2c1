import { newId } from '../src/platform/id.js';
import { addressOf, visitor, type Visitor } from './actors.js';
import type { TestHub } from './hub.js';
import type { Pair } from './referral-factories.js';

export const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n');
const MAKE = `mutation ($input: MakeHelpLinkInput!) { makeHelpLink(input: $input) { url link { id } } }`;
const OPEN = `mutation ($input: OpenMyHelpInput!) { openMyHelp(input: $input) { page { token } } }`;
const SEND = `mutation ($input: SendMyPapersInput!) { sendMyPapers(input: $input) { sent userErrors { code } } }`;

/** An open page of a person, or of somebody around them. */
export type OpenPage = Visitor & { token: string; linkId: string };

export async function openPageOf(
  hub: TestHub,
  { sender, patientId }: Pick<Pair, 'sender' | 'patientId'>,
  relatedPersonId: string | null = null,
): Promise<OpenPage> {
  const input = { patientId, relatedPersonId, way: 'PAPER', asksBirthYear: false };
  const { url, link } = (await sender.gql(MAKE, { input })).makeHelpLink;
  await hub.sql('delete from hub.rate_limit');
  const token = /#token=([\w-]+)/.exec(url)?.[1];
  const { page } = (await (await visitor(hub)).gql(OPEN, { input: { token } })).openMyHelp;
  return { ...(await visitor(hub, page.token)), token: page.token, linkId: link.id };
}

interface Bytes {
  id?: string;
  name?: string;
  bytes?: Buffer;
}

/** Puts a file by a page (or by anybody with a token); its status, and the code of a refusal. */
export async function putPaper(
  hub: TestHub,
  token: string,
  { id = newId(), name = 'form.pdf', bytes = PDF }: Bytes = {},
) {
  const query = new URLSearchParams({ kind: 'person-paper', name }).toString();
  const response = await fetch(`${await addressOf(hub)}/files/${id}?${query}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream', authorization: `Bearer ${token}` },
    body: new Uint8Array(bytes),
  });
  const { errors } = (await response.json()) as { errors?: { extensions: { code: string } }[] };
  return { id, status: response.status, code: errors?.[0]?.extensions.code };
}

/** Opens a file as whoever holds a token; the status. */
export async function openPaper(hub: TestHub, token: string, id: string, kind = 'person-paper'): Promise<number> {
  const address = `${await addressOf(hub)}/files/${id}?kind=${kind}`;
  return (await fetch(address, { headers: { authorization: `Bearer ${token}` } })).status;
}

/** Puts a file and gives it to the care team. */
export async function sendPaper(hub: TestHub, page: OpenPage, given: object = {}, bytes: Bytes = {}) {
  const { id } = await putPaper(hub, page.token, bytes);
  const input = { fileIds: [id], what: 'FORM', ...given };
  const { sent, userErrors } = (await page.gql(SEND, { input })).sendMyPapers;
  return { id, sent, refused: userErrors.map((error: { code: string }) => error.code) };
}
