import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testHub, type TestHub } from '../../../test/hub.js';
import { linked, type Linked } from '../../../test/link-factories.js';
import { take } from '../../../test/referral-factories.js';

const SECRET = 'a-secret-of-the-mail-server-32-chars';
let hub: TestHub;
beforeAll(async () => {
  const env = { INBOUND_MAIL_ADDRESS: 'reply@hub.example.org', INBOUND_MAIL_SECRET: SECRET };
  hub = await testHub({ now: '2026-11-18T15:00:00Z', env });
});
afterAll(() => hub.stop());

/** The code in the address to which the last letter of an agency is answered. */
function codeOf(at: Linked): string {
  const code = /^reply\+(\w+)@hub\.example\.org$/.exec(hub.mail.to(at.email).at(-1)?.replyTo ?? '')?.[1];
  if (!code) throw new Error('The letter has no address to answer to');
  return code;
}

async function mailOf(name: string, code: string): Promise<string> {
  const raw = await readFile(resolve('test/fixtures/replies', `${name}.eml`), 'utf8');
  return raw.replaceAll('CODEUPPER', code.toUpperCase()).replaceAll('CODE', code);
}

async function post(raw: string, headers: Record<string, string> = { authorization: `Bearer ${SECRET}` }) {
  const response = await fetch(`${await hub.url()}/mail/inbound`, {
    method: 'POST',
    headers: { 'content-type': 'message/rfc822', ...headers },
    body: raw,
  });
  return { status: response.status, body: (await response.json()) as { outcome?: string } };
}

const row = async (at: Linked) => (await hub.sql('select * from hub.referral where id = $1', [at.id]))[0] ?? {};
/** The fixture as an answer to a referral of its own; what became of it. */
async function reply(name: string, given?: Linked) {
  const at = given ?? (await linked(hub));
  const { status, body } = await post(await mailOf(name, codeOf(at)));
  expect(status).toBe(200);
  return { at, outcome: body.outcome, row: await row(at) };
}

