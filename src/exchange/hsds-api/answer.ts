import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Whether what the client keeps is what we would send: by its tag, else by its time. */
function isFresh(request: FastifyRequest, tag: string, modified: Date | undefined): boolean {
  const { 'if-none-match': tags, 'if-modified-since': since } = request.headers;
  if (tags !== undefined) return tags === '*' || tags.split(',').some((one) => one.trim().replace(/^W\//, '') === tag);
  if (since === undefined || modified === undefined) return false;
  // A date in a header has no fractions.
  return Math.floor(modified.getTime() / 1000) * 1000 <= Date.parse(since);
}

/**
 * Sends JSON that may be kept but must be asked for again each time: a place that becomes secret is then nowhere told
 * from a cache. An answer that did not change is 304 and has no body.
 */
export function sendJson(request: FastifyRequest, reply: FastifyReply, text: string, modified?: Date): FastifyReply {
  reply.type('application/json; charset=utf-8');
  // What is asked in a body is nobody's to keep.
  if (request.method === 'POST') return reply.header('cache-control', 'no-store').send(text);
  const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
  // Weak: the same answer may be compressed or not.
  reply.header('cache-control', 'public, no-cache').header('etag', `W/${tag}`);
  if (modified) reply.header('last-modified', modified.toUTCString());
  if (isFresh(request, tag, modified)) return reply.status(304).send();
  return reply.send(text);
}
