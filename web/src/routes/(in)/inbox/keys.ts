import { goto } from '$app/navigation';
import { shortcutOf, type Shortcut } from '#lib/frame/shortcuts.svelte';
import { t, word } from '#lib/i18n/index';
import type { Desk } from './desk.svelte.js';

/** After "g", so long a letter is waited for. */
const THEN_MS = 1500;
const QUEUES = { n: 'NEW', o: 'OVERDUE', w: 'WAITING', i: 'IN_WORK', d: 'DONE', a: 'ALL' } as const;

export interface Doings {
  ask(what: 'DECLINE' | 'HOLD' | 'GIVE'): void;
  show(): void;
}

/** What each key does in the inbox, in words. */
export const inboxKeys = (): Shortcut[] => [
  ['x', t('keys.choose')],
  ['Shift x', t('keys.chooseRange')],
  ['a', t('answer.accept')],
  ['d', t('answer.decline')],
  ['h', t('answer.hold')],
  ['c', t('bulk.give')],
  ['s', t('keys.show')],
  ...Object.entries(QUEUES).map(([key, queue]): Shortcut => [
    `g ${key}`,
    t('keys.queue', { queue: word('InboxQueue', queue) }),
  ]),
];

/** The inbox by keys alone. */
export function inboxKeyboard(desk: Desk, doings: Doings): (event: KeyboardEvent) => void {
  let wentAt = -Infinity;
  const some = (): boolean => desk.meant.length > 0 && !desk.busy;
  const does: Record<string, () => void> = {
    j: () => desk.walk(1),
    k: () => desk.walk(-1),
    x: () => desk.current && desk.choose(desk.current),
    X: () => desk.current && desk.choose(desk.current, true),
    a: () => some() && void desk.answer({ answer: 'ACCEPT' }),
    d: () => some() && doings.ask('DECLINE'),
    h: () => some() && doings.ask('HOLD'),
    c: () => some() && doings.ask('GIVE'),
    s: () => doings.show(),
  };
  return (event) => {
    const key = shortcutOf(event);
    if (key === null || event.repeat) return;
    if (key === 'Escape') return desk.chosen.clear();
    if (event.timeStamp - wentAt < THEN_MS) {
      wentAt = -Infinity;
      const queue = QUEUES[key as keyof typeof QUEUES];
      // Any other letter ends it, and does nothing: it was not meant for a row.
      if (queue) void goto(`?queue=${queue}`);
      return event.preventDefault();
    }
    if (key === 'g') wentAt = event.timeStamp;
    else if (does[key]) does[key]();
    else return;
    event.preventDefault();
  };
}
