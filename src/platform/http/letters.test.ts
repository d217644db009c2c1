import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOf } from '../../../test/actors.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { linked } from '../../../test/link-factories.js';
import { newId } from '../id.js';
import { outboxMail } from '../mail/outbox.js';
import { mailOf } from './letters.js';

describe('letters that stayed here', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await testHub({ env: { HUB_DEMO: 'yes' } });
  });
  afterAll(() => hub.stop());
  const page = async (): Promise<string> => (await fetch(`${await addressOf(hub)}/sandbox/mail`)).text();

  it('are shown as text, the newest first, fifty at most, with links that work', async () => {
    expect(await page()).toContain('None yet.');
    const mail = outboxMail(hub.platform.jobPool);
    const to = 'visitor@example.org';
    for (let n = 1; n <= 51; n += 1) await mail.send({ to, subject: `Letter ${n}.`, text: 'Hello', purpose: 'TEST' });
    const text = `<script>alert("1")</script> Open https://hub.example.org/reset?a=1&b=2 soon`;
    await mail.send({ to: '"<b>"@example.org', subject: '<i>New</i> password', text, purpose: 'TEST' });
    const shown = await page();
    expect(shown).not.toContain('<script>');
    expect(shown).not.toContain('<i>');
    expect(shown).toContain('&lt;i&gt;New&lt;/i&gt; password');
    expect(shown).toContain('href="https://hub.example.org/reset?a=1&amp;b=2"');
    expect(shown.match(/<article>/g)).toHaveLength(50);
    expect(shown.indexOf('&lt;i&gt;New')).toBeLessThan(shown.indexOf('Letter 51.'));
    expect(shown).not.toContain('Letter 2.');
    expect(await (await fetch(`${await addressOf(hub)}/sandbox`)).text()).toContain('/sandbox/mail');
  });

  it('say where answers go, and take one through the door that real mail comes by', async () => {
    // Letters of an outbox, so that the page shows the one that a referral writes.
    const at = await linked(hub);
    const sent = hub.mail.to(at.email).at(-1);
    if (!sent) throw new Error('No letter');
    await outboxMail(hub.platform.jobPool).send(sent);
    const shown = await page();
    expect(sent.replyTo).toMatch(/^reply\+\w+@hub\.example\.org$/);
    expect(shown).toContain(`Answers go to ${sent.replyTo}`);
    expect(shown).toContain('Nobody reads answers to this letter.');
    const form = { id: newId(), from: at.email, to: sent.replyTo ?? '' };
    const answer = async (given: object, headers = {}) => {
      const body = new URLSearchParams({ ...form, text: '1\nCome on Monday.', ...given });
      return (await fetch(`${await addressOf(hub)}/sandbox/mail`, { method: 'POST', body, headers })).text();
    };
    const status = async () => (await hub.sql('select status from hub.referral where id = $1', [at.id]))[0];
    for (const [given, headers] of [
      [{}, { 'sec-fetch-site': 'cross-site' }],
      [{ from: 'a@example.org\r\nBcc: b@example.org' }],
      [{ to: 'reply@hub.example.org>' }],
      [{ id: 'x' }],
      [{ to: 'reply+0000000000000000000000@hub.example.org' }],
    ]) {
      expect(await answer(given ?? {}, headers)).toContain('Nothing came of this answer.');
      expect(await status()).toEqual({ status: 'REQUESTED' });
    }
    expect(await answer({ id: newId(), text: 'Hm?' })).toContain('found no answer in it');
    expect(await answer({})).toContain('The hub took it as an answer.');
    expect(await status()).toEqual({ status: 'ACCEPTED' });
    // The form sent again is the same mail.
    expect(await answer({})).toContain('has had the very same answer before');
  });

  it('turns an answer into a mail with its own headers alone', () => {
    const mail = mailOf({
      id: newId(),
      from: 'a@example.org',
      to: 'reply+x@example.org',
      text: '1\nBcc: b@example.org',
    });
    const [headers = '', ...body] = (mail ?? '').split('\r\n\r\n');
    expect(headers).not.toContain('Bcc');
    expect(body.join()).toBe('1\r\nBcc: b@example.org\r\n');
  });

  it.each<Record<string, string>>([{ SMTP_URL: 'smtp://127.0.0.1:9', HUB_DEMO: 'yes' }, { HUB_DEMO: 'no' }])(
    'are no page with %o',
    async (env) => {
      const sending = await testHub({ env });
      try {
        const answer = await fetch(`${await addressOf(sending)}/sandbox/mail`);
        expect(await answer.text()).not.toContain('Letters that stayed here');
      } finally {
        await sending.stop();
      }
    },
  );
});
