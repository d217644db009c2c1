import { newId } from '../id.js';
import type { Texts } from './text.js';

const TIMEOUT_MS = 20_000;

/**
 * Text messages through a provider, or a few lines before one: each is a POST of `{ id, to, text }` to an address. The id
 * is the same on a retry and stands in `idempotency-key` too.
 */
export function webhookTexts(url: string, token: string | undefined): Texts {
  return {
    async send({ to, text, id = newId() }) {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': id,
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify({ id, to, text }),
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      }).catch(() => {
        // The cause names the address.
        throw new Error('The way out for text messages did not answer.');
      });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`The text message was not taken (${response.status}).`);
    },
  };
}
