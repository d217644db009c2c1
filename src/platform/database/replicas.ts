import type { MikroORM } from '@mikro-orm/postgresql';
import type { Pool } from 'pg';
import type { Logger } from '../log.js';

/** How far a replica may be behind and still be read from. */
const STALE_MS = 3000;
/** How often each replica is looked at. */
const LOOK_MS = 500;
/** Longer than a replica may be behind, and a look: whoever wrote, or was told of a change, finds it for sure. */
const CLOSE_MS = STALE_MS + 2 * LOOK_MS + 1000;
/** A replica that did not answer is left alone so long. */
const REST_MS = 5000;

/** Copies of the database that read-only operations may use. */
export interface Replicas {
  /** One that is fresh enough for all of these (a session, an organization); undefined: read from the primary. */
  choose(readers: readonly (string | null | undefined)[]): MikroORM | undefined;
  /** Something changed that they must see: they read from the primary for some seconds. */
  changed(reader: string): void;
  /** This replica did not answer. */
  failed(orm: MikroORM): void;
  /** Their pools by name, for the metrics. */
  pools(): Promise<Record<string, Pool>>;
  close(): Promise<void>;
}

interface Copy {
  orm: MikroORM;
  name: string;
  /** Until when of the primary it is known to have everything, in milliseconds of this machine's clock. */
  freshAt: number;
  restsUntil: number;
  looking: boolean;
}

/** A place in the primary's log, and when it was there. */
interface Mark {
  at: number;
  lsn: string;
}

interface Options {
  orms: readonly MikroORM[];
  /** Any pool of the primary. */
  primary: Pool;
  log: Logger;
}

/**
 * Knows which replica is how fresh: it notes where the primary's log stands, and asks each replica how far it has
 * replayed. Time stamps of the last transaction would not do: they stand still when nobody writes, and when a replica has
 * lost its primary.
 */
export function watchReplicas({ orms, primary, log }: Options): Replicas {
  const copies = orms.map((orm, index): Copy => ({
    orm,
    name: `replica ${index + 1}`,
    freshAt: 0,
    restsUntil: 0,
    looking: false,
  }));
  const until = new Map<string, number>();
  let marks: Mark[] = [];
  let turn = 0;

  async function mark(): Promise<void> {
    const at = Date.now();
    const { rows } = await primary.query<{ lsn: string }>('select pg_current_wal_lsn()::text as lsn');
    marks = [...marks.filter((one) => one.at > at - 2 * STALE_MS), { at, lsn: rows[0]?.lsn ?? '0/0' }];
  }

  async function look(copy: Copy): Promise<void> {
    if (copy.looking || Date.now() < copy.restsUntil) return;
    copy.looking = true;
    try {
      const known = marks;
      const pool = await poolOf(copy.orm);
      const { rows } = await pool.query<{ at: string | null }>(
        `select max(at)::text as at from unnest($1::bigint[], $2::pg_lsn[]) mark (at, lsn)
          where pg_is_in_recovery() and lsn <= pg_last_wal_replay_lsn()`,
        [known.map(({ at }) => at), known.map(({ lsn }) => lsn)],
      );
      copy.freshAt = Math.max(copy.freshAt, Number(rows[0]?.at ?? 0));
    } catch (error) {
      rest(copy, error);
    } finally {
      copy.looking = false;
    }
  }

  function rest(copy: Copy, error?: unknown): void {
    const now = Date.now();
    if (now >= copy.restsUntil) log.warn({ replica: copy.name, err: error }, 'a replica does not answer');
    copy.restsUntil = now + REST_MS;
  }

  const timer = setInterval(() => {
    // When the primary is away its marks grow old, and so do the replicas.
    void mark()
      .catch(() => undefined)
      .then(() => Promise.all(copies.map(look)));
    const now = Date.now();
    for (const [reader, end] of until) if (end <= now) until.delete(reader);
  }, LOOK_MS);
  timer.unref();

  return {
    choose(readers) {
      const now = Date.now();
      if (readers.some((reader) => reader && (until.get(reader) ?? 0) > now)) return undefined;
      const fresh = copies.filter((copy) => copy.freshAt > now - STALE_MS && copy.restsUntil <= now);
      return fresh[turn++ % Math.max(1, fresh.length)]?.orm;
    },
    changed: (reader) => void until.set(reader, Date.now() + CLOSE_MS),
    failed(orm) {
      const copy = copies.find((one) => one.orm === orm);
      if (copy) rest(copy);
    },
    pools: async () =>
      Object.fromEntries(await Promise.all(copies.map(async ({ name, orm }) => [name, await poolOf(orm)] as const))),
    async close() {
      clearInterval(timer);
      await Promise.all(copies.map(({ orm }) => orm.close(true)));
    },
  };
}

function poolOf(orm: MikroORM): Promise<Pool> {
  return orm.em.getConnection('write').getNativeClient() as Promise<Pool>;
}
