import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { networkOf } from '../../identity/index.js';
import { ApiProblem } from './problem.js';

/** Streams at once, of all clients and of one address: each keeps a processor busy while it is read. */
const MOST = { all: 8, address: 2 } as const;
/** A client that takes nothing for so long is let go. */
const IDLE_MS = 60_000;

/** Counts what is being streamed, so that a few greedy clients do not slow everybody down. */
export class Streams {
  readonly #open = new Map<string, number>();
  #all = 0;

  async send(request: FastifyRequest, reply: FastifyReply, type: string, make: () => Readable): Promise<FastifyReply> {
    reply.type(type).header('cache-control', 'no-store');
    if (request.method === 'HEAD') return reply.send('');
    // A household of IPv6 has more addresses than there are clients.
    const ip = networkOf(request.ip);
    const own = this.#open.get(ip) ?? 0;
    if (this.#all >= MOST.all || own >= MOST.address) {
      reply.header('retry-after', '30');
      throw new ApiProblem(429, 'TOO_MANY_STREAMS', 'Wait until one of your streams has ended, then ask again.');
    }
    this.#all += 1;
    this.#open.set(ip, own + 1);
    const stream = make();
    stream.once('close', () => {
      this.#all -= 1;
      const left = (this.#open.get(ip) ?? 1) - 1;
      if (left > 0) this.#open.set(ip, left);
      else this.#open.delete(ip);
    });
    letGoWhenIdle(request, stream);
    stream.on('error', (error) => request.log.warn({ reqId: request.id, err: error }, 'an HSDS stream ended early'));
    // Whoever goes away while it is compressed must not leave it open.
    reply.raw.once('close', () => stream.destroy());
    return reply.send(stream);
  }
}

function letGoWhenIdle({ raw: { socket } }: FastifyRequest, stream: Readable): void {
  const before = socket.timeout ?? 0;
  const end = (): void => void socket.destroy();
  socket.setTimeout(IDLE_MS, end);
  stream.once('close', () => {
    // The connection may serve other requests next.
    socket.off('timeout', end);
    socket.setTimeout(before);
  });
}
