const STORED = 'hub.keys';

/** What a key does, for the list behind "?". */
export type Shortcut = readonly [key: string, words: string];

/** Keys of one letter. Who speaks to a computer, or touches keys by accident, turns them off. */
class Shortcuts {
  on = $state(localStorage.getItem(STORED) !== 'off');
  /** What the page that is open adds. */
  ofPage = $state.raw<() => readonly Shortcut[]>(() => []);

  turn(on: boolean): void {
    this.on = on;
    localStorage.setItem(STORED, on ? 'on' : 'off');
  }

  /** Lists keys for as long as a page shows them: `$effect(() => shortcuts.add(() => …))`. */
  add(list: () => readonly Shortcut[]): () => void {
    this.ofPage = list;
    return () => {
      if (this.ofPage === list) this.ofPage = () => [];
    };
  }
}
export const shortcuts = new Shortcuts();

/** Where letters are text, or where a window asks something else. A box to tick takes no letters. */
const TYPED =
  'textarea, select, dialog, [contenteditable], input:not([type="checkbox"], [type="radio"], [type="button"])';

/** The key of an event that is a shortcut; null while somebody types, with Ctrl, Alt or Cmd, and when keys are off. */
export function shortcutOf(event: KeyboardEvent): string | null {
  if (!shortcuts.on || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return null;
  return event.target instanceof Element && event.target.closest(TYPED) ? null : event.key;
}
