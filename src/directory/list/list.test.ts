import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { addressOf, anonymous, type Visitor } from '../../../test/actors.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { addEverything, listing, type ListingRow } from '../../../test/listings.js';
import { readPdf } from '../../../test/read-pdf.js';
import { act } from '../../../test/suggestions.js';
import { newId } from '../../platform/id.js';
import { asTask } from '../../platform/database/operation.js';
import { clearListLetters, sendListLetter } from './mail-list.js';
import { shortKeyOf } from './short-key.js';

let hub: TestHub;
let nobody: Visitor;
let pantry: ListingRow;
let shelter: ListingRow;
let clinic: ListingRow;
beforeAll(async () => {
  hub = await testHub({ now: '2026-11-20T15:00:00Z' });
  nobody = await anonymous(hub);
  pantry = await listing(hub, { name: 'Harvest Table', site: { address1: '12 Plum St' } });
  shelter = await listing(hub, {
    name: 'Nightfall House',
    sensitivity: 'INTIMATE_PARTNER_VIOLENCE',
    site: { address1: '77 Quietcourt Rd', city: 'Veiltown', zip: '21045' },
  });
  clinic = await listing(hub, { name: 'Sobriety Clinic', sensitivity: 'SUBSTANCE_USE', site: true });
  for (const row of [pantry, shelter, clinic]) await addEverything(hub, row);
});
beforeEach(async () => {
  hub.mail.letters.length = 0;
  await hub.sql('delete from hub.rate_limit');
});
afterAll(() => hub.stop());

const LEAK = /Quietcourt|Veiltown|21045/;
const mail = (ids: string[], more: Record<string, unknown> = {}, who = nobody) =>
  act(who, 'mailList', { serviceIds: ids, email: 'ann@example.org', language: 'en', ...more }, 'sent');
async function pdf(query: string): Promise<{ status: number; type: string; bytes: Buffer }> {
  const response = await fetch(`${await addressOf(hub)}/my-list.pdf?${query}`);
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, type: response.headers.get('content-type') ?? '', bytes };
}
const keys = (...rows: ListingRow[]) => rows.map(({ id }) => shortKeyOf(id)).join('');

it('a list is read by ids and by the keys of its address, in order, each once, without those that are gone', async () => {
  const asked =
    'query ($ids: [ID!], $keys: [String!]) { listedServices(ids: $ids, keys: $keys) { id shortKey isPrivate } }';
  const read = async (variables: object) =>
    (await nobody.gql(asked, { ...variables })).listedServices.map(({ id }: { id: string }) => id);
  expect(await read({ keys: [shortKeyOf(shelter.id), shortKeyOf(pantry.id), 'AAAAAAAAAA', 'no key'] })).toEqual([
    shelter.id,
    pantry.id,
  ]);
  expect(await read({ ids: [pantry.id, newId(), pantry.id] })).toEqual([pantry.id]);
  expect(await read({})).toEqual([]);
  expect(await nobody.codes(asked, { keys: Array.from({ length: 21 }, () => 'AAAAAAAAAA') })).toEqual([
    'BAD_USER_INPUT',
  ]);
  const { listedServices } = await nobody.gql(asked, { ids: [pantry.id, shelter.id, clinic.id] });
  expect(listedServices.map(({ isPrivate }: { isPrivate: boolean }) => isPrivate)).toEqual([false, true, true]);
});

it('a merged listing is found by the key of the one that went', async () => {
  const [old, kept] = [await listing(hub), await listing(hub)];
  await hub.sql('update hub.service set merged_into = $2, status = $3 where id = $1', [old.id, kept.id, 'defunct']);
  const { listedServices } = await nobody.gql('query ($keys: [String!]) { listedServices(keys: $keys) { id } }', {
    keys: [shortKeyOf(old.id)],
  });
  expect(listedServices).toEqual([{ id: kept.id }]);
});

it('the letter names plain listings only, its subject none, and its link all; the address is not kept', async () => {
  expect(await mail([pantry.id, shelter.id, clinic.id])).toEqual({
    data: expect.objectContaining({ sent: true }),
    refused: [],
  });
  expect(JSON.stringify(await hub.sql('select payload from graphile_worker._private_jobs'))).not.toMatch(
    /ann@|Harvest/,
  );
  await hub.runJobs();
  const [letter, ...others] = hub.mail.letters;
  expect(others).toEqual([]);
  expect(letter).toMatchObject({ to: 'ann@example.org', subject: 'The list you asked for' });
  expect(letter?.text).toContain(`/my-list#s=${keys(pantry, shelter, clinic)}`);
  expect(letter?.text).toMatch(
    /Harvest Table[\s\S]*Phone: 410-555-0101[\s\S]*Where: 12 Plum St[\s\S]*When: Monday to Friday: 9:00 am to 5:00 pm[\s\S]*Bring: Proof of address/,
  );
  expect(letter?.text).not.toMatch(/Nightfall|Sobriety/);
  expect(letter?.text).not.toMatch(LEAK);
  expect(await hub.sql('select from hub.list_letter')).toEqual([]);
});

