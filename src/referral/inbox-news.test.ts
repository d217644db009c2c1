import { expect, it } from 'vitest';
import type { HubContext } from '../access/index.js';
import { newsOf } from './inbox-news.js';

/** The live news of a hub that is this late, spoken by hand. */
function spoken(lagMs = 0, busy = false) {
  const heard = new Map<string, Set<(id: string) => void>>();
  const live = {
    lagMs: () => lagMs,
    listen: (topic: string, key: string, listener: (id: string) => void) => {
      const those = heard.get(`${topic}:${key}`) ?? new Set();
      heard.set(`${topic}:${key}`, those.add(listener));
      return () => those.delete(listener);
    },
  };
  const say = (topic: string, id: string) => heard.get(`${topic}:org`)?.forEach((tell) => tell(id));
  const listeners = () => [...heard.values()].reduce((sum, those) => sum + those.size, 0);
  return {
    say,
    listeners,
    news: newsOf({ live, load: { behind: () => busy } } as unknown as HubContext['platform'], 'org'),
  };
}

it('What came in is no change beside, each is told once, and a hundred changes are named at most', async () => {
  const { say, news } = spoken();
  for (let n = 0; n < 250; n += 1) say('inbox', `changed ${n}`);
  for (const id of ['new', 'new', 'newer']) {
    say('inbox', id);
    say('arrived', id);
  }
  const { value } = await news.next();
  expect(value).toMatchObject({ arrived: 2, behind: false });
  expect(value.changed).toEqual(Array.from({ length: 100 }, (_, n) => `changed ${n}`));
});

it('A hub that hears itself late says so', async () => {
  const { say, news } = spoken(6000);
  say('arrived', 'new');
  expect((await news.next()).value).toEqual({ arrived: 1, changed: [], behind: true, missed: false });
});

it('A hub that turns requests away says so', async () => {
  const { say, news } = spoken(0, true);
  say('arrived', 'new');
  expect((await news.next()).value).toMatchObject({ arrived: 1, behind: true });
});

it('What happens while nobody reads waits, and who leaves hears no more and is forgotten', async () => {
  const { say, news, listeners } = spoken();
  say('arrived', 'one');
  say('arrived', 'two');
  expect((await news.next()).value.arrived).toBe(2);
  const waiting = news.next();
  await news.return?.();
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(await news.next()).toEqual({ done: true, value: undefined });
  expect(listeners()).toBe(0);
});
