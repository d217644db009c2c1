/** What a lost focus may go to: parts that say something when they are read out. */
const PARTS = 'li, article, section, fieldset, form, dialog, tr';

interface Place {
  part: Element;
  parent: Element | null;
  index: number;
}
/** Around an element, the nearest part first, and where each stood. */
function placesOf(element: Element): Place[] {
  const places: Place[] = [];
  for (let part = element.closest(PARTS); part; part = part.parentElement?.closest(PARTS) ?? null) {
    const parent = part.parentElement;
    places.push({ part, parent, index: parent ? [...parent.children].indexOf(part) : -1 });
  }
  return places;
}

const isThere = (element: Element): boolean => element.isConnected && element.checkVisibility();

/** The part itself, or what took its place in a list. */
function standIn({ part, parent, index }: Place): HTMLElement | null {
  if (isThere(part)) return part as HTMLElement;
  if (!parent || !isThere(parent)) return null;
  const other = parent.children[Math.min(index, parent.children.length - 1)];
  return other?.matches(PARTS) && isThere(other) ? (other as HTMLElement) : null;
}

function focusPart(part: HTMLElement): void {
  if (!part.hasAttribute('tabindex')) {
    part.tabIndex = -1;
    part.addEventListener('blur', () => part.removeAttribute('tabindex'), { once: true });
  }
  part.focus({ preventScroll: true });
}

/**
 * Keeps the focus where somebody works: a button that goes away once it was pressed, or cannot be pressed while its work is
 * done, would leave whoever uses a keyboard or a screen reader at the top of the page. Returns how to forget
 * where it was, as for another page, and how to stop.
 */
export function keepFocus(page: Document): { forget: () => void; stop: () => void } {
  /** Where the focus was, the last first, each with the parts around it. */
  let trail: { element: HTMLElement; places: Place[] }[] = [];
  let waiting = false;

  function remember({ target }: FocusEvent): void {
    if (!(target instanceof HTMLElement) || target === page.body) return;
    trail = [{ element: target, places: placesOf(target) }, ...trail.filter((one) => one.element !== target)].slice(
      0,
      3,
    );
  }
  // Whoever clicks beside everything wants no focus.
  const forget = (): void => void (trail = []);

  function mend(): void {
    waiting = false;
    const [last] = trail;
    if (!last || page.activeElement !== page.body) return;
    if (isThere(last.element)) {
      if (!last.element.matches(':disabled')) last.element.focus({ preventScroll: true });
      return;
    }
    const part = trail
      .flatMap(({ places }) => places)
      .map(standIn)
      .find((found) => found !== null);
    // All of it went away: what came instead begins with its title.
    const start = part ?? page.querySelector<HTMLElement>('main h1');
    if (start) focusPart(start);
  }
  const look = (): void => {
    if (waiting || page.activeElement !== page.body || trail.length === 0) return;
    waiting = true;
    // What moves the focus by itself comes first.
    requestAnimationFrame(() => requestAnimationFrame(mend));
  };

  const changes = new MutationObserver(look);
  changes.observe(page.body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['disabled', 'open'],
  });
  page.addEventListener('focusin', remember);
  page.addEventListener('pointerdown', forget, true);
  const stop = (): void => {
    changes.disconnect();
    page.removeEventListener('focusin', remember);
    page.removeEventListener('pointerdown', forget, true);
  };
  return { forget, stop };
}
