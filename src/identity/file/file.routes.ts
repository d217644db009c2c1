import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { settle, type HubContext } from '../../access/index.js';
import { FILE_TYPES, SHOWN_TYPES } from '../../platform/files/kind-of-bytes.js';
import { isId } from '../../platform/id.js';
import type { Platform } from '../../platform/platform.js';
import { besideApi, problem } from '../beside-api.js';
import { asLink } from '../link/as-link.js';
import { linkOf } from '../link/link-kinds.js';
import { beforeLink } from '../sign-in/attempts.js';
import { fileKind, type FileKind } from './file-kinds.js';
import { keepFile, MOST_BYTES } from './keep-file.js';

type Answer = (ctx: HubContext, kind: FileKind, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/**
 * `PUT /files/:id?kind=&name=` takes a file as its body, `GET /files/:id?kind=` gives it back. Beside the API because
 * neither fits into JSON. Somebody with a session, a key, or a link (`x-hub-link: KIND TOKEN`).
 */
export async function serveFiles(server: FastifyInstance, platform: Platform): Promise<void> {
  const guard = besideApi(platform);
  const guarded = (answer: Answer) =>
    guard(async (ctx, request, reply) => {
      const kind = fileKind((request.query as { kind?: unknown }).kind);
      const { id } = request.params as { id: string };
      if (!kind || !isId(id)) return problem(reply, 404, 'NOT_FOUND', 'There is no such file.');
      const link = linkOf(request.headers['x-hub-link']);
      if (!link) {
        if (!ctx.caller) return problem(reply, 401, 'UNAUTHENTICATED', 'Sign in first.');
        return answer(ctx, kind, request, reply);
      }
      const holder = await link.kind.find(ctx, link.token);
      // A token that opens nothing is a guess; those that do are counted by their kind.
      if (!holder) await beforeLink(ctx);
      // Gives its connection back: nobody holds two.
      await settle(ctx);
      if (!holder) return problem(reply, 404, 'NOT_FOUND', 'This link no longer works.');
      return asLink(ctx, holder, (as) => answer(as, kind, request, reply));
    });

  await server.register(async (scope) => {
    // A type that no form can send, so a foreign page asks first and is refused.
    scope.addContentTypeParser(
      'application/octet-stream',
      { parseAs: 'buffer', bodyLimit: MOST_BYTES + 1 },
      (_, body, done) => done(null, body),
    );
    scope.put('/files/:id', { bodyLimit: MOST_BYTES + 1 }, guarded(take));
    scope.get('/files/:id', guarded(give));
  });
}

const take: Answer = async (ctx, kind, request, reply) => {
  const { id } = request.params as { id: string };
  const { name } = request.query as { name?: unknown };
  if (!kind.send || !ctx.caller?.permissions.has(kind.send)) {
    return problem(reply, 403, 'FORBIDDEN', 'You may not do this.');
  }
  // oxlint-disable-next-line no-control-regex -- names with control characters are refused
  if (typeof name !== 'string' || !/^[^/\\\u0000-\u001f\u007f]{1,200}$/.test(name)) {
    return problem(reply, 400, 'BAD_USER_INPUT', 'A name of at most 200 characters is expected.');
  }
  const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  return reply.send(await keepFile(ctx, kind, { id, name, bytes }));
};

const give: Answer = async (ctx, kind, request, reply) => {
  const { id } = request.params as { id: string };
  const file = await kind.find(ctx, id);
  const content = file && (await ctx.platform.files.open(file.id));
  if (!file || !content) return problem(reply, 404, 'NOT_FOUND', 'There is no such file.');
  // What was seen must stand in the audit before a byte of it leaves.
  await settle(ctx);
  const shown = SHOWN_TYPES.has(file.type);
  const plain = file.name.replace(/[^\w. -]/g, '_');
  return reply
    .header('content-type', file.type in FILE_TYPES ? file.type : 'application/octet-stream')
    .header('content-length', file.bytes)
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "sandbox; default-src 'none'; style-src 'unsafe-inline'")
    .header(
      'content-disposition',
      `${shown ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(file.name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`,
    )
    .send(content);
};
