import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOf } from '../../../test/actors.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { outboxMail } from '../mail/outbox.js';

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
