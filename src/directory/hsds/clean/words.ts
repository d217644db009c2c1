import { placeOf } from '../../places.js';
import { stateCode } from '../../states.js';
import { weekdayOf, weekdayRange, weekdaySet, type Weekday, weekdays } from '../hours/weekdays.js';

const words: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  status: {
    active: 'active',
    '1': 'active',
    true: 'active',
    yes: 'active',
    y: 'active',
    published: 'active',
    open: 'active',
    verified: 'active',
    inactive: 'inactive',
    '0': 'inactive',
    false: 'inactive',
    no: 'inactive',
    n: 'inactive',
    closed: 'inactive',
    unpublished: 'inactive',
    defunct: 'defunct',
    'permanently closed': 'defunct',
    deleted: 'defunct',
    'temporarily closed': 'temporarily closed',
    temporarily_closed: 'temporarily closed',
    suspended: 'temporarily closed',
    paused: 'temporarily closed',
  },
  location_type: {
    physical: 'physical',
    postal: 'postal',
    virtual: 'virtual',
    mailing: 'postal',
    mail: 'postal',
    mailing_address: 'postal',
    physical_address: 'physical',
    postal_address: 'postal',
    online: 'virtual',
  },
  phone_type: {
    voice: 'voice',
    fax: 'fax',
    text: 'text',
    sms: 'text',
    cell: 'cell',
    mobile: 'cell',
    video: 'video',
    pager: 'pager',
    textphone: 'textphone',
    tty: 'textphone',
    tdd: 'textphone',
    'tty/tdd': 'textphone',
    hotline: 'voice',
    phone: 'voice',
    office: 'voice',
    main: 'voice',
    work: 'voice',
    voicemail: 'voice',
    'toll free': 'voice',
    'toll-free': 'voice',
  },
  extent_type: { geojson: 'geojson', topojson: 'topojson', kml: 'kml', text: 'text' },
  freq: { weekly: 'WEEKLY', monthly: 'MONTHLY', w: 'WEEKLY', m: 'MONTHLY' },
};

/** A word of a fixed list as HSDS writes it, from what sources write; undefined when it is not known. */
export function readWord(kind: string, text: string): string | undefined {
  const list = words[kind];
  const key = text.trim().toLowerCase().replace(/\s+/g, ' ');
  return list && Object.hasOwn(list, key) ? list[key] : undefined;
}

const countries: Readonly<Record<string, string>> = {
  usa: 'US',
  'u.s.': 'US',
  'u.s.a.': 'US',
  'united states': 'US',
  'united states of america': 'US',
  uk: 'GB',
};

/** Two-letter ISO 3166 country code in capitals. */
export function readCountry(text: string): string | undefined {
  const name = text.trim().toLowerCase();
  return countries[name] ?? (/^[a-z]{2}$/.test(name) ? name.toUpperCase() : undefined);
}

/** Shortened as newspapers do; in a search such words mean something else ("wash", "mass"). */
const shortStates: Readonly<Record<string, string>> = {
  ala: 'AL', ariz: 'AZ', ark: 'AR', cal: 'CA', calif: 'CA', colo: 'CO', conn: 'CT', del: 'DE', fla: 'FL', ill: 'IL', ind: 'IN', kan: 'KS',
  kans: 'KS', mass: 'MA', mich: 'MI', minn: 'MN', miss: 'MS', mont: 'MT', neb: 'NE', nebr: 'NE', nev: 'NV', okla: 'OK', ore: 'OR', oreg: 'OR',
  penn: 'PA', penna: 'PA', tenn: 'TN', tex: 'TX', wash: 'WA', wis: 'WI', wisc: 'WI', wva: 'WV', wyo: 'WY',
}; // prettier-ignore

/** A state's two-letter code; the region's name as written when it is none of the US. */
export function readState(text: string): string {
  const bare = text.replace(/[.\s]/g, '');
  return stateCode(text) ?? shortStates[bare.toLowerCase()] ?? stateCode(bare) ?? text.trim();
}

/** A US ZIP code with its four further digits kept, leading zero restored; any other postal code as written. */
export function readZip(text: string): string {
  const t = text.trim().replace(/^(\d{5}(?:-\d{4})?)[^\p{L}\d]+$/u, '$1');
  const nine = /^(\d{5})[- ]?(\d{4})$/.exec(t);
  if (nine) return `${nine[1]}-${nine[2]}`;
  if (/^\d{5}\.0+$/.test(t)) return t.slice(0, 5);
  if (/^\d{7,8}$/.test(t)) return readZip(t.padStart(9, '0'));
  const lost = /^(\d{3,4})(?:[- ](\d{4}))?(?:\.0+)?$/.exec(t);
  const zip = lost?.[1]?.padStart(5, '0');
  // A spreadsheet takes the zeros of New England and the islands for nothing.
  return zip && (zip[1] !== '0' || placeOf(zip)) ? [zip, lost?.[2]].filter(Boolean).join('-') : t;
}

/** Five digits of a US ZIP code. */
export function fiveDigits(zip: string | undefined): string | undefined {
  return /^(\d{5})(-\d{4})?$/.exec(zip ?? '')?.[1];
}

/** BYDAY from codes ("MO,-1FR"), names, ranges and lists ("Monday - Friday", "Mon & Wed", "5"); undefined when it is none. */
export function readByday(text: string): string | undefined {
  const codes = text.toUpperCase().replace(/\s/g, '');
  if (/^([+-]?\d?(MO|TU|WE|TH|FR|SA|SU))(,[+-]?\d?(MO|TU|WE|TH|FR|SA|SU))*$/.test(codes)) {
    return codes.replace(/\+/g, '');
  }
  if (/^[1-7]$/.test(codes)) return weekdays[Number(codes) - 1];
  const days: Weekday[] = [];
  for (const part of text.toLowerCase().split(/\s*(?:,|;|&|\/|\band\b)\s*/)) {
    const [from = '', to, more] = part.trim().split(/\s*(?:-|–|\bto\b|\bthru\b|\bthrough\b)\s*/);
    const start = weekdayOf(from);
    const end = to === undefined ? start : weekdayOf(to);
    const set = to === undefined ? weekdaySet(from) : undefined;
    if (set) days.push(...set);
    else if (start && end && more === undefined) days.push(...(to === undefined ? [start] : weekdayRange(start, end)));
    else return undefined;
  }
  return weekdays.filter((d) => days.includes(d)).join(',') || undefined;
}
