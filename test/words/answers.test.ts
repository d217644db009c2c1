import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/platform/id.js';
import { NOTHING_APART } from '../../src/population/apart.js';
import { reportOf } from '../../src/population/report.js';
import { addressOf, careManager, planAnalyst } from '../actors.js';
import { insert } from '../factories.js';
import { testHub, type TestHub } from '../hub.js';
import { pair, send, SEND, sendInput } from '../referral-factories.js';

/*
 * One person, the same question in two languages: refusals, errors, what is shared, definitions and letters.
 */
let hub: TestHub;
beforeAll(async () => {
  hub = await testHub();
});
afterAll(() => hub.stop());

interface Answer {
  data?: any; // oxlint-disable-line typescript/no-explicit-any -- read as asked
  errors?: { message: string }[];
}

async function ask(query: string, variables: object, token?: string, language?: string): Promise<Answer> {
  const response = await fetch(`${await addressOf(hub)}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
      ...(language && { 'accept-language': language }),
    },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer;
}

const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { userErrors { message } } }';
const PATIENT = '{ patient(id: "01900000-0000-7000-8000-000000000001") { id } }';

describe('what the API says', () => {
  it('comes in the language of the page, also to somebody who is not signed in', async () => {
    const input = { email: 'nobody@example.org', password: 'wrong' };
    const said = async (language?: string): Promise<string> =>
      (await ask(SIGN_IN, { input }, undefined, language)).data.signIn.userErrors[0].message;
    expect(await said()).toBe('The e-mail address or the password is not right.');
    expect(await said('es')).toBe('El correo electrónico o la contraseña no son correctos.');
    expect(await said('es-MX,es;q=0.9,en;q=0.8')).toBe('El correo electrónico o la contraseña no son correctos.');
  });

  it('comes in the language of the settings where no page says one, and errors follow', async () => {
    const { token, user } = await careManager(hub);
    const error = async (language?: string): Promise<string | undefined> =>
      (await ask(PATIENT, {}, token, language)).errors?.[0]?.message;
    expect(await error()).toBe('Patient was not found.');
    await hub.sql(`update hub.user_account set locale = 'es' where id = $1`, [user.id]);
    expect(await error()).toBe('No se encontró: la persona.');
    expect(await error('en-US,en;q=0.9')).toBe('No se encontró: la persona.');
    expect(await error('en')).toBe('Patient was not found.');
    expect((await ask('{ patients { edges { node { id } } } }', {}, undefined, 'es')).errors?.[0]?.message).toBe(
      'Primero inicie sesión.',
    );
  });

  it('tells what a figure means in both', async () => {
    const { token, organization } = await planAnalyst(hub);
    await insert(hub, 'population_report', {
      id: newId(),
      plan_org_id: organization.id,
      first_day: '2026-01-01',
      last_day: '2026-06-30',
      published_at: hub.clock.now(),
      figures: JSON.stringify(reportOf({ members: 0, screened: 0, needs: [], funnel: [], apart: NOTHING_APART })),
    });
    const query = '{ populationSummary(input: { by: CATEGORY }) { definitions { key text } } }';
    const texts = async (language: string): Promise<string[]> =>
      (await ask(query, {}, token, language)).data.populationSummary.definitions.map(
        ({ text }: { text: string }) => text,
      );
    const [english, spanish] = [await texts('en'), await texts('es')];
    expect(english).toHaveLength(spanish.length);
    expect(english.filter((text) => spanish.includes(text))).toEqual([]);
  });
});

describe('a referral', () => {
  it('is read in each language, is refused in each, and its letters go out in the language of their reader', async () => {
    const people = await pair(hub);
    await hub.sql(`update hub.user_account set locale = 'es' where id = $1`, [people.sender.user.id]);
    const id = await send(people);
    await hub.runJobs();
    hub.mail.letters.splice(0);
    const SHARED = `{ referral(id: "${id}") { shared { items { key value } } } }`;
    const shared = async (language: string): Promise<Record<string, string>> => {
      const { data } = await ask(SHARED, {}, people.agency.token, language);
      const items = data.referral.shared.items as { key: string; value: string }[];
      return Object.fromEntries(items.map(({ key, value }) => [key, value]));
    };
    const [english, spanish] = [await shared('en'), await shared('es')];
    expect(english['safeContact']).toMatch(/^(Call|Text|E-mail|Write); (leave no voicemail|voicemail is fine)/);
    expect(spanish['safeContact']).toMatch(/^(Llamar|Enviar|Escribir).*; (no dejar|se puede dejar) mensaje de voz/);
    expect(spanish['name']).toBe(english['name']);

    const STEP = `mutation ($input: StartReferralInput!) { startReferral(input: $input) { userErrors { code message } } }`;
    const refused = async (language: string) =>
      (await ask(STEP, { input: { id } }, people.agency.token, language)).data.startReferral.userErrors;
    expect(await refused('en')).toEqual([
      { code: 'NOT_FROM_HERE', message: 'A referral that waits for an answer cannot be started.' },
    ]);
    expect(await refused('es')).toEqual([
      { code: 'NOT_FROM_HERE', message: 'Una referencia que espera respuesta no se puede empezar.' },
    ]);

    const ACCEPT =
      'mutation ($input: AcceptReferralInput!) { acceptReferral(input: $input) { userErrors { message } } }';
    expect((await ask(ACCEPT, { input: { id } }, people.agency.token)).data.acceptReferral.userErrors).toEqual([]);
    await hub.runJobs();
    const [letter] = hub.mail.to(people.sender.user.email);
    expect(letter?.subject).toBe('Una referencia fue aceptada');
    expect(letter?.text).toMatch(/^Su referencia a .* fue aceptada\. Detalles:\n/);
  });

  it('without a consent says what is missing in the language of the sender', async () => {
    const people = await pair(hub);
    await hub.sql('delete from hub.consent where patient_id = $1', [people.patientId]);
    const { data } = await ask(SEND, { input: sendInput(people) }, people.sender.token, 'es');
    expect(data.sendReferral.userErrors[0]).toMatchObject({
      code: 'CONSENT_MISSING',
      message: 'No se envió nada. Todavía no hay consentimiento: pregunte primero a la persona.',
    });
  });
});
