import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isId } from '../id.js';
import { letterPage, type Letter } from './letters.page.js';

export type { Letter } from './letters.page.js';

/** What the page of letters needs: those that stayed here, and how an answer to one is handed in. */
export interface LettersHere {
  latest: () => Promise<Letter[]>;
  /** The secret with which a mail server hands mails in; unset where letters take no answers. */
  inboundSecret?: string | undefined;
}

const MOST_BYTES = 64 * 1024;
/** What anybody may write into a header: no line ends, so no header of their own. */
const ADDRESS = /^[^\s<>"(),:;]{1,200}@[^\s<>"(),:;]{1,100}$/;

interface Answer {
  /** The same when the form is sent again: then it is the same mail. */
  id: string;
  from: string;
  to: string;
  text: string;
}

/** An answer as a mail program would write it; null when an address is none. */
export function mailOf({ id, from, to, text }: Answer): string | null {
  if (!isId(id) || !ADDRESS.test(from) || !ADDRESS.test(to)) return null;
  const body = text.replace(/\r\n?/g, '\n').replaceAll('\n', '\r\n');
  const headers = [
    `From: ${from}`,
    `To: ${to}`,
    'Subject: Re:',
    `Message-ID: <${id}@letters.example.org>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
  ];
  return `${headers.join('\r\n')}\r\n\r\n${body}\r\n`;
}

/** Without a Referer a form sends no Origin that says anything; browsers say where a request comes from all the same. */
const isOurOwnForm = ({ headers }: FastifyRequest): boolean =>
  headers['sec-fetch-site'] === undefined || headers['sec-fetch-site'] === 'same-origin';

/**
 * A page of the letters that were not sent, only in a demo. Answers are written there too: each is handed in as a raw mail
 * by the same door as one from a real mail server, which takes it apart, reads it and writes back as ever.
 */
export function serveLetters(app: FastifyInstance, { latest, inboundSecret }: LettersHere): void {
  const shown = async (outcome: string | null) => letterPage(await latest(), inboundSecret !== undefined, outcome);
  app.get('/sandbox/mail', async (_, reply) =>
    reply
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(await shown(null)),
  );
  if (inboundSecret === undefined) return;
  void app.register(async (scope) => {
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: MOST_BYTES },
      (_, body, done) => done(null, new URLSearchParams(String(body))),
    );
    scope.post('/sandbox/mail', { bodyLimit: MOST_BYTES }, async (request, reply) => {
      const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
      const field = (name: string): string => form.get(name) ?? '';
      const raw = isOurOwnForm(request)
        ? mailOf({ id: field('id'), from: field('from'), to: field('to'), text: field('text') })
        : null;
      const answer = raw
        ? await app.inject({
            method: 'POST',
            url: '/mail/inbound',
            headers: { 'content-type': 'message/rfc822', authorization: `Bearer ${inboundSecret}` },
            payload: raw,
            remoteAddress: request.ip,
          })
        : undefined;
      const outcome = answer?.statusCode === 200 ? answer.json<{ outcome: string }>().outcome : 'NOT_TAKEN';
      return reply
        .header('cache-control', 'no-store')
        .type('text/html; charset=utf-8')
        .send(await shown(outcome));
    });
  });
}
