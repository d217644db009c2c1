import type { EntityManager } from '@mikro-orm/postgresql';

/** The one channel all processes listen on. */
export const LIVE_CHANNEL = 'hub_live';

interface Job {
  task: string;
  payload: object;
}

const JOBS = `select hub.enqueue(j ->> 'task', j -> 'payload')::text from json_array_elements(?::json) j`;
const NEWS = `select pg_notify('${LIVE_CHANNEL}', n)::text from json_array_elements_text(?::json) n`;

/** What a transaction lets others know when it commits: jobs, and words to open pages. Kept until its end and sent as one. */
export class Outgoing {
  #jobs: Job[] = [];
  #news: string[] = [];

  job(task: string, payload: object): void {
    this.#jobs.push({ task, payload });
  }

  news(text: string): void {
    this.#news.push(text);
  }

  async send(em: EntityManager): Promise<void> {
    const parts = [
      { text: JOBS, values: this.#jobs },
      { text: NEWS, values: [...new Set(this.#news)] },
    ].filter(({ values }) => values.length > 0);
    [this.#jobs, this.#news] = [[], []];
    if (parts.length === 0) return;
    await em.execute(
      parts.map(({ text }) => text).join(' union all '),
      parts.map(({ values }) => JSON.stringify(values)),
    );
  }
}
