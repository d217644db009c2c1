import { t } from '#lib/i18n/index';

/** "3 hours", "2 days": how long something took, as people say it. */
export function lasted(hours: number): string {
  if (hours < 1) return t('times.underHour');
  return hours < 36
    ? t('times.hours', { hours: Math.round(hours) })
    : t('times.days', { days: Math.round(hours / 24) });
}

/** "Usually answers within 2 days", when enough is known of an agency. */
export function usualAnswer(keptTimes: readonly { clock: string; medianHours: number }[]): string {
  const answer = keptTimes.find((one) => one.clock === 'ANSWER');
  return answer ? t('times.usual', { time: lasted(answer.medianHours) }) : '';
}
