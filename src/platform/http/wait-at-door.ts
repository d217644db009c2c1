import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isBusy, type BusyAt } from '../busy.js';
import type { Door } from './door.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** False for what asks nothing of the database, and for what takes its time from the other side, such as a file that is sent in parts. */
    door?: false;
  }
}

/**
 * The routes of a scope wait at the door that GraphQL waits at: files, mail, FHIR and HSDS ask the same database. From when
 * the body has been read until the answer begins to leave, so that a slow line holds no place.
 */
export function waitAtDoor(scope: FastifyInstance, door: Door, onBusy?: (at: BusyAt) => void): void {
  const inside = new WeakMap<FastifyRequest, () => void>();
  scope.addHook('preHandler', async (request, reply) => {
    if (request.routeOptions.config.door === false) return;
    const leave = await door.enter().catch((error: unknown) => {
      onBusy?.('door');
      throw error;
    });
    if (!reply.raw.destroyed) return void inside.set(request, leave);
    // Nothing is done for who went away while waiting.
    leave();
    reply.hijack();
  });
  scope.addHook('onError', async (request, _reply, error) => {
    if (inside.has(request) && isBusy(error)) onBusy?.('database');
  });
  scope.addHook('onSend', async (request, _reply, payload) => {
    inside.get(request)?.();
    return payload;
  });
}
