/** At most `hits` in any stretch of `windowMs`. */
export interface Limit {
  hits: number;
  windowMs: number;
}

/** How many attempts fell into one minute. */
export interface Slot {
  at: Date;
  hits: number;
}

const slotMs = 60_000;

/** The minute in which a moment lies. */
export function slotOf(moment: Date): Date {
  return new Date(Math.floor(moment.getTime() / slotMs) * slotMs);
}

/** Slots that began before this moment no longer count. */
export function windowStart(now: Date, limit: Limit): Date {
  // A slot counts until its last instant has left the window: at most a minute too strict, never too lenient.
  return new Date(now.getTime() - limit.windowMs - slotMs);
}

/**
 * How many attempts count now, and when the next one may be made: `now` itself, or the moment at which so many slots
 * have left the window that one attempt fits again.
 */
export function measure(slots: readonly Slot[], limit: Limit, now: Date): { used: number; freeAt: Date } {
  const start = windowStart(now, limit).getTime();
  const counted = slots.filter((slot) => slot.at.getTime() > start).sort((a, b) => a.at.getTime() - b.at.getTime());
  const used = counted.reduce((sum, slot) => sum + slot.hits, 0);
  let left = used;
  let freeAt = now;
  for (const slot of counted) {
    if (left < limit.hits) break;
    left -= slot.hits;
    freeAt = new Date(slot.at.getTime() + slotMs + limit.windowMs);
  }
  return { used, freeAt };
}
