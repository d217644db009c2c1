// Writes an HSDS 3.1 package of CSV tables, the same for the same size: a fictional network at real ZIP codes.
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { allPlaces } from '../dist/directory/places.js';

const KINDS = [
  'Food Pantry',
  'Rent Help',
  'Rides to Clinics',
  'Job Training',
  'Legal Aid',
  'Counseling',
  'Child Care',
  'Warm Meals',
];
const TABLES = {
  organizations: 'id,name,description,email,website,legal_status',
  services: 'id,organization_id,name,description,url,email,status,application_process,fees_description,eligibility_description,minimum_age',
  locations: 'id,organization_id,location_type,name,latitude,longitude,transportation',
  service_at_locations: 'id,service_id,location_id',
  addresses: 'id,location_id,address_1,city,state_province,postal_code,country,address_type',
  phones: 'id,service_id,organization_id,number,type',
  schedules: 'id,service_id,freq,byday,opens_at,closes_at',
  languages: 'id,service_id,name,code',
  service_areas: 'id,service_id,name',
  accessibility: 'id,location_id,description',
}; // prettier-ignore
const cell = (value) => (/[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value));

/** About ten rows a service, and one agency to four of them. */
export async function writePackage(path, services) {
  mkdirSync(path, { recursive: true });
  const files = new Map();
  for (const [table, header] of Object.entries(TABLES)) {
    const stream = createWriteStream(join(path, `${table}.csv`));
    stream.write(`${header}\n`);
    files.set(table, stream);
  }
  const put = (table, ...cells) => files.get(table).write(`${cells.map(cell).join(',')}\n`);
  const places = [...allPlaces()].filter(({ state }) => state.length === 2);
  for (let n = 1; n <= services; n += 1) {
    const agency = Math.ceil(n / 4);
    const kind = KINDS[n % KINDS.length];
    if (n % 4 === 1) put('organizations', `o${agency}`, `${kind} Circle ${agency}`, `Neighbors who help with ${kind}.`, `circle${agency}@example.org`, `https://example.org/circle${agency}`, 'nonprofit'); // prettier-ignore
    const place = places[(n * 7919) % places.length];
    put('services', `s${n}`, `o${agency}`, `${kind} ${n}`, `Help with ${kind.toLowerCase()}, for neighbors near ${place.city}. Call first, bring an identity card.`, `https://example.org/s${n}`, '', 'active', 'Call or come by.', n % 3 ? 'Free' : 'Sliding scale by income', n % 2 ? 'Open to everyone.' : 'Adults with a low income.', n % 5 ? '' : 18); // prettier-ignore
    const shift = ((n % 100) - 50) / 2500;
    put('locations', `l${n}`, `o${agency}`, 'physical', `${place.city} site`, (place.latitude + shift).toFixed(5), (place.longitude + shift).toFixed(5), `Bus ${n % 90}`); // prettier-ignore
    put('service_at_locations', `a${n}`, `s${n}`, `l${n}`);
    put('addresses', `d${n}`, `l${n}`, `${n % 999} Main Street`, place.city, place.state, place.zip, 'US', 'physical');
    put('phones', `p${n}`, `s${n}`, '', `(410) 555-01${String(n % 100).padStart(2, '0')}`, 'voice');
    put('schedules', `h${n}`, `s${n}`, 'WEEKLY', 'MO,TU,WE,TH,FR', '09:00', '16:30');
    put('languages', `g${n}`, `s${n}`, n % 2 ? 'English' : 'Spanish', n % 2 ? 'en' : 'es');
    put('service_areas', `r${n}`, `s${n}`, `${place.county} County, ${place.state}`);
    if (n % 2) put('accessibility', `c${n}`, `l${n}`, 'Wheelchair ramp');
    if (n % 500 === 0) for (const stream of files.values()) if (stream.writableNeedDrain) await once(stream, 'drain');
  }
  for (const stream of files.values()) {
    stream.end();
    await once(stream, 'finish');
  }
  const resources = Object.entries(TABLES).map(([name, header]) => ({
    name,
    path: `${name}.csv`,
    schema: { fields: header.split(',').map((field) => ({ name: field })) },
  }));
  writeFileSync(join(path, 'datapackage.json'), JSON.stringify({ name: 'bench', resources }));
}
