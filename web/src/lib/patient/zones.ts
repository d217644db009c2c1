import { zoneName } from '#lib/i18n/index';

/** The time zones of the United States, as a list to choose from. */
export const zones = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Phoenix',
  'America/Los_Angeles',
  'America/Anchorage',
  'Pacific/Honolulu',
  'America/Puerto_Rico',
  'Pacific/Guam',
] as const;

const titleOf = (zone: string): string => zoneName(zone).replace(/^./, (first) => first.toUpperCase());

/** "Eastern Time", and "Eastern Time (Detroit)" for one that is not in the list when somebody has it. */
export function zoneOptions(known?: string | null): { value: string; label: string }[] {
  const options = zones.map((value) => ({ value: value as string, label: titleOf(value) }));
  if (!known || options.some(({ value }) => value === known)) return options;
  const city = known.split('/').at(-1)?.replaceAll('_', ' ') ?? known;
  return [{ value: known, label: `${titleOf(known)} (${city})` }, ...options];
}
