import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Client } from 'pg';
import { outgoing } from '../database/operation.js';
import { LIVE_CHANNEL } from '../database/outgoing.js';
import type { Logger } from '../log.js';
import { Heard } from './heard.js';
import { Stream } from './stream.js';

/** Wait before connecting again: a database that is back is heard within a second. */
const RETRY_MS = 250;
const CONNECT_MS = 2000;
/** A connection can be gone without a word: so often it is asked, and given up when it does not answer. */
const HEARTBEAT_MS = 5000;
/** What a process tells itself, to know how late it hears. */
const BEAT = 'beat';

/** Passes "this changed" from a committed transaction to every subscriber in every process. A payload is an id. */
export interface Live {
  /**
   * A stream of ids for one topic and key (an organization's id, usually). Ends with its reader, or when that is too slow.
   * With a point of `since` it begins with what was heard after that, or with ANYTHING.
   */
  subscribe(topic: string, key: string, since?: string | null): AsyncIterableIterator<string>;
  /** Calls back for every id of one topic and key until the returned function is called; at once for those since a point. */
  listen(topic: string, key: string, listener: (id: string) => void, since?: string | null): () => void;
  /** How much was heard until now: named by who reads something now and listens later. */
  point(): string;
  /** Tells of every time that notifications are heard again after they were not: what came in between is lost. */
  onBack(listener: () => void): void;
  /** Calls back for every notification that this process hears. */
  onEach(listener: (topic: string, key: string) => void): void;
  /** Whether this process hears notifications at the moment. */
  readonly connected: boolean;
  /** How long after it was said this process heard the last thing it told itself; grows while it waits for one. */
  lagMs(): number;
  /** Who follows now, and how many were let go of because they read too slowly. */
  readers(): { now: number; letGo: number };
  close(): Promise<void>;
}

/** Tells everyone who subscribed to this topic and key, when and only when the transaction of `em` commits. */
export async function notify(em: EntityManager, topic: string, key: string, id: string): Promise<void> {
  await outgoing(em, (out) => out.news(JSON.stringify([topic, key, id])));
}

function parse(payload: string | undefined): [topic: string, key: string, id: string] | undefined {
  try {
    const parts: unknown = JSON.parse(payload ?? '');
    const fits = Array.isArray(parts) && parts.length === 3 && parts.every((part) => typeof part === 'string');
    return fits ? (parts as [string, string, string]) : undefined;
  } catch {
    return undefined;
  }
}

/** Closes the socket at once: a goodbye would wait behind the statement that is not answered. */
function giveUp(client: Client): void {
  client.connection.stream.destroy();
}

/** Listens on one connection of its own for as long as the process lives, and connects again when it is lost. */
export async function createLive(connectionString: string, log: Logger): Promise<Live> {
  const listeners = new Map<string, Set<(id: string) => void>>();
  const self = randomUUID();
  const lately = new Heard(self);
  const counts = { now: 0, letGo: 0 };
  let heardMs = 0;
  let askedAt: number | undefined;
  let client: Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let failures = 0;
  const whenBack: (() => void)[] = [];
  const forEach: ((topic: string, key: string) => void)[] = [];

  function listen(topic: string, key: string, listener: (id: string) => void, since?: string | null): () => void {
    const name = `${topic}:${key}`;
    for (const id of lately.after(name, since)) listener(id);
    const those = listeners.get(name) ?? new Set();
    listeners.set(name, those.add(listener));
    return () => {
      those.delete(listener);
      if (those.size === 0 && listeners.get(name) === those) listeners.delete(name);
    };
  }

  function subscribe(topic: string, key: string, since?: string | null): Stream {
    counts.now += 1;
    const stream: Stream = new Stream((fellBehind) => {
      stop();
      counts.now -= 1;
      if (fellBehind) counts.letGo += 1;
    });
    const stop = listen(topic, key, (id) => stream.push(id), since);
    return stream;
  }

  /** Asks the connection whether it lives, and how late what is said is heard. */
  async function beat(of: Client): Promise<void> {
    try {
      askedAt ??= performance.now();
      await of.query('select pg_notify($1, $2)', [LIVE_CHANNEL, JSON.stringify([BEAT, self, String(askedAt)])]);
    } catch {
      giveUp(of);
    }
  }

  function heard(topic: string, key: string, id: string): void {
    if (topic === BEAT) {
      if (key !== self) return;
      heardMs = performance.now() - Number(id);
      askedAt = undefined;
      return;
    }
    lately.add(`${topic}:${key}`, id);
    for (const tell of forEach) tell(topic, key);
    for (const tell of listeners.get(`${topic}:${key}`) ?? []) tell(id);
  }

  async function connect(): Promise<void> {
    const next = new Client({
      connectionString,
      keepAlive: true,
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: 5000,
      application_name: 'hub live',
    });
    let heartbeat: NodeJS.Timeout | undefined;
    next.on('error', (error) => log.warn({ err: error }, 'live connection lost'));
    next.on('end', () => {
      if (client === next) client = undefined;
      clearInterval(heartbeat);
      if (!closed) later();
    });
    next.on('notification', ({ payload }) => {
      const parts = parse(payload);
      if (parts) heard(...parts);
    });
    try {
      await next.connect();
      await next.query(`listen ${LIVE_CHANNEL}`);
    } catch (error) {
      giveUp(next);
      throw error;
    }
    client = next;
    lately.gap();
    failures = 0;
    if (closed) return next.end();
    heartbeat = setInterval(() => void beat(next), HEARTBEAT_MS);
    heartbeat.unref();
  }

  function later(): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      connect().then(
        () => whenBack.forEach((tell) => tell()),
        (error: unknown) => {
          failures += 1;
          if (failures === 1) log.warn({ err: error }, 'live connection could not be made: trying on');
          if (!closed) later();
        },
      );
    }, RETRY_MS);
    timer.unref();
  }

  await connect().catch((error: unknown) => {
    closed = true;
    throw error;
  });
  return {
    subscribe,
    listen,
    point: () => lately.point(),
    onBack: (listener) => void whenBack.push(listener),
    onEach: (listener) => void forEach.push(listener),
    get connected() {
      return client !== undefined;
    },
    lagMs: () => Math.max(heardMs, askedAt === undefined ? 0 : performance.now() - askedAt),
    readers: () => ({ ...counts }),
    async close() {
      closed = true;
      clearTimeout(timer);
      await client?.end();
    },
  };
}
