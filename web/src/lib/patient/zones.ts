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

/** "Eastern Time (New York)", with one that is not in the list when somebody has it. */
export const zoneOptions = (known?: string | null): { value: string; label: string }[] =>
  [...new Set([...(known ? [known] : []), ...zones])].map((zone) => {
    const city = zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone;
    return { value: zone, label: `${zoneName(zone).replace(/^./, (first) => first.toUpperCase())} (${city})` };
  });