it('a list of private listings alone is a letter with nothing but its link', async () => {
  await mail([shelter.id], { language: 'es' });
  await hub.runJobs();
  const [letter] = hub.mail.letters;
  expect(letter?.subject).toBe('La lista que pidió');
  expect(letter?.text).toContain(keys(shelter));
  expect(letter?.text).not.toMatch(/Nightfall|violen|refugi|Teléfono/i);
});

it('the address is forgotten when the mail server takes no letter to the end, and at night in any case', async () => {
  const task = { db: asTask(hub.orm), platform: hub.platform };
  const job = { id: '1', attempt: 8, signal: AbortSignal.abort() };
  const away = {
    ...hub.platform,
    mail: { send: () => Promise.reject(new Error('away')), close: async () => undefined },
  };
  const waiting = () => hub.sql<{ id: string }>('select id from hub.list_letter');
  await mail([pantry.id]);
  const [{ id: letterId = '' } = {}] = await waiting();
  await expect(
    sendListLetter.run({ letterId }, { ...task, platform: away, job: { ...job, last: false } }),
  ).rejects.toThrow('away');
  expect(await waiting()).toHaveLength(1);
  await expect(
    sendListLetter.run({ letterId }, { ...task, platform: away, job: { ...job, last: true } }),
  ).rejects.toThrow('away');
  expect(await waiting()).toEqual([]);
  await mail([pantry.id]);
  hub.clock.advance({ hours: 25 });
  await clearListLetters.run({}, { ...task, job: { ...job, last: false } });
  expect(await waiting()).toEqual([]);
  await hub.runJobs();
  expect(hub.mail.letters).toEqual([]);
});

it('an address that is none, an empty list and too many letters are refused, and what is refused tells nothing', async () => {
  const refused = async (...given: Parameters<typeof mail>) => (await mail(...given)).refused;
  for (const email of [
    'ann',
    'a@b.example, c@d.example',
    'a@b.example\nBcc: c@d.example',
    `${'a'.repeat(260)}@example.org`,
  ]) {
    expect([email, await refused([pantry.id], { email })]).toEqual([
      email,
      [email.length > 254 ? 'TOO_LONG' : 'BAD_EMAIL'],
    ]);
  }
  expect(await refused([newId()])).toEqual(['NOTHING_TO_SEND']);
  for (let sent = 0; sent < 10; sent += 1) expect(await refused([pantry.id])).toEqual([]);
  expect(await refused([pantry.id], { email: ' ANN@example.org ' })).toEqual(['TOO_MANY_LETTERS']);
  expect(await refused([pantry.id], { email: 'bea@example.org' })).toEqual([]);
  const asked = 'mutation ($input: MailListInput!) { mailList(input: $input) { sent } }';
  const input = { serviceIds: [pantry.id], email: 'cy@example.org', language: 'en' };
  const codes: string[] = [];
  for (let tried = 0; tried < 60; tried += 1) codes.push(...(await nobody.codes(asked, { input })));
  expect(new Set(codes)).toEqual(new Set(['RATE_LIMITED']));
  expect((await pdf(`s=${keys(pantry)}`)).status).toBe(429);
});

it('on paper stands what everybody may see; private listings only when asked for, and never their door', async () => {
  const all = keys(pantry, shelter, clinic);
  const { status, type, bytes } = await pdf(`s=${all}`);
  expect([status, type]).toEqual([200, 'application/pdf']);
  const { text } = readPdf(bytes);
  expect(text).toContain('Harvest Table');
  expect(text).toContain('12 Plum St');
  expect(text).not.toMatch(/Nightfall|Sobriety/);
  const whole = readPdf((await pdf(`s=${all}&private=1&language=es`)).bytes);
  expect(whole).toMatchObject({ language: 'es-US', title: 'Mi lista de ayuda' });
  expect(whole.text).toMatch(/Nightfall House[\s\S]*Sobriety Clinic/);
  expect(whole.text).not.toMatch(LEAK);
});

it('a PDF of nothing is not found, and odd addresses break nothing', async () => {
  for (const query of [
    '',
    's=',
    's=AAAAAAAAAA',
    's[]=a&s[]=b',
    `s=${'%00'.repeat(20)}`,
    `s=${"';drop".repeat(9)}`,
    'language=xx',
  ]) {
    expect([query, (await pdf(query)).status]).toEqual([query, 404]);
  }
});
