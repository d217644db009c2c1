import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { settle } from '../../access/index.js';
import { hashToken, openOperation } from '../../identity/index.js';
import { incoming } from '../../platform/http/incoming.js';
import { bearerOf } from '../../platform/http/request.js';
import type { Platform } from '../../platform/platform.js';
import { takeReply } from './take-reply.js';

/** A reply with a photo of a form. What is larger is no answer to a letter. */
const MOST_BYTES = 15 * 1024 * 1024;

/**
 * `POST /mail/inbound`: the mail server hands in one raw mail at a time, with the secret of INBOUND_MAIL_SECRET as bearer
 * token. 200 means that it was dealt with, whatever became of it, and need not come again.
 */
export async function serveReplies(server: FastifyInstance, platform: Platform): Promise<void> {
  const { inboundMail } = platform.config;
  if (!inboundMail) return;
  const secret = hashToken(inboundMail.secret);
  const open = openOperation(platform);
  const secure = platform.config.baseUrl?.startsWith('https:') ?? false;
  await server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MOST_BYTES }, (_, body, done) => done(null, body));
    scope.post('/mail/inbound', { bodyLimit: MOST_BYTES }, async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const shown = bearerOf(request.headers.authorization);
      if (shown === undefined || !timingSafeEqual(hashToken(shown), secret)) {
        return reply
          .status(401)
          .send({ errors: [{ message: 'The secret is wrong.', extensions: { code: 'FORBIDDEN' } }] });
      }
      if (!Buffer.isBuffer(request.body) || request.body.length === 0) {
        return reply
          .status(400)
          .send({ errors: [{ message: 'A mail is expected.', extensions: { code: 'BAD_USER_INPUT' } }] });
      }
      // The secret of the mail server is nobody's session: what is done is done by the link alone.
      const { request: from } = incoming(request, reply, secure);
      const ctx = await open({ request: from, bearer: undefined }, { touch: false });
      try {
        const outcome = await takeReply(ctx, request.body);
        platform.log.info({ outcome }, 'a mail came in');
        return await reply.send({ outcome });
      } finally {
        await settle(ctx);
      }
    });
  });
}
