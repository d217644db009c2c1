import type { EntityManager } from '@mikro-orm/postgresql';
import { CompiledQuery } from 'kysely';

/** The one channel all processes listen on. */
export const LIVE_CHANNEL = 'hub_live';

interface Job {
  task: string;
  payload: object;
}

/** A statement that writes, with its values as $1, $2 … */
export interface Written {
  text: string;
  values: readonly unknown[];
  /** The transaction failed: nothing of it stands. */
  lost(): void;
}

const JOBS = `select hub.enqueue(j ->> 'task', j -> 'payload')::text from json_array_elements($1::json) j`;
const NEWS = `select pg_notify('${LIVE_CHANNEL}', n)::text from json_array_elements_text($1::json) n`;

/** A text whose places begin behind those that are taken. */
const behind = (text: string, taken: number): string =>
  taken === 0 ? text : text.replace(/\$(\d+)/g, (_, place: string) => `$${Number(place) + taken}`);

/**
 * What a transaction writes and lets others know when it commits: the audit, jobs, and words to open pages. Kept until its
 * end and sent as one.
 */
export class Outgoing {
  #written: Written[] = [];
  #jobs: Job[] = [];
  #news: string[] = [];

  write(written: Written): void {
    this.#written.push(written);
  }

  job(task: string, payload: object): void {
    this.#jobs.push({ task, payload });
  }

  news(text: string): void {
    this.#news.push(text);
  }

  async send(em: EntityManager): Promise<void> {
    const told = [
      { text: JOBS, values: this.#jobs },
      { text: NEWS, values: [...new Set(this.#news)] },
    ].filter(({ values }) => values.length > 0);
    [this.#jobs, this.#news] = [[], []];
    const values: unknown[] = [];
    const placed = (text: string, own: readonly unknown[]): string => {
      const shifted = behind(text, values.length);
      values.push(...own);
      return shifted;
    };
    const writes = this.#written.map((one, at) => `w${at} as (${placed(one.text, one.values)})`);
    const tells = told.map((one) => placed(one.text, [JSON.stringify(one.values)]));
    if (writes.length + tells.length === 0) return;
    const text = [
      ...(writes.length > 0 ? [`with ${writes.join(', ')}`] : []),
      tells.length > 0 ? tells.join(' union all ') : 'select 1',
    ].join(' ');
    await em.getKysely<unknown>().executeQuery(CompiledQuery.raw(text, values));
  }

  /** The transaction failed. */
  lost(): void {
    for (const one of this.#written.splice(0)) one.lost();
  }
}
