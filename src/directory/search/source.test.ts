import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insert } from '../../../test/factories.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { listing } from '../../../test/listings.js';
import { asTask } from '../../platform/database/operation.js';
import { newId } from '../../platform/id.js';
import { edits } from '../../platform/search/spelling.js';
import { wordsOf } from '../../platform/search/words.js';
import { capacityKind, TRUSTED_DAYS } from '../capacity.js';
import { SDOH_CATEGORIES } from '../sdoh-categories.js';
import { isConfidential } from '../service/service.entity.js';
import { findPlace } from './find-place.js';
import { rebuildSearch, seededSynonyms } from './rebuild.js';
import { indexServices } from './index-services.js';

describe('what the search knows', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await testHub();
  });
  afterAll(() => hub.stop());

  it('believes the word on room as long as the directory does', async () => {
    for (const { code } of SDOH_CATEGORIES) {
      const [row] = await hub.sql<{ days: number }>('select hub.capacity_days($1) as days', [[code]]);
      expect(row?.days).toBe(TRUSTED_DAYS[capacityKind([code])]);
    }
  });

  it('keeps the same places secret as the directory', async () => {
    for (const sensitivity of ['NONE', 'INTIMATE_PARTNER_VIOLENCE', 'HIV'] as const) {
      for (const categories of [[], ['food-insecurity'], ['stress', 'intimate-partner-violence']]) {
        const [row] = await hub.sql<{ secret: boolean }>('select hub.is_confidential($1, $2) as secret', [
          sensitivity,
          categories,
        ]);
        expect(row?.secret).toBe(isConfidential({ sensitivity, categories }));
      }
    }
  });

  it('reads words in the database as in the question', async () => {
    for (const text of ["Mom's Niños—CAFÉ’s/24h", 'A & B (c) d_e', 'ÜBER Straße']) {
      const [row] = await hub.sql<{ text: string }>('select hub.search_text($1) as text', [text]);
      const [inSql, inCode] = [row?.text.trim().split(' ').join(' ') ?? '', wordsOf(text).join(' ')];
      // The database writes ß as ss; nothing else may differ.
      expect(edits(inSql, inCode.replaceAll('ß', 'ss'))).toBe(0);
    }
  });

  it('is complete after a rebuild, and only what is offered', async () => {
    const shown = await listing(hub, { site: true });
    const both = await listing(hub, { site: true });
    await insert(hub, 'service_at_location', { id: newId(), service_id: both.id, location_id: shown.locationId });
    const closed = await listing(hub, { status: 'temporarily closed' });
    const services = await rebuildSearch(asTask(hub.orm));
    expect(services).toBe(3);
    const known = () =>
      hub.sql<{ service_id: string; n: number }>(
        'select service_id, count(*)::int as n from hub.search_document group by 1 order by 2',
      );
    expect(await known()).toEqual([
      { service_id: shown.id, n: 1 },
      { service_id: both.id, n: 2 },
    ]);
    await hub.sql('delete from hub.service where id = $1', [shown.id]);
    await hub.sql(`update hub.service set status = 'active' where id = $1`, [closed.id]);
    await asTask(hub.orm).write((em) => rebuildSearch(em));
    expect(await known()).toEqual([
      { service_id: closed.id, n: 1 },
      { service_id: both.id, n: 2 },
    ]);
  });

  it('follows a job that runs twice or late', async () => {
    const row = await listing(hub, { name: 'Viola' });
    const gone = newId();
    const context = {
      db: asTask(hub.orm),
      platform: hub.platform,
      job: { id: '1', attempt: 1, last: false, signal: new AbortController().signal },
    };
    for (let time = 0; time < 2; time += 1) await indexServices.run({ serviceIds: [row.id, gone] }, context);
    expect(await hub.sql('select name from hub.search_document where service_id = $1', [row.id])).toEqual([
      { name: 'Viola' },
    ]);
  });

  it('has synonyms that lead to categories there are, each phrase once', () => {
    const synonyms = seededSynonyms();
    const codes = new Set(SDOH_CATEGORIES.map((category) => category.code));
    expect(new Set(synonyms.map((synonym) => synonym.phrase)).size).toBe(synonyms.length);
    expect(synonyms.filter(({ category }) => category !== null && !codes.has(category))).toEqual([]);
    expect(synonyms.filter(({ language }) => language === 'es').length).toBeGreaterThan(50);
  });
});

describe('places', () => {
  it.each([
    ['21044', 'Columbia, MD 21044', 'Howard'],
    ['Columbia, MD 21044', 'Columbia, MD 21044', 'Howard'],
    ['21044-1234', 'Columbia, MD 21044', 'Howard'],
    ['columbia, maryland', 'Columbia, MD', 'Howard'],
    ['New York NY', 'New York, NY', 'New York'],
    ["prince george's county md", "Prince George's County, MD", "Prince George's"],
    ['Baltimore City, MD', 'Baltimore City, MD', 'Baltimore City'],
    ['Orleans Parish, LA', 'Orleans Parish, LA', 'Orleans'],
  ])('reads "%s"', (text, label, county) => {
    expect(findPlace(text)).toMatchObject({ label, county });
  });

  it.each(['', '00000', 'xyzzy', 'Columbia', 'MD', 'a'.repeat(100), '%', 'Nowhere, ZZ'])(
    'does not guess at "%s"',
    (text) => {
      expect(findPlace(text)).toBeUndefined();
    },
  );
});
