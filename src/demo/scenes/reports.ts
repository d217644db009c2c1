import { createHash } from 'node:crypto';
import type { EvidenceSource, ListingSignal } from '../../directory/index.js';
import type { Listing } from './listings.js';
import type { Player, Stage } from './stage.js';

/** What people say of one listing: by whom, and their words if they left any. */
type Said = readonly [EvidenceSource, string?];

const REPORTS: readonly (readonly [ListingSignal, readonly Said[]])[] = [
  [
    'WRONG_NUMBER',
    [
      ['PUBLIC', 'A recording says that this number is not in service.'],
      ['PUBLIC'],
      ['PUBLIC', 'Contesta otra persona. No es la oficina.'],
      ['CARE', 'Called twice today. A private person picks up.'],
    ],
  ],
  ['CLOSED', [['PUBLIC', 'The door is locked. A paper in the window says that they moved.'], ['PUBLIC']]],
  ['NO_LONGER_OFFERED', [['FAILED'], ['FAILED'], ['PUBLIC', 'They told me that the program ended in spring.']]],
  ['NO_ROOM', [['DECLINED'], ['DECLINED'], ['DECLINED'], ['DECLINED'], ['DECLINED']]],
  ['WRONG_ELIGIBILITY', [['DECLINED'], ['DECLINED'], ['CARE', 'They only take families with a small child now.']]],
  ['WRONG_AREA', [['DECLINED'], ['DECLINED']]],
  ['OTHER', [['PUBLIC', 'The bus in the text does not run on Sundays.']]],
];

/** One listing for each thing that can be wrong, reported as often as the next sees it, each time by somebody else. */
export async function reports(stage: Stage, listings: readonly Listing[], care: Player): Promise<void> {
  for (const [index, [signal, said]] of REPORTS.entries()) {
    const listing = listings[index];
    if (!listing) return;
    for (const [turn, [source, words]] of said.entries()) {
      const at = stage.hours(4 + 9 * index + 31 * (said.length - 1 - turn));
      const key = createHash('sha256').update(`${signal} ${turn}`).digest();
      await stage.rows('select hub.report_listing($1, $2, $3, $4, $5, $6, $7, $8, $9)', [
        listing.id,
        signal,
        source,
        key,
        words ?? null,
        source === 'CARE' && turn === 0 ? care.org : null,
        at,
        stage.dice.id(at),
        stage.dice.id(at),
      ]);
    }
  }
}

/** Two agencies that want to keep their listing: one writes from its own domain, one has to be called first. */
export async function claims(stage: Stage, listings: readonly Listing[]): Promise<void> {
  const asking = [
    ['Marisol Notreal', 'marisol@example.org', 'Program lead', 'I answer the phone here and would like to keep the hours right.', ['website', 'email']], // prettier-ignore
    ['Devon Pretend', 'devon.pantry@example.net', null, 'We do not have mail addresses of our own yet.', []],
  ] as const;
  for (const [index, [name, email, position, note, matches]] of asking.entries()) {
    const listing = listings[index];
    if (!listing) return;
    const at = stage.hours(20 + 50 * index);
    await stage.rows(
      `insert into hub.listing_claim (id, service_id, organization_id, name, email, phone, position, note, matches, created_at)
       values ($1, $2, $3, $4, $5, '(410) 555-0177', $6, $7, $8, $9)`,
      [stage.dice.id(at), listing.id, listing.org, name, email, position, note, matches, at],
    );
  }
}

/** Searches that found nothing: words, area by the first digits of a ZIP code or by county, filters, days, times a day. */
const EMPTY = [
  ['bed bug treatment', '212', 'category:housing-instability', 9, 3],
  ['dental implants', '212', 'free', 7, 2],
  ['pet food', '212', 'category:food-insecurity free', 6, 2],
  ['cama ninos', '212', 'category:material-hardship language:es', 5, 2],
  ['halal groceries delivered', '210', 'category:food-insecurity', 4, 1],
  ['ride saturday dialysis', 'MD/Carroll', 'category:transportation-insecurity open', 4, 2],
  ['hearing aid batteries', '211', '', 3, 1],
  ['', 'MD/Harford', 'category:homelessness hasRoom', 6, 4],
  ['', '212', 'accessible category:homelessness language:vi', 3, 1],
  ['wood stove', 'MD/Carroll', 'category:utility-insecurity', 2, 1],
] as const;

export async function emptySearches(stage: Stage): Promise<void> {
  for (const [index, [words, area, filters, days, times]] of EMPTY.entries()) {
    for (let day = 0; day < days; day += 1) {
      await stage.rows(
        'insert into hub.empty_search (day, words, area, filters, times) values ($1, $2, $3, $4, $5) on conflict do nothing',
        [
          stage
            .days(1 + 3 * day + (index % 3))
            .toISOString()
            .slice(0, 10),
          words,
          area,
          filters,
          times + (day % 2),
        ],
      );
    }
  }
}
