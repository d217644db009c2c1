import { createTransport } from 'nodemailer';
import { newId } from '../id.js';
import type { Mail } from './mail.js';

/** Letters through a mail server. `url` is smtp:// or smtps:// with user and password in it. */
export function smtpMail(url: string, from: string): Mail {
  const transport = createTransport(
    { url, pool: true, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 },
    { from, disableFileAccess: true, disableUrlAccess: true },
  );
  const domain = /@([^>\s]+)/.exec(from)?.[1] ?? 'localhost';
  return {
    async send({ to, subject, text, html, replyTo, id = newId() }) {
      try {
        // The same id on a retry lets the receiving side drop the second copy.
        // No program answers what a program wrote (RFC 3834).
        const headers = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' };
        await transport.sendMail({ to, subject, text, html, replyTo, headers, messageId: `<${id}@${domain}>` });
      } catch (error) {
        // The server's own words repeat the address.
        throw new Error(`The mail server did not take the letter (${codeOf(error)})`, { cause: error });
      }
    },
    close: async () => transport.close(),
  };
}

function codeOf(error: unknown): string {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  return (
    [code, responseCode].filter((part) => typeof part === 'string' || typeof part === 'number').join(' ') || 'unknown'
  );
}
