import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymous, curator, type Visitor } from '../../../test/actors.js';
import { organization } from '../../../test/factories.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { listing } from '../../../test/listings.js';
import { asTask } from '../../platform/database/operation.js';
import { rebuildSearch } from '../index.js';
import { areaToKeep, filtersToKeep, wordsToKeep } from './empty-searches.js';
import { relaxedSentence } from './relaxed-words.js';

const fields = `total place { label } edges { node { service { name } explanation { name points most words } } }
  understood { dropped relaxed { name words } sentence }`;

describe('a search that finds nothing', () => {
  let hub: TestHub;
  let anyone: Visitor;
  const search = async (input: object) =>
    (await anyone.gql(`query($input: SearchServicesInput!) { searchServices(input: $input) { ${fields} } }`, { input }))
      .searchServices;
  const names = (found: { edges: { node: { service: { name: string } } }[] }) =>
    found.edges.map((edge) => edge.node.service.name);

  beforeAll(async () => {
    hub = await testHub({ now: '2026-11-23T15:00:00Z' });
    anyone = await anonymous(hub);
    const organizationId = (await organization(hub)).id;
    await listing(hub, { organizationId, name: 'Oboe lessons', categories: ['stress'], site: true, languages: ['ko'] });
    await listing(hub, {
      organizationId,
      name: 'Bassoon lessons',
      categories: ['stress'],
      site: { latitude: 39.6418, longitude: -77.72, zip: '21740', city: 'Hagerstown' },
    });
    await rebuildSearch(asTask(hub.orm));
  });
  afterAll(() => hub.stop());

  it('lets filters go, the least important first, and keeps those that need not go', async () => {
    const found = await search({ text: 'oboe', language: 'ko', takesReferrals: true, verifiedWithinDays: 30 });
    expect(names(found)).toEqual(['Oboe lessons']);
    expect(found.understood.relaxed.map((one: { name: string }) => one.name)).toEqual([
      'verifiedSince',
      'takesReferrals',
    ]);
    expect(found.understood.sentence).toBe(
      'We found nothing with all you asked for. We left out: checked lately and takes referrals.',
    );
  });

  it('then looks farther away', async () => {
    const found = await search({ text: 'bassoon', near: { place: '21044', radiusMiles: 25 }, free: true });
    expect(names(found)).toEqual(['Bassoon lessons']);
    expect(found.understood.relaxed).toEqual([
      { name: 'free', words: 'free' },
      { name: 'radiusMiles', words: '100 miles instead of 25' },
    ]);
  });

  it('says so in Spanish, words that were dropped too', () => {
    expect(relaxedSentence([{ kind: 'FILTER', name: 'hasRoom', from: null, to: null }], ['qqqqzz'], 'es')).toBe(
      'No encontramos nada con todo lo que pidió. Dejamos fuera: tiene lugar. Algunos resultados no tienen estas palabras: «qqqqzz».',
    );
    expect(relaxedSentence([], [], 'es')).toBeNull();
  });

  it('says nothing when nothing was left out, and why a result stands where it stands', async () => {
    const found = await search({ text: 'oboe lessons', near: { place: '21044' } });
    expect(found.understood).toMatchObject({ relaxed: [], sentence: null });
    const [first] = found.edges[0].node.explanation;
    expect(first).toMatchObject({ name: 'text', most: 60, words: 'Says just what you asked for' });
    for (const part of found.edges[0].node.explanation) expect(part.points).toBeLessThanOrEqual(part.most);
    expect(found.edges[0].node.explanation.map((part: { name: string }) => part.name)).toEqual([
      'text',
      'distance',
      'room',
      'freshness',
      'answers',
    ]);
  });

  it('is counted by day, words, coarse place and kinds of filters, and of nobody', async () => {
    await search({ text: 'Podiatry for Maria Kowalski 410-555-0101 21740', openNow: true });
    await search({ text: 'Podiatry for Maria Kowalski 410-555-0101 21740', openNow: true });
    const looking = await curator(hub);
    const gaps = async (month?: string, area = '') =>
      (
        await looking.gql(
          'query($month: String, $area: String) { searchGaps(month: $month, area: $area) { words area near filters days times lastDay } }',
          { month, area },
        )
      ).searchGaps;
    await expect
      .poll(() => gaps('2026-11', '217'))
      .toEqual([
        {
          words: 'podiatry',
          area: '217',
          near: expect.stringMatching(/^217\d\d$/),
          filters: 'open',
          days: 1,
          times: 2,
          lastDay: '2026-11-23',
        },
      ]);
    expect(await gaps('2026-10')).toEqual([]);
    expect(await gaps('2026-11', '212')).toEqual([]);
    // On the first of a month: the one before, until somebody finds nothing in this one.
    const november = await gaps('2026-11');
    hub.clock.set('2026-12-01T15:00:00Z');
    expect(await gaps()).toEqual(november);
    expect(await anyone.codes('query { searchGaps { words } }')).toEqual(['UNAUTHENTICATED']);
    expect(await looking.codes('query { searchGaps(month: "soon") { words } }')).toEqual(['BAD_USER_INPUT']);
  });
});

describe('what is kept of an empty search', () => {
  it.each([
    ['need a podiatrist near me', ['podiatrist']],
    ['diapers for Maria Lopez', ['diapers']],
    ['MY NAME IS JOHN SMITH', ['name']],
    ['mail me at jane.doe@example.org hearing aids', ['aids', 'hearing', 'mail']],
    ['call (410) 555-0101 wheelchair', ['call', 'wheelchair']],
    ['ssn 123-45-6789 food', ['food', 'ssn']],
    ['ayuda para mi mamá con diálisis', ['dialisis', 'mama']],
    ['', []],
  ])('of "%s"', (text, words) => {
    expect(wordsToKeep(text)).toEqual(words);
  });

  it('is a coarse place and kinds of filters', () => {
    const place = {
      label: '',
      zip: '21044',
      city: 'Columbia',
      county: 'Howard',
      state: 'MD',
      latitude: 0,
      longitude: 0,
    };
    expect(areaToKeep(place)).toBe('210');
    expect(areaToKeep({ ...place, zip: null })).toBe('MD/Howard');
    expect(areaToKeep(null)).toBe('');
    expect(
      filtersToKeep({ categories: ['stress'], open: true, free: false, serviceIds: ['x'], languages: ['es'] }),
    ).toBe('category:stress language:es open');
  });
});