describe('a reply to a letter', () => {
  it.each([
    ['gmail-one', 'ACCEPTED', null],
    ['gmail-broken-line', 'REJECTED', 'NO_CAPACITY'],
    ['outlook-words', 'ACCEPTED', null],
    ['iphone-signature', 'ON_HOLD', 'WAITLIST'],
    ['spanish-decline', 'REJECTED', 'OTHER'],
    ['bottom-posted', 'REQUESTED', null],
    ['no-quote-marks', 'REJECTED', 'NOT_ELIGIBLE'],
    ['question', 'REQUESTED', null],
    ['html-only', 'ACCEPTED', null],
    ['base64-latin', 'ACCEPTED', null],
    ['code-in-subject', 'IN_PROGRESS', null],
    ['delivered-to-upper', 'ACCEPTED', null],
    ['multipart', 'ACCEPTED', null],
    ['vouched', 'ACCEPTED', null],
  ])('%s is an answer: %s', async (name, status, reason) => {
    const { outcome, row: now } = await reply(name);
    expect([outcome, now['status'], now['reason_code']]).toEqual(['ANSWERED', status, reason]);
  });

  it.each([
    ['appointment', 'ACCEPTED'],
    ['helped', 'COMPLETED'],
    ['could-not', 'FAILED'],
  ])('says also what comes later: %s', async (name, status) => {
    const at = await linked(hub);
    if (name === 'could-not') await take(at.agency, 'acceptReferral', at.id);
    const { outcome, row: now } = await reply(name, at);
    expect([outcome, now['status']]).toEqual(['ANSWERED', status]);
    if (name === 'appointment') {
      expect(now).toMatchObject({
        appointment_at: new Date('2026-12-03T19:30:00Z'),
        appointment_place: '12 Main Street, 2nd floor',
      });
    }
    if (name === 'helped') expect(now['outcome']).toBe('HELP_RECEIVED');
    if (name === 'could-not') expect(now).toMatchObject({ reason_code: 'OTHER', reason: 'Se mudó a otra ciudad.' });
  });

  it('carries its words to the sender, without what it quotes, in the name of who wrote it', async () => {
    const { at } = await reply('outlook-words');
    const messages = await hub.sql('select body, author_name from hub.referral_message where referral_id = $1', [
      at.id,
    ]);
    expect(messages).toEqual([
      {
        body: 'Please come by on Thursday at noon.\nBring an ID if you have one.\n\nRosa Fictional\nFictional Pantry',
        author_name: 'Rosa Fictional',
      },
    ]);
    const asked = await reply('question');
    expect(asked.row['info_asked_at']).toEqual(hub.clock.now());
    const declined = await reply('spanish-decline');
    expect(declined.row['reason']).toBe('Ya no damos ropa de niños.');
    const latin = await reply('base64-latin');
    const [message] = await hub.sql('select body from hub.referral_message where referral_id = $1', [latin.at.id]);
    expect(message).toEqual({ body: 'Mañana está bien.' });
  });

  it('is confirmed by a letter that no program answers', async () => {
    const { at } = await reply('gmail-one');
    await hub.runJobs();
    const letter = hub.mail.to(at.email).at(-1);
    expect(letter?.subject).toContain('We noted your answer');
    expect(letter?.text).toContain('you said that you can help');
  });

  it('that comes twice is one answer and one letter', async () => {
    const at = await linked(hub);
    await reply('gmail-one', at);
    expect((await reply('gmail-one', at)).outcome).toBe('AGAIN');
    await hub.runJobs();
    expect(hub.mail.to(at.email).filter(({ subject }) => subject.includes('noted'))).toHaveLength(1);
  });

  it.each([
    'unclear-people',
    'unclear-time',
    'unclear-weeks',
    'unclear-two',
    'unclear-thanks',
    'unclear-empty',
    'unclear-four-without-words',
    'unclear-quoted-only',
  ])('%s changes nothing and gets one letter back with the link', async (name) => {
    const at = await linked(hub);
    const before = await row(at);
    expect((await reply(name, at)).outcome).toBe('UNCLEAR');
    expect(await row(at)).toEqual(before);
    await hub.runJobs();
    const letters = hub.mail.to(at.email);
    expect(letters.at(-1)?.subject).toContain('We did not understand your reply');
    expect(letters.at(-1)?.text).toContain('/answer#token=');
    expect(hub.mail.to(at.sender.user.email)).toEqual([]);
  });

  it('of an appointment without a plain day and hour says that these are missing, also after another that was not understood', async () => {
    const at = await linked(hub);
    expect((await reply('unclear-thanks', at)).outcome).toBe('UNCLEAR');
    expect((await reply('unclear-nine', at)).outcome).toBe('NO_WHEN');
    await hub.runJobs();
    expect(hub.mail.to(at.email).at(-1)?.text).toContain('the day and the hour of the appointment');
    expect(await row(at)).toMatchObject({ status: 'REQUESTED', appointment_at: null });
  });

  it.each([
    ['appointment', 'has an appointment with you'],
    ['question', 'you asked the care team a question'],
    ['helped', 'the person got the help'],
    ['iphone-signature', 'on your waiting list'],
  ])('is told back as it was understood: %s', async (name, words) => {
    const { at } = await reply(name);
    await hub.runJobs();
    const letter = hub.mail.to(at.email).at(-1);
    expect(letter?.text).toContain(words);
    expect(letter?.text).not.toMatch(/you said that you can help|12 Main Street, 2nd/);
  });

  it('stands in the history as an answered letter', async () => {
    const { at } = await reply('gmail-one');
    const steps = await hub.sql(
      'select to_status, via from hub.referral_transition where referral_id = $1 order by at, id',
      [at.id],
    );
    expect(steps).toEqual([
      { to_status: 'REQUESTED', via: 'ACCOUNT' },
      { to_status: 'ACCEPTED', via: 'MAIL' },
    ]);
  });

  it.each([
    ['gmail-spanish', 'REJECTED', 'Sin cupo hasta junio.'],
    ['outlook-spanish-top', 'REJECTED', 'Ya cerramos el programa.'],
    ['html-outlook', 'REJECTED', 'Ya no damos ropa de niños.'],
    ['forwarded', 'REJECTED', 'We moved to another county.'],
    ['samsung-bold', 'REJECTED', 'No room until May.'],
    ['unseen-marks', 'REJECTED', 'Full.'],
    ['tried-in-vain', 'REJECTED', 'We called three times and the number is wrong.'],
  ])('is read whatever its program makes of it: %s', async (name, status, words) => {
    const { outcome, row: now, at } = await reply(name);
    expect([outcome, now['status']]).toEqual(['ANSWERED', status]);
    const messages = await hub.sql<{ body: string }>('select body from hub.referral_message where referral_id = $1', [
      at.id,
    ]);
    expect([now['reason'], messages[0]?.body]).toContain(words);
  });

  it('with pictures of a signature of five megabytes is an answer', async () => {
    const at = await linked(hub);
    const picture = Buffer.alloc(5 * 1024 * 1024, 7)
      .toString('base64')
      .replace(/.{76}/g, '$&\r\n');
    const raw = (await mailOf('with-picture', codeOf(at))).replace('PICTURE', picture);
    expect((await post(raw)).body.outcome).toBe('ANSWERED');
    expect(await row(at)).toMatchObject({ status: 'ACCEPTED' });
  });

  it('that is handed in twice at the same moment is one answer and one letter', async () => {
    const at = await linked(hub);
    const raw = await mailOf('outlook-words', codeOf(at));
    const outcomes = (await Promise.all([1, 2, 3, 4].map(() => post(raw)))).map(({ body }) => body.outcome);
    expect(outcomes.toSorted()).toEqual(['AGAIN', 'AGAIN', 'AGAIN', 'ANSWERED']);
    await hub.runJobs();
    expect(hub.mail.to(at.email).filter(({ subject }) => subject.includes('noted'))).toHaveLength(1);
    expect(hub.mail.to(at.sender.user.email)).toHaveLength(1);
    expect(await hub.sql('select from hub.referral_message where referral_id = $1', [at.id])).toHaveLength(1);
  });

  it('to two referrals at once changes neither, and says so', async () => {
    const [one, other] = [await linked(hub), await linked(hub)];
    const raw = (await mailOf('gmail-one', codeOf(one))).replace(
      /^To: .*$/m,
      (line) => `${line}, reply+${codeOf(other)}@hub.example.org`,
    );
    expect((await post(raw)).body.outcome).toBe('SEVERAL');
    await hub.runJobs();
    expect([(await row(one))['status'], (await row(other))['status']]).toEqual(['REQUESTED', 'REQUESTED']);
    expect(hub.mail.to(one.email).at(-1)?.text).toContain('more than one referral');
    // Where the server says for whom it hands a mail in, that one is meant.
    const handed = `Delivered-To: reply+${codeOf(other)}@hub.example.org\r\n${raw.replace('gmail-one@', 'handed@')}`;
    expect((await post(handed)).body.outcome).toBe('ANSWERED');
    expect([(await row(one))['status'], (await row(other))['status']]).toEqual(['REQUESTED', 'ACCEPTED']);
  });

  it('to a letter of long ago is told so, once, with a link that works', async () => {
    const at = await linked(hub);
    const code = codeOf(at);
    hub.clock.advance({ days: 31 });
    for (const name of ['gmail-one', 'outlook-words']) {
      expect((await post(await mailOf(name, code))).body.outcome).toBe('LATE');
    }
    await hub.runJobs();
    const letters = hub.mail.to(at.email).filter(({ subject }) => subject.includes('too late'));
    expect(letters).toHaveLength(1);
    expect(letters[0]?.text).toContain('it waits for your answer');
    // That letter may be answered.
    expect((await post((await mailOf('gmail-one', code)).replace('gmail-one@', 'again@'))).body.outcome).toBe(
      'ANSWERED',
    );
    hub.clock.set('2026-11-18T15:00:00Z');
  });

  it('about what changed hands tells whoever had it, and neither moves it nor names where it is', async () => {
    const [at, next] = [await linked(hub), await linked(hub)];
    const code = codeOf(at);
    await hub.sql('update hub.referral_link set revoked_at = $2 where referral_id = $1', [at.id, hub.clock.now()]);
    await hub.sql('update hub.referral set to_org_id = $2, service_id = $3 where id = $1', [
      at.id,
      next.agency.organization.id,
      next.serviceId,
    ]);
    await hub.sql('update hub.organization set referral_email = $2 where id = $1', [
      at.agency.organization.id,
      at.email,
    ]);
    const before = hub.mail.to(next.email).length;
    expect((await post(await mailOf('gmail-one', code))).body.outcome).toBe('ENDED');
    await hub.runJobs();
    expect((await row(at))['status']).toBe('REQUESTED');
    const letter = hub.mail.to(at.email).at(-1);
    expect(letter?.subject).toBe('Your reply came too late / Su respuesta llegó tarde');
    expect(`${letter?.text}`).not.toMatch(/token=|Given|reply\+/);
    expect(letter?.text).not.toContain(next.agency.organization.name);
    expect(hub.mail.to(next.email)).toHaveLength(before);
  });

  it('with a code that no letter has is answered once a day, to an agency that is known by its address alone', async () => {
    const at = await linked(hub);
    const desk = `known@agency.example`;
    await hub.sql('update hub.organization set referral_email = $2 where id = $1', [at.agency.organization.id, desk]);
    const wrong = 'q'.repeat(24);
    for (const [n, from] of [desk, desk, 'Stranger <stranger@else.example>'].entries()) {
      const raw = (await mailOf('gmail-one', wrong))
        .replace(/^From: .*$/m, `From: ${from}`)
        .replace('gmail-one@', `${n}@`);
      expect((await post(raw)).body.outcome).toBe('NO_LINK');
    }
    await hub.runJobs();
    const letters = hub.mail.letters.filter(({ to }) => to === desk || to.includes('stranger'));
    expect(letters.map(({ to, subject }) => [to, subject])).toEqual([
      [desk, 'We did not understand your reply / No entendimos su respuesta'],
    ]);
  });

  it('that is not understood again and again is told so once a day', async () => {
    const at = await linked(hub);
    for (const name of ['unclear-thanks', 'unclear-time', 'unclear-two']) await reply(name, at);
    await hub.runJobs();
    expect(hub.mail.to(at.email).filter(({ subject }) => subject.includes('understand'))).toHaveLength(1);
  });

  it.each([
    ['auto-out-of-office', 'AUTO_REPLY'],
    ['auto-exchange', 'AUTO_REPLY'],
    ['auto-vacation-es', 'AUTO_REPLY'],
    ['auto-precedence', 'AUTO_REPLY'],
    ['auto-our-own-letter', 'AUTO_REPLY'],
    ['bounce-report', 'BOUNCE'],
    ['bounce-failure', 'BOUNCE'],
    ['bulk-list', 'BULK'],
    ['forged-dmarc', 'FORGED'],
    ['forged-spf', 'FORGED'],
  ])('%s is no answer and gets none: %s', async (name, why) => {
    const at = await linked(hub);
    const before = await row(at);
    const letters = hub.mail.letters.length;
    expect((await reply(name, at)).outcome).toBe(why);
    await hub.runJobs();
    expect(await row(at)).toEqual(before);
    expect(hub.mail.letters).toHaveLength(letters);
  });

  it('to a referral that was answered meanwhile changes nothing and says how it stands', async () => {
    const at = await linked(hub);
    await take(at.agency, 'declineReferral', at.id, { reasonCode: 'NO_CAPACITY', reason: '' });
    expect((await reply('gmail-one', at)).outcome).toBe('REFUSED');
    await hub.runJobs();
    expect(hub.mail.to(at.email).at(-1)?.text).toContain('you said that you cannot help');
  });
});

