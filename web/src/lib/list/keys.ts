import type { Attachment } from 'svelte/attachments';

const typing = (event: KeyboardEvent): boolean =>
  event.ctrlKey ||
  event.metaKey ||
  event.altKey ||
  (event.target as HTMLElement).closest('input, textarea, select, dialog') !== null;

/** j and k walk through the items of a list, enter opens the chosen one's first link. */
export const listKeys: Attachment<HTMLElement> = (list) => {
  // A page of several lists is walked through as one.
  const items = () => [...list.querySelectorAll<HTMLElement>(list.matches('ul, ol') ? ':scope > li' : '.list > li')];
  const linkOf = (item: HTMLElement | undefined) => item?.querySelector<HTMLElement>('a[href], button');

  function onkeydown(event: KeyboardEvent) {
    if (typing(event) || (event.key !== 'j' && event.key !== 'k')) return;
    const all = items();
    const at = all.findIndex((item) => item.dataset['current'] === 'true');
    const next = event.key === 'j' ? Math.min(at + 1, all.length - 1) : Math.max(at - 1, 0);
    all.forEach((item, index) => (item.dataset['current'] = String(index === next)));
    linkOf(all[next])?.focus();
    all[next]?.scrollIntoView({ block: 'nearest' });
    event.preventDefault();
  }
  document.addEventListener('keydown', onkeydown);
  return () => document.removeEventListener('keydown', onkeydown);
};
