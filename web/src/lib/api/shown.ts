/** Data, and the point of the live news before they were read. */
export interface Answered<R> {
  data: R;
  heard: string | null;
}

/**
 * What live news had come before the page that is shown was read, as the hub says it. All that a page loads in one go
 * counts as one: whoever follows from its earliest point on misses nothing.
 */
let point: string | null = null;
let running = 0;
let over = true;

/** `process.count.time`: counts compare within a process, times between two. */
function earlier(one: string, other: string): string {
  const [here, a, b] = one.split('.');
  const [there, c, d] = other.split('.');
  const [mine, theirs] = here === there ? [a, c] : [b, d];
  return Number(mine) <= Number(theirs) ? one : other;
}

/** Reads something that the page shows. */
export async function forPage<R>(read: () => Promise<Answered<R>>): Promise<R> {
  if (over) point = null;
  over = false;
  running += 1;
  try {
    const { data, heard } = await read();
    if (heard) point = point === null ? heard : earlier(point, heard);
    return data;
  } finally {
    running -= 1;
    // What the same page reads next begins before this; the next page, or this one again, after it.
    setTimeout(() => (over ||= running === 0));
  }
}

export const shownSince = (): string | null => point;
