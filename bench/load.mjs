// Sends requests one after another on a few connections, and believes no answer before it was compared.
import { Agent, request } from 'node:http';

export class Client {
  #agent;
  #sent = 0;

  constructor(port, connections) {
    this.port = port;
    this.connections = connections;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** One request; resolves to status and body as text. */
  send({ method = 'GET', path, token, body }) {
    this.#sent += 1;
    const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
    // The hub limits requests by address; they come from many, as they would.
    headers['x-forwarded-for'] = `10.0.${(this.#sent >> 8) & 255}.${this.#sent & 255}`;
    if (body !== undefined) {
      headers['content-type'] = 'application/json';
      headers['content-length'] = Buffer.byteLength(body);
    }
    const options = { host: '127.0.0.1', port: this.port, method, path, headers, agent: this.#agent };
    return new Promise((resolve, reject) => {
      const sent = request(options, (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () => resolve({ status: response.statusCode, body: Buffer.concat(chunks).toString() }));
        response.on('error', reject);
      });
      // A server closes what was idle while rows were made: the request on it was not read, and goes again.
      sent.on('error', (error) => {
        if (!sent.reusedSocket || error.code !== 'ECONNRESET') reject(error);
        else resolve(this.send({ method, path, token, body }));
      });
      sent.end(body);
    });
  }

  close() {
    this.#agent.destroy();
  }
}

/**
 * Calls `ask(n)` on all connections until the time or the number is up, and returns the time of each call in ms. `ask`
 * throws when an answer is wrong, and that ends everything.
 */
export async function drive(connections, { ms = Infinity, calls = Infinity }, ask) {
  const times = [];
  const until = performance.now() + ms;
  let n = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (n < calls && performance.now() < until) {
        const mine = n;
        n += 1;
        const began = performance.now();
        await ask(mine);
        times.push(performance.now() - began);
      }
    }),
  );
  return times;
}

/** The time under which a share of the calls lies. */
export function quantile(times, share) {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
