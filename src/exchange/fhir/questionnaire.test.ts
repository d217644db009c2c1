import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOf, careManager, curator, type Actor } from '../../../test/actors.js';
import { testHub, type TestHub } from '../../../test/hub.js';

let hub: TestHub;
let steward: Actor;
let manager: Actor;
beforeAll(async () => {
  hub = await testHub();
  steward = await curator(hub);
  manager = await careManager(hub);
});
afterAll(() => hub.stop());

async function ask(who: Actor | null, path = '', body?: unknown, type = 'application/fhir+json') {
  const response = await fetch(`${await addressOf(hub)}/fhir/Questionnaire${path}`, {
    headers: {
      ...(who && { authorization: `Bearer ${who.token}` }),
      ...(body !== undefined && { 'content-type': type }),
    },
    ...(body !== undefined && { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, json: text ? JSON.parse(text) : null };
}

describe('POST /fhir/Questionnaire', () => {
  it('takes a form that came from here, as a new version, which is in use at once', async () => {
    const { json: form } = await ask(steward, '/hunger-vital-sign-1.0.0');
    expect(form.resourceType).toBe('Questionnaire');
    const next = { ...form, version: '9.0.0', id: undefined };
    const made = await ask(steward, '', next);
    expect(made).toMatchObject({
      status: 201,
      json: { resourceType: 'Questionnaire', version: '9.0.0', id: 'hunger-vital-sign-9.0.0' },
    });
    expect(made.headers.get('location')).toBe('/fhir/Questionnaire/hunger-vital-sign-9.0.0');
    expect((await ask(manager, '?version=9.0.0')).json.total).toBe(1);
    expect(await ask(steward, '', next)).toMatchObject({ status: 409, json: { issue: [{ code: 'conflict' }] } });
    const [row] = await hub.sql(
      `select actor_id, outcome from hub.audit where action = 'instrument.upload' and outcome = 'ALLOWED'`,
    );
    expect(row).toEqual({ actor_id: steward.user.id, outcome: 'ALLOWED' });
  });

  it('names what would be lost, and takes the rest when that was said to be all right', async () => {
    const { json: form } = await ask(steward, '/hunger-vital-sign-1.0.0');
    const more = { linkId: '/photo', text: 'A picture', type: 'attachment' };
    const foreign = { ...form, version: '9.1.0', item: [...form.item, more] };
    const refused = await ask(steward, '', foreign);
    expect(refused).toMatchObject({
      status: 422,
      json: { resourceType: 'OperationOutcome', issue: [{ code: 'not-supported' }] },
    });
    expect((await ask(manager, '?version=9.1.0')).json.total).toBe(0);
    expect((await ask(steward, '?left=accept', foreign)).status).toBe(201);
  });

  it('is for those who keep forms, and for nothing that a foreign page could send', async () => {
    const { json: form } = await ask(steward, '/hunger-vital-sign-1.0.0');
    const next = { ...form, version: '9.9.0' };
    expect((await ask(null, '', next)).status).toBe(401);
    expect((await ask(manager, '', next)).status).toBe(403);
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      expect([type, (await ask(steward, '', next, type)).status]).toEqual([type, 415]);
    }
    expect((await ask(steward, '', 'no json')).status).toBe(422);
    expect((await ask(steward, '', { resourceType: 'Questionnaire' })).status).toBe(422);
    expect((await ask(steward, '', 'x'.repeat(900_000))).status).toBe(413);
  });
});
