import { sql } from 'kysely';
import type { MikroORM } from '@mikro-orm/postgresql';
import { asTask } from '../../platform/database/operation.js';
import { on } from '../../platform/events.js';
import { defineTask } from '../../platform/jobs/task.js';
import type { Platform } from '../../platform/platform.js';

interface Count {
  shown: number;
  opened: number;
}

/** At most this many listings are counted between two writings: a crawler fills no memory. */
const MOST = 50_000;
/** Counts may be lost in a crash: numbers of use, not of people. */
const WRITE_EVERY_MS = 60_000;

/** How often listings are shown and opened, counted in memory and written now and then: a search writes nothing. */
export class ListingUse {
  #counts = new Map<string, Count>();

  shown(serviceIds: readonly string[]): void {
    for (const id of serviceIds) this.#add(id, 'shown');
  }

  opened(serviceId: string): void {
    this.#add(serviceId, 'opened');
  }

  #add(id: string, what: keyof Count): void {
    const count = this.#counts.get(id);
    if (count) count[what] += 1;
    else if (this.#counts.size < MOST) this.#counts.set(id, { shown: 0, opened: 0, [what]: 1 });
  }

  /** Writes what was counted since the last time. */
  async write(orm: MikroORM, now: Date): Promise<void> {
    if (this.#counts.size === 0) return;
    const rows = [...this.#counts].map(([id, count]) => ({ id, ...count }));
    this.#counts = new Map();
    await asTask(orm).write(async (em) => {
      await sql`insert into hub.listing_use as u (service_id, day, shown, opened)
        select x.id, ${now.toISOString().slice(0, 10)}::date, x.shown, x.opened
        from json_to_recordset(${JSON.stringify(rows)}::json) as x (id uuid, shown int, opened int)
        join hub.service s on s.id = x.id order by x.id
        on conflict (day, service_id) do update set shown = u.shown + excluded.shown, opened = u.opened + excluded.opened`.execute(
        em.getKysely<unknown>(),
      );
    });
  }
}

const counters = new WeakMap<Platform, ListingUse>();

/** The counter of a hub. */
export function useOf(platform: Platform): ListingUse {
  const use = counters.get(platform) ?? new ListingUse();
  counters.set(platform, use);
  return use;
}

/** Begins to write what is counted; returns how to end it. */
export function countUse(platform: Platform): () => Promise<void> {
  const use = useOf(platform);
  const write = async (): Promise<void> => {
    try {
      await use.write(platform.orm, platform.clock.now());
    } catch (error) {
      platform.log.warn({ err: error }, 'counts of use were lost');
    }
  };
  const timer = setInterval(() => void write(), WRITE_EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await write();
  };
}

/** A referral was sent to a listing. */
export const noteSent = defineTask<{ serviceId: string }>('directory.sent', async ({ serviceId }, { db, platform }) => {
  await db.write(async (em) => {
    await sql`insert into hub.listing_use as u (service_id, day, sent)
      select id, ${platform.clock.now().toISOString().slice(0, 10)}::date, 1 from hub.service where id = ${serviceId}::uuid
      on conflict (day, service_id) do update set sent = u.sent + 1`.execute(em.getKysely<unknown>());
  });
});

export const useSubscriptions = [on('listing.sent', noteSent)];
