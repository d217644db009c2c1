import type { EntityManager } from '@mikro-orm/postgresql';
import { createPubSub } from '@graphql-yoga/subscription';
import { Client } from 'pg';
import type { Logger } from '../log.js';

/** The one channel all processes listen on. */
const CHANNEL = 'hub_live';
/** Wait before connecting again: a database that is back is heard within a second. */
const RETRY_MS = 250;
const CONNECT_MS = 2000;
/** A connection can be gone without a word: so often it is asked, and given up when it does not answer. */
const HEARTBEAT_MS = 15_000;

/** Passes "this changed" from a committed transaction to every subscriber in every process. A payload is an id. */
export interface Live {
  /** An endless stream of ids for one topic and key (an organization's id, usually). Ends when its reader does. */
  subscribe(topic: string, key: string): AsyncIterableIterator<string>;
  /** Tells of every time that notifications are heard again after they were not: what came in between is lost. */
  onBack(listener: () => void): void;
  /** Calls back for every notification that this process hears. */
  onEach(listener: (topic: string, key: string) => void): void;
  /** Whether this process hears notifications at the moment. */
  readonly connected: boolean;
  close(): Promise<void>;
}

/** Tells everyone who subscribed to this topic and key, when and only when the transaction of `em` commits. */
export async function notify(em: EntityManager, topic: string, key: string, id: string): Promise<void> {
  await em.execute('select pg_notify(?, ?)', [CHANNEL, JSON.stringify([topic, key, id])]);
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

async function beat(client: Client): Promise<void> {
  try {
    await client.query('select');
  } catch {
    giveUp(client);
  }
}

/** Listens on one connection of its own for as long as the process lives, and connects again when it is lost. */
export async function createLive(connectionString: string, log: Logger): Promise<Live> {
  const pubSub = createPubSub<Record<string, [string]>>();
  let client: Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let failures = 0;
  const whenBack: (() => void)[] = [];
  const forEach: ((topic: string, key: string) => void)[] = [];

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
      if (!parts) return;
      for (const tell of forEach) tell(parts[0], parts[1]);
      pubSub.publish(`${parts[0]}:${parts[1]}`, parts[2]);
    });
    try {
      await next.connect();
      await next.query(`listen ${CHANNEL}`);
    } catch (error) {
      giveUp(next);
      throw error;
    }
    client = next;
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
    subscribe: (topic, key) => pubSub.subscribe(`${topic}:${key}`),
    onBack: (listener) => void whenBack.push(listener),
    onEach: (listener) => void forEach.push(listener),
    get connected() {
      return client !== undefined;
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await client?.end();
    },
  };
}
