import type { HubContext } from '../access/index.js';
import { ANYTHING } from '../platform/live/heard.js';

/** A reader hears at most so often, however much happens. */
const EVERY_MS = 1000;
/** What belongs to one transaction is told together. */
const TOGETHER_MS = 100;
/** So many that changed are named; whoever hears of more looks at everything. */
const NAMED = 100;
/** A hub that hears this late what it said itself is behind. */
const BEHIND_MS = 5000;

export interface News {
  arrived: number;
  changed: string[];
  behind: boolean;
  missed: boolean;
}

/**
 * What happened in an agency's inbox since the last time: a thousand referrals that come within a second are
 * one piece of news, and no row is read for it.
 */
export function newsOf(
  { live, load }: Pick<HubContext['platform'], 'live' | 'load'>,
  orgId: string,
  since?: string | null,
): AsyncIterableIterator<News> {
  const arrived = new Set<string>();
  const changed = new Set<string>();
  let missed = false;
  let asked: ((item: IteratorResult<News>) => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  let toldAt = -Infinity;
  let over = false;

  const something = (): boolean => missed || changed.size + arrived.size > 0;
  function tell(): void {
    timer = undefined;
    if (!asked || !something()) return;
    for (const id of arrived) changed.delete(id);
    const behind = load.behind() || live.lagMs() > BEHIND_MS;
    const value = { arrived: arrived.size, changed: [...changed].slice(0, NAMED), behind, missed };
    arrived.clear();
    changed.clear();
    missed = false;
    toldAt = performance.now();
    asked({ done: false, value });
    asked = undefined;
  }
  function soon(): void {
    if (!asked || over || !something()) return;
    timer ??= setTimeout(tell, Math.max(TOGETHER_MS, toldAt + EVERY_MS - performance.now()));
  }
  const hear = (into: Set<string>) => (id: string) => {
    if (id === ANYTHING) missed = true;
    else into.add(id);
    soon();
  };
  const stops = [
    live.listen('inbox', orgId, hear(changed), since),
    live.listen('arrived', orgId, hear(arrived), since),
  ];

  const news: AsyncIterableIterator<News> = {
    next: () =>
      new Promise((resolve) => {
        if (over) return resolve({ done: true, value: undefined });
        asked = resolve;
        soon();
      }),
    return: () => {
      over = true;
      clearTimeout(timer);
      stops.forEach((stop) => stop());
      asked?.({ done: true, value: undefined });
      return Promise.resolve({ done: true, value: undefined });
    },
    [Symbol.asyncIterator]: () => news,
  };
  return news;
}
