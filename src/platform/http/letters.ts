import type { FastifyInstance } from 'fastify';

/** A letter that stayed at home: one row of hub.mail_outbox. */
export interface Letter {
  recipient: string;
  subject: string;
  text: string;
  at: Date;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escape = (text: string): string => text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
/** Links of the letter's text, so that an invitation or a new password can be tried. The text is escaped already. */
const linked = (text: string): string => text.replace(/https?:\/\/[^\s<]+/g, (url) => `<a href="${url}">${url}</a>`);

function article({ recipient, subject, text, at }: Letter): string {
  return `<article>
<h2>${escape(subject)}</h2>
<p>To ${escape(recipient)}, <time datetime="${at.toISOString()}">${at.toISOString().slice(0, 16).replace('T', ' ')} UTC</time></p>
<pre tabindex="0">${linked(escape(text))}</pre>
</article>`;
}

const page = (letters: readonly Letter[]): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Letters that stayed here</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 50rem; padding: 1rem; color: #1b1b1b; }
  h2 { margin-bottom: 0; } p { margin: 0; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #f0f0f0; padding: .6rem; font: 14px/1.5 ui-monospace, monospace; }
</style>
</head>
<body>
<main>
<h1>Letters that stayed here</h1>
<p>Without SMTP_URL the hub keeps its letters. The latest 50, the newest first. <a href="/sandbox">Sandbox</a></p>
${letters.map(article).join('\n') || '<p>None yet.</p>'}
</main>
</body>
</html>
`;

/** A page of the letters that were not sent. It is only served by a demo. */
export function serveLetters(app: FastifyInstance, latest: () => Promise<Letter[]>): void {
  app.get('/sandbox/mail', async (_, reply) =>
    reply
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(page(await latest())),
  );
}
