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

/** "America: New York", with one that is not in the list when somebody has it. */
export const zoneOptions = (known?: string | null): { value: string; label: string }[] =>
  [...new Set([...(known ? [known] : []), ...zones])].map((zone) => ({
    value: zone,
    label: zone.replaceAll('_', ' ').replace('/', ': '),
  }));
