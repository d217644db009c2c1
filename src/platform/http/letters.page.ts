import { newId } from '../id.js';
import type { Words } from '../words.js';

/** A letter that stayed at home: one row of hub.mail_outbox. */
export interface Letter {
  recipient: string;
  subject: string;
  text: string;
  at: Date;
  /** Where an answer goes; null when nobody reads one. */
  replyTo?: string | null;
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

const form = (recipient: string, replyTo: string): string => `<details>
<summary>Answer this letter</summary>
<form method="post" action="/sandbox/mail">
<input type="hidden" name="from" value="${escape(recipient)}"><input type="hidden" name="to" value="${escape(replyTo)}"><input type="hidden" name="id" value="${newId()}">
<label>Your answer, as in a mail program: a number on the first line, what you want to say below it
<textarea name="text" rows="4" required maxlength="4000"></textarea></label>
<button>Send the answer</button>
</form>
</details>`;

/** What became of an answer, by what the hub's door for mail said. */
const OUTCOMES: Readonly<Record<string, Words>> = {
  ANSWERED: { en: 'The hub took it as an answer.', es: 'El sistema lo tomó como respuesta.' },
  UNCLEAR: {
    en: 'The hub found no answer in it and writes back: look for the new letter in a moment.',
    es: 'El sistema no encontró respuesta y contesta: busque la nueva carta en un momento.',
  },
  REFUSED: {
    en: 'As the referral stands this answer cannot be taken. The hub writes back in a moment.',
    es: 'Como está la referencia, esta respuesta no vale. El sistema contesta en un momento.',
  },
  LATE: {
    en: 'The letter is too old. The hub writes back with a new one in a moment.',
    es: 'La carta es muy vieja. El sistema envía una nueva en un momento.',
  },
  ENDED: {
    en: 'This is no longer for that agency to answer. The hub writes back in a moment.',
    es: 'Esto ya no le toca a esa organización. El sistema contesta en un momento.',
  },
  AGAIN: {
    en: 'The hub has had the very same answer before, and took it once.',
    es: 'El sistema ya tuvo esta misma respuesta y la tomó una vez.',
  },
};
const NOTHING: Words = { en: 'Nothing came of this answer.', es: 'Esta respuesta no tuvo efecto.' };
const UNREAD: Words = { en: 'Nobody reads answers to this letter.', es: 'Nadie lee respuestas a esta carta.' };
const both = ({ en, es }: Words): string => `${en} <span lang="es">${es}</span>`;

function article({ recipient, subject, text, at, replyTo }: Letter, answers: boolean): string {
  return `<article>
<h2>${escape(subject)}</h2>
<p>To ${escape(recipient)}, <time datetime="${at.toISOString()}">${at.toISOString().slice(0, 16).replace('T', ' ')} UTC</time></p>
<p>${replyTo ? `Answers go to ${escape(replyTo)}` : both(UNREAD)}</p>
<pre tabindex="0">${linked(escape(text))}</pre>
${replyTo && answers ? form(recipient, replyTo) : ''}
</article>`;
}

/** The page of letters that stayed here, the newest first; `outcome` is what became of an answer that was just sent. */
export const letterPage = (
  letters: readonly Letter[],
  answers: boolean,
  outcome: string | null,
): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Letters that stayed here</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 50rem; padding: 1rem; color: #1b1b1b; }
  h2 { margin-bottom: 0; overflow-wrap: anywhere; } p { margin: 0; overflow-wrap: anywhere; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #f0f0f0; padding: .6rem; font: 14px/1.5 ui-monospace, monospace; }
  summary { padding: .6rem 0; cursor: pointer; } textarea { display: block; box-sizing: border-box; width: 100%; font: inherit; padding: .4rem; }
  button { font: inherit; min-height: 2.75rem; margin-top: .5rem; padding: 0 1rem; } [role=status] { border: 2px solid #1b1b1b; padding: .6rem; margin: 1rem 0; }
</style>
</head>
<body>
<main>
<h1>Letters that stayed here</h1>
<p>Without SMTP_URL the hub keeps its letters. The latest 50, the newest first. <a href="/sandbox">Sandbox</a>. <a href="/sandbox/mail">Look again</a></p>
${outcome === null ? '' : `<p role="status">${both(OUTCOMES[outcome] ?? NOTHING)}</p>`}
${letters.map((letter) => article(letter, answers)).join('\n') || '<p>None yet.</p>'}
</main>
</body>
</html>
`;
