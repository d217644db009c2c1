/** US states and territories: postal code → name and the time zone most of its people live in. */
const states: Readonly<Record<string, readonly [name: string, zone: string]>> = {
  AL: ['Alabama', 'America/Chicago'],
  AK: ['Alaska', 'America/Anchorage'],
  AS: ['American Samoa', 'Pacific/Pago_Pago'],
  AZ: ['Arizona', 'America/Phoenix'],
  AR: ['Arkansas', 'America/Chicago'],
  CA: ['California', 'America/Los_Angeles'],
  CO: ['Colorado', 'America/Denver'],
  CT: ['Connecticut', 'America/New_York'],
  DE: ['Delaware', 'America/New_York'],
  DC: ['District of Columbia', 'America/New_York'],
  FL: ['Florida', 'America/New_York'],
  GA: ['Georgia', 'America/New_York'],
  GU: ['Guam', 'Pacific/Guam'],
  HI: ['Hawaii', 'Pacific/Honolulu'],
  ID: ['Idaho', 'America/Boise'],
  IL: ['Illinois', 'America/Chicago'],
  IN: ['Indiana', 'America/Indiana/Indianapolis'],
  IA: ['Iowa', 'America/Chicago'],
  KS: ['Kansas', 'America/Chicago'],
  KY: ['Kentucky', 'America/New_York'],
  LA: ['Louisiana', 'America/Chicago'],
  ME: ['Maine', 'America/New_York'],
  MH: ['Marshall Islands', 'Pacific/Majuro'],
  MD: ['Maryland', 'America/New_York'],
  MA: ['Massachusetts', 'America/New_York'],
  MI: ['Michigan', 'America/Detroit'],
  MN: ['Minnesota', 'America/Chicago'],
  MS: ['Mississippi', 'America/Chicago'],
  MO: ['Missouri', 'America/Chicago'],
  MT: ['Montana', 'America/Denver'],
  NE: ['Nebraska', 'America/Chicago'],
  NV: ['Nevada', 'America/Los_Angeles'],
  NH: ['New Hampshire', 'America/New_York'],
  NJ: ['New Jersey', 'America/New_York'],
  NM: ['New Mexico', 'America/Denver'],
  NY: ['New York', 'America/New_York'],
  NC: ['North Carolina', 'America/New_York'],
  ND: ['North Dakota', 'America/Chicago'],
  MP: ['Northern Mariana Islands', 'Pacific/Guam'],
  OH: ['Ohio', 'America/New_York'],
  OK: ['Oklahoma', 'America/Chicago'],
  OR: ['Oregon', 'America/Los_Angeles'],
  PA: ['Pennsylvania', 'America/New_York'],
  PR: ['Puerto Rico', 'America/Puerto_Rico'],
  RI: ['Rhode Island', 'America/New_York'],
  SC: ['South Carolina', 'America/New_York'],
  SD: ['South Dakota', 'America/Chicago'],
  TN: ['Tennessee', 'America/Chicago'],
  TX: ['Texas', 'America/Chicago'],
  UT: ['Utah', 'America/Denver'],
  VT: ['Vermont', 'America/New_York'],
  VI: ['Virgin Islands', 'America/St_Thomas'],
  VA: ['Virginia', 'America/New_York'],
  WA: ['Washington', 'America/Los_Angeles'],
  WV: ['West Virginia', 'America/New_York'],
  WI: ['Wisconsin', 'America/Chicago'],
  WY: ['Wyoming', 'America/Denver'],
};

const byName = new Map(Object.entries(states).map(([code, [name]]) => [name.toLowerCase(), code]));
for (const dc of ['washington dc', 'washington d.c.', 'd.c.']) byName.set(dc, 'DC');

/** Two-letter code of a state given by name or code in any case; undefined when it is no state or territory. */
export function stateCode(text: string): string | undefined {
  const name = text.trim().replace(/\s+/g, ' ');
  const code = name.toUpperCase().replace(/\.$/, '');
  return code in states ? code : byName.get(name.toLowerCase());
}

/** "MD" → "Maryland"; what is no code stays. */
export const stateName = (code: string): string => states[code]?.[0] ?? code;

/** IANA time zone of a state, the one most of its people live in; undefined for an unknown code. */
export function timeZoneOf(code: string): string | undefined {
  return states[code]?.[1];
}

/** Every state code with its time zone. */
export function stateZones(): [code: string, zone: string][] {
  return Object.entries(states).map(([code, [, zone]]) => [code, zone]);
}
