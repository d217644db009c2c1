import type { AnsweringClock } from './times-of-service.js';

/** Longer than a weekend with a holiday. */
const LONG_MS = 4 * 86_400_000;

/** When the agency works again, where that is long; a sender knows it before somebody waits for it. */
export function closedUntil({ calendar }: Pick<AnsweringClock, 'calendar'>, now: Date): Date | null {
  const opens = calendar.works(now) ? now : calendar.add(now, 0);
  return opens.getTime() - now.getTime() > LONG_MS ? opens : null;
}
