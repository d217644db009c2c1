/** How long to wait, in words: `in a minute`, `in 7 minutes`. Rounded up, so that it is never too soon. */
export function waitWords(until: Date, now: Date): string {
  const minutes = Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 60_000));
  return minutes === 1 ? 'in a minute' : `in ${minutes} minutes`;
}
