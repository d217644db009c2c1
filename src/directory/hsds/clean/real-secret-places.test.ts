import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse';
import { describe, expect, it } from 'vitest';
import { sheltersSurvivors } from './confidential.js';

/** Listings of real directories, read by hand: where survivors sleep, and where the law is asked for help. */
const data = process.env['HUB_TEST_DATA'];

const sets: { folder: string; refuge: string[]; open: string[] }[] = [
  {
    folder: 'baltimore-directory',
    refuge: [
      'House of Ruth, Shelter Program',
      'Family Crisis Center of Baltimore County, Inc.',
      "Angels' Watch Regional Shelter",
    ],
    open: [
      'Harford County Bar Foundation',
      "Carroll County State's Attorney's Office",
      'Baltimore County Police Department',
      'Legal Aid Bureau, Inc., Anne Arundel County  Office',
      'Hannah More Emergency Shelter',
      'Safe Haven Network',
    ],
  },
  {
    folder: 'dc-directory-other-columns',
    refuge: [
      'Vida Home',
      "Betty's House Program",
      'RISE Transitional Housing',
      'New Horizons',
      'Sanctuary Plus Emergency Shelter',
      "Doorways' Domestic Violence Safehouse",
      'Cornerstone Building/Emergency and Transitional Safe Housing',
    ],
    open: [
      'D.C. SUPERIOR COURT: DOMESTIC VIOLENCE INTAKE CENTER',
      'Domestic Violence Clinic',
      'Domestic Violence Wellness Program',
      'HOPE Court',
      'Bread for the City Legal Clinic',
    ],
  },
  {
    folder: 'illinois-legal-aid',
    refuge: [],
    open: [
      'Domestic violence legal services',
      'Domestic violence program - Pilsen',
      'Human Trafficking Initiative',
      'Legal Help for Domestic Abuse in Eastern Illinois',
    ],
  },
];

async function listingsOf(folder: string): Promise<Map<string, string>> {
  const rows = createReadStream(join(data ?? '', folder, 'services.csv')).pipe(
    parse({ columns: true, bom: true, relax_quotes: true, relax_column_count: true }),
  );
  const told = new Map<string, string>();
  for await (const row of rows as AsyncIterable<Record<string, string>>) {
    const name = row['name'] ?? row['service_name'] ?? '';
    told.set(name, `${told.get(name) ?? ''} ${row['description'] ?? row['service_description'] ?? ''}`.trim());
  }
  return told;
}

describe.skipIf(!data).each(sets)('in $folder', ({ folder, refuge, open }) => {
  it('survivors’ shelters are withheld; courts, police and lawyers are not', async () => {
    const listings = await listingsOf(folder);
    const withheld = (name: string) => [name, listings.has(name) && sheltersSurvivors(name, listings.get(name) ?? '')];
    expect([...refuge, ...open].filter((name) => !listings.has(name))).toEqual([]);
    expect(refuge.map(withheld)).toEqual(refuge.map((name) => [name, true]));
    expect(open.map(withheld)).toEqual(open.map((name) => [name, false]));
  });
});
