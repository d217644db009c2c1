import type { Attachment } from 'svelte/attachments';
import { shortcutOf } from '#lib/frame/shortcuts.svelte';

/** j and k walk through the items of a list, enter opens the chosen one's first link. */
export const listKeys: Attachment<HTMLElement> = (list) => {
  // A page of several lists is walked through as one.
  const items = () => [...list.querySelectorAll<HTMLElement>(list.matches('ul, ol') ? ':scope > li' : '.list > li')];
  const linkOf = (item: HTMLElement | undefined) => item?.querySelector<HTMLElement>('a[href], button');

  function onkeydown(event: KeyboardEvent) {
    const key = shortcutOf(event);
    if (key !== 'j' && key !== 'k') return;
    const all = items();
    const at = all.findIndex((item) => item.dataset['current'] === 'true');
    const next = key === 'j' ? Math.min(at + 1, all.length - 1) : Math.max(at - 1, 0);
    all.forEach((item, index) => (item.dataset['current'] = String(index === next)));
    linkOf(all[next])?.focus();
    all[next]?.scrollIntoView({ block: 'nearest' });
    event.preventDefault();
  }
  document.addEventListener('keydown', onkeydown);
  return () => document.removeEventListener('keydown', onkeydown);
};
