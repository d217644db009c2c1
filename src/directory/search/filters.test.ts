import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { anonymous, type Visitor } from '../../../test/actors.js';
import { insert, organization } from '../../../test/factories.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { listing } from '../../../test/listings.js';
import { asTask } from '../../platform/database/operation.js';
import { newId } from '../../platform/id.js';
import { toMeili } from '../../platform/search/meilisearch/document.js';
import { readDocuments } from '../../platform/search/postgres/documents.js';
import { rebuildSearch } from '../index.js';

interface Result {
  total: number;
  edges: { node: { service: { name: string }; fit: { verdict: string } | null } }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  facets: Record<string, never>;
}

describe('filters of searchServices', () => {
  let hub: TestHub;
  let anyone: Visitor;
  let organizationId: string;

  const search = async (
    input: object,
    fields = 'total edges { node { service { name } } }',
    args = '',
  ): Promise<Result> =>
    (
      await anyone.gql(`query($input: SearchServicesInput!) { searchServices(input: $input${args}) { ${fields} } }`, {
        input: { organizationId, ...input },
      })
    ).searchServices;
  const names = (found: Result) => found.edges.map((edge) => edge.node.service.name).sort();
  const codes = (input: object) =>
    anyone.codes('query($input: SearchServicesInput!) { searchServices(input: $input) { total } }', { input });
  const rebuild = () => rebuildSearch(asTask(hub.orm));
  const add = (name: string, given: Parameters<typeof listing>[1] = {}) =>
    listing(hub, { organizationId, name, ...given });

  beforeAll(async () => {
    hub = await testHub({ now: '2026-11-23T15:00:00Z' }); // Monday, 10:00 in New York
    anyone = await anonymous(hub);
  });
  afterAll(() => hub.stop());
  beforeEach(async () => {
    organizationId = (await organization(hub)).id;
  });

  it('takes several categories, languages and agencies, and counts what a second choice would add', async () => {
    await add('Food', { categories: ['food-insecurity'], languages: ['es'] });
    await add('Stress', { categories: ['stress'], languages: ['ko', 'es'] });
    await add('Housing', { categories: ['homelessness'] });
    await rebuild();
    const fields =
      'total edges { node { service { name } } } facets { categories { category { code } count } languages { value count } }';
    const found = await search({ categories: ['food-insecurity', 'stress'], languages: ['es', 'am'] }, fields);
    expect(names(found)).toEqual(['Food', 'Stress']);
    expect(found.facets).toEqual({
      categories: [
        { category: { code: 'food-insecurity' }, count: 1 },
        { category: { code: 'stress' }, count: 1 },
      ],
      languages: [
        { value: 'es', count: 2 },
        { value: 'ko', count: 1 },
      ],
    });
    expect(names(await search({ category: 'homelessness', categories: ['stress'] }))).toEqual(['Housing', 'Stress']);
    const other = (await organization(hub)).id;
    await listing(hub, { organizationId: other, name: 'Elsewhere' });
    await rebuild();
    const both = await search({ organizationIds: [other] }, 'total facets { organizations { value count } }');
    expect(both.total).toBe(4);
  });

  it('knows what a service costs from flags, amounts and prose, in words of the reader', async () => {
    const cost = (name: string, fees: string | null, isFree: boolean | null = null) =>
      add(name, { columns: { fees_description: fees, is_free: isFree } });
    await cost('Flag', null, true);
    await cost('Prose', 'No cost to residents.');
    await cost('Scale', 'Sliding fee scale based on income');
    await cost('Insured', 'Medicaid accepted. Copay may apply.');
    await cost('Price', '$25 per visit');
    await cost('Unknown', null);
    await cost('Not for free', 'Free for seniors only', false);
    const amount = await cost('Amount', null);
    await insert(hub, 'cost_option', { id: newId(), service_id: amount.id, amount: 12.5, currency: 'USD' });
    await rebuild();
    expect(names(await search({ costs: ['FREE'] }))).toEqual(['Flag', 'Prose']);
    expect(names(await search({ free: true }))).toEqual(['Flag', 'Prose']);
    expect(names(await search({ costs: ['SLIDING_SCALE', 'INSURANCE'] }))).toEqual(['Insured', 'Scale']);
    expect(names(await search({ costs: ['FEE'] }))).toEqual(['Amount', 'Not for free', 'Price']);
    const { facets } = await search(
      {},
      'total edges { node { service { name } } } facets { costs { value label count } }',
    );
    expect(facets).toEqual({
      costs: [
        { value: 'FEE', label: 'Has a fee', count: 3 },
        { value: 'FREE', label: 'Free', count: 2 },
        { value: 'SLIDING_SCALE', label: 'By income', count: 1 },
        { value: 'INSURANCE', label: 'Takes insurance', count: 1 },
      ],
    });
  });

  it('knows interpreters, accessible places and how lately a listing was confirmed', async () => {
    await add('Interpreters', { columns: { interpretation_services: 'Phone line in 200 languages' } });
    await add('None', { columns: { interpretation_services: 'None' } });
    await add('Fresh', { columns: { assured_date: '2026-11-01' } });
    await add('Old', { columns: { assured_date: '2026-03-01' } });
    const ramp = await add('Ramp', { site: true });
    await insert(hub, 'accessibility', { id: newId(), location_id: ramp.locationId, description: 'Ramp' });
    await rebuild();
    expect(names(await search({ interpreter: true }))).toEqual(['Interpreters']);
    expect(names(await search({ accessible: true }))).toEqual(['Ramp']);
    expect(names(await search({ verifiedWithinDays: 90 }))).toEqual(['Fresh']);
    const { facets } = await search(
      { verifiedWithinDays: 30 },
      'facets { interpreter accessible verifiedWithinDays { value label count } }',
    );
    expect(facets).toMatchObject({
      interpreter: 0,
      verifiedWithinDays: [
        { value: '30', label: 'Last 30 days', count: 1 },
        { value: '90', count: 1 },
        { value: '180', count: 1 },
        { value: '365', count: 2 },
      ],
    });
  });

  it('finds a term with everything below it', async () => {
    const term = async (name: string, parentId: string | null = null): Promise<string> => {
      const id = newId();
      await insert(hub, 'taxonomy_term', { id, name, parent_id: parentId });
      return id;
    };
    const food = await term('Food');
    const pantries = await term('Food pantries', food);
    const mobile = await term('Mobile pantries', pantries);
    const housing = await term('Housing');
    const filed = async (name: string, id: string): Promise<void> => {
      const row = await add(name);
      await insert(hub, 'attribute', { id: newId(), link_id: row.id, link_entity: 'service', taxonomy_term_id: id });
    };
    await filed('Van', mobile);
    await filed('Shelf', pantries);
    await filed('Beds', housing);
    await rebuild();
    expect(names(await search({ termIds: [food] }))).toEqual(['Shelf', 'Van']);
    expect(names(await search({ termIds: [mobile] }))).toEqual(['Van']);
    expect(names(await search({ termIds: [mobile, housing] }))).toEqual(['Beds', 'Van']);
    const { facets } = await search({ termIds: [housing] }, 'facets { terms { label count } }');
    expect(facets).toEqual({
      terms: [
        { label: 'Food', count: 2 },
        { label: 'Food pantries', count: 2 },
        { label: 'Housing', count: 1 },
        { label: 'Mobile pantries', count: 1 },
      ],
    });
    expect(names(await search({ termIds: [newId()], exact: true }))).toEqual([]);
  });

  it('finds by an area drawn on the map, also without a site, and only what serves the place when asked', async () => {
    const square = (west: number, south: number) => ({
      type: 'Polygon',
      coordinates: [
        [
          [west, south],
          [west + 1, south],
          [west + 1, south + 1],
          [west, south + 1],
          [west, south],
        ],
      ],
    });
    const area = async (name: string, extent: string): Promise<void> => {
      const row = await add(name);
      await insert(hub, 'service_area', { id: newId(), service_id: row.id, extent, extent_type: 'geojson' });
    };
    await area('Around Columbia', JSON.stringify(square(-77.5, 38.9)));
    await area('Around Denver', JSON.stringify(square(-105.5, 39.2)));
    await area('Well known text', 'POLYGON ((-77.5 38.9, -76.5 38.9, -76.5 39.9, -77.5 39.9, -77.5 38.9))');
    await area('Not readable', '{"type": "Polygon"}');
    await add('Near by', { site: true });
    await rebuild();
    const near = { place: '21044', radiusMiles: 10 };
    expect(names(await search({ near }))).toEqual(['Around Columbia', 'Near by', 'Well known text']);
    expect(names(await search({ near: { ...near, servedOnly: true } }))).toEqual([
      'Around Columbia',
      'Well known text',
    ]);
    expect(names(await search({ near: { place: 'Denver, CO' } }))).toEqual(['Around Denver']);
  });

  it('finds around an address: its city, and exactly where a listing has it', async () => {
    await add('Here', { site: { address1: '4711 Quarry Rd.', latitude: 39.25, longitude: -76.9, zip: '21044' } });
    await rebuild();
    const fields = 'total place { label latitude } edges { node { service { name } distanceMiles } }';
    const exact = await search({ near: { place: '4711 QUARRY RD, Columbia, MD 21044' } }, fields);
    expect(exact).toMatchObject({
      place: { label: 'Columbia, MD 21044', latitude: 39.25 },
      edges: [{ node: { distanceMiles: 0 } }],
    });
    const city = await search({ near: { place: '77 Unknown Road, Columbia, Maryland' } }, fields);
    expect(city).toMatchObject({ place: { label: 'Columbia, MD' }, total: 1 });
  });

  it('tells nothing of a secret place by an address, an area or a count', async () => {
    const secret = await add('Safe house', {
      sensitivity: 'INTIMATE_PARTNER_VIOLENCE',
      site: { address1: '99 Hidden Ln', latitude: 39.4, longitude: -76.7, zip: '21044' },
    });
    await insert(hub, 'accessibility', { id: newId(), location_id: secret.locationId, description: 'Ramp' });
    await insert(hub, 'schedule', {
      id: newId(),
      location_id: secret.locationId,
      opens_at: '00:00',
      closes_at: '23:59',
    });
    await rebuild();
    const place = await search(
      { near: { place: '99 Hidden Ln, Columbia, MD 21044', radiusMiles: 1 } },
      'place { latitude }',
    );
    expect(place).toMatchObject({ place: { latitude: expect.closeTo(39.21, 1) } });
    for (const input of [
      { accessible: true },
      { openNow: true },
      { near: { latitude: 39.4, longitude: -76.7, radiusMiles: 1, servedOnly: false } },
    ]) {
      const found = await search(
        input,
        'total edges { node { service { name } distanceMiles site { id } } } facets { accessible open }',
      );
      for (const { node } of found.edges) expect(node).toMatchObject({ distanceMiles: null, site: null });
      expect(found.facets).toEqual({ accessible: 0, open: 0 });
    }
    const [document] = await asTask(hub.orm).write((em) => readDocuments(em, 'hub.search_document', [secret.id]));
    expect(document).toMatchObject({ locationId: null, latitude: null, city: null, zip: null, hours: null });
    const sent = JSON.stringify(document && toMeili(document));
    expect(sent).not.toMatch(/_geo|39\.4|-76\.7|Hidden|21044|Columbia/);
  });

  it('knows what is open at any moment, past any number of results, and pages through it', async () => {
    const weekday = [{ byday: 'MO,TU,WE,TH,FR', opens: '09:00', closes: '17:00' }];
    for (let n = 0; n < 7; n += 1) await add(`Day ${n}`, { hours: weekday });
    for (let n = 0; n < 5; n += 1) {
      await add(`Night ${n}`, { hours: [{ byday: 'MO', opens: '20:00', closes: '04:00' }] });
    }
    await add('Unknown');
    await rebuild();
    const count = async (openAt: string) => (await search({ openAt, exact: true })).total;
    expect(await count('2026-11-23T15:00:00Z')).toBe(7);
    expect(await count('2026-11-24T02:00:00Z')).toBe(5);
    expect(await count('2026-11-24T08:59:00Z')).toBe(5);
    expect(await count('2026-11-24T09:00:00Z')).toBe(0);
    expect(await count('2027-07-05T13:00:00Z')).toBe(7);
    expect((await search({}, 'facets { open }')).facets).toEqual({ open: 7 });
    const seen: string[] = [];
    let after = '';
    for (let page = 0; page < 10; page += 1) {
      const args = after === '' ? ', first: 3' : `, first: 3, after: "${after}"`;
      const found = await search(
        { openNow: true },
        'total pageInfo { hasNextPage endCursor } edges { node { service { name } } }',
        args,
      );
      expect(found.total).toBe(7);
      seen.push(...names(found));
      if (!found.pageInfo.hasNextPage) break;
      after = found.pageInfo.endCursor ?? '';
    }
    expect(seen.sort()).toEqual(Array.from({ length: 7 }, (_, n) => `Day ${n}`));
    expect(await codes({ openNow: true, openAt: '2026-11-24T02:00:00Z' })).toEqual(['BAD_USER_INPUT']);
  });

  it('says whom a service fits beyond the first hundreds, counted and paged', async () => {
    const rules = JSON.stringify([{ kind: 'AGE', min: 60 }]);
    const young = JSON.stringify([{ kind: 'AGE', max: 17 }]);
    for (let n = 0; n < 12; n += 1) {
      await add(`Service ${String(n).padStart(2, '0')}`, {
        columns: { eligibility_rules: n % 3 === 0 ? young : rules },
      });
    }
    await add('Says nothing');
    await add('HSDS age', { columns: { minimum_age: 80 } });
    await rebuild();
    const facts = { ageYears: 70 };
    const fields = 'total edges { node { service { name } fit { verdict } } } facets { fits }';
    const all = await search({ facts }, fields, ', first: 50');
    expect(all).toMatchObject({ total: 14, facets: { fits: 9 } });
    expect(all.edges.map((edge) => edge.node.fit?.verdict)).toEqual([
      ...Array.from({ length: 8 }, () => 'MATCH'),
      'UNKNOWN',
      ...Array.from({ length: 5 }, () => 'NO_MATCH'),
    ]);
    const fitting = await search({ facts, fitsOnly: true }, fields, ', first: 5');
    expect(fitting).toMatchObject({ total: 9, facets: { fits: 9 } });
    expect(fitting.edges).toHaveLength(5);
    expect((await search({ fitsOnly: true }, 'total facets { fits }')).facets).toEqual({ fits: null });
  });

  it('names the field of a list that cannot be', async () => {
    for (const input of [
      { categories: ['hunger'] },
      { languages: ['<x>'] },
      { termIds: ['x'] },
      { organizationIds: ['x'] },
      { termIds: Array.from({ length: 21 }, newId) },
    ]) {
      expect(await codes(input), JSON.stringify(input)).toEqual(['BAD_USER_INPUT']);
    }
  });
});