describe('the door for mail', () => {
  it('opens for the secret alone', async () => {
    const raw = await mailOf('gmail-one', 'x'.repeat(24));
    for (const headers of [
      { authorization: '' },
      { authorization: `Bearer ${SECRET}x` },
      { authorization: 'Bearer ' },
    ]) {
      expect((await post(raw, headers)).status).toBe(401);
    }
    expect((await post('')).status).toBe(400);
  });

  it('takes a code that was made up, withdrawn, or the token of the page for nobody’s', async () => {
    const at = await linked(hub);
    const code = codeOf(at);
    expect((await post(await mailOf('gmail-one', 'a'.repeat(24)))).body.outcome).toBe('NO_LINK');
    expect((await reply('no-code', at)).outcome).toBe('NO_LINK');
    await take(at.sender, 'cancelReferral', at.id, { reasonCode: 'NEED_MET', reason: 'x' });
    expect((await post((await mailOf('gmail-one', code)).replace('gmail-one@', 'late@'))).body.outcome).toBe('ENDED');
  });

  it('opens no page with a reply code: mail servers write addresses into their logs', async () => {
    const at = await linked(hub);
    const codes = await at.visitor.codes('query ($token: String!) { referralEnvelope(token: $token) { agency } }', {
      token: codeOf(at),
    });
    expect(codes).toEqual(['NOT_FOUND']);
  });

  it('survives what is no mail', async () => {
    const hostile = [
      '\u0000\u0001\u0002',
      'x'.repeat(100_000),
      'Content-Type: multipart/mixed; boundary=a\r\n\r\n'.repeat(300),
    ];
    for (const raw of hostile) expect((await post(raw)).body.outcome).toBe('NO_LINK');
  });

  it('keeps nothing of what a mail says', async () => {
    const { at } = await reply('outlook-words');
    const rows = await hub.sql('select to_jsonb(m)::text as row from hub.inbound_mail m');
    expect(JSON.stringify(rows)).not.toMatch(/Rosa|Thursday|reply\+/);
    expect(rows.length).toBeGreaterThan(0);
    expect(at.id).toBeDefined();
  });
});
