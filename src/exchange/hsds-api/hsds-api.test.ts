import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insert, organization } from '../../../test/factories.js';
import { contents, hsds, lines, postJson } from '../../../test/hsds-client.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { addEverything, listing, type ListingRow } from '../../../test/listings.js';
import { rebuildSearch } from '../../directory/index.js';
import { asTask } from '../../platform/database/operation.js';
import { newId } from '../../platform/id.js';

let hub: TestHub;
let pantry: ListingRow;
let meals: ListingRow;
let rides: ListingRow;
let term: { id: string; below: string; taxonomy: string };

const ids = (entries: { id: string }[]) => entries.map(({ id }) => id);
const idsAt = async (path: string, init: RequestInit = {}) =>
  ids((await contents(hub, path, init)) as { id: string }[]);

beforeAll(async () => {
  hub = await testHub({ now: '2026-11-23T15:00:00Z' });
  const old = { last_modified: '2026-01-01T00:00:00Z', updated_at: '2026-01-01T00:00:00Z' };
  const { id: organizationId } = await organization(hub, { name: 'Harbor Pantry' });
  pantry = await listing(hub, { organizationId, name: 'Food Pantry', site: true, covers: ['zip:21044'], columns: { ...old, minimum_age: 18 } }); // prettier-ignore
  await addEverything(hub, pantry);
  meals = await listing(hub, {
    organizationId,
    name: 'Hot Meals',
    site: { latitude: 39.2904, longitude: -76.6122, zip: '21201', city: 'Baltimore' },
    covers: ['state:MD'],
    columns: { ...old, maximum_age: 17 },
  });
  rides = await listing(hub, {
    name: 'Rides to the Doctor',
    categories: ['transportation-insecurity'],
    site: { latitude: 39.6418, longitude: -77.72, zip: '21740', city: 'Hagerstown' },
    columns: old,
  });
  await hub.sql(`update hub.organization set updated_at = '2026-01-01'`);
  const [taxonomy, above, below] = [newId(), newId(), newId()];
  await insert(hub, 'taxonomy', { id: taxonomy, name: 'County terms', description: 'Of the county' });
  await insert(hub, 'taxonomy_term', { id: above, name: 'Food', code: 'F', taxonomy_id: taxonomy });
  await insert(hub, 'taxonomy_term', {
    id: below,
    name: 'Meals',
    code: 'F-1',
    taxonomy_id: taxonomy,
    parent_id: above,
  });
  await insert(hub, 'attribute', { id: newId(), link_id: meals.id, link_entity: 'service', taxonomy_term_id: below });
  term = { id: above, below, taxonomy };
  await rebuildSearch(asTask(hub.orm));
});
afterAll(() => hub.stop());

describe('the API', () => {
  it('says which HSDS it is and where its OpenAPI document lies', async () => {
    const { json } = await hsds(hub, '/');
    expect(json).toMatchObject({ version: '3.1.3', profile: expect.stringMatching(/^https:/) });
    expect(json['openapi_url']).toBe(`${hub.app.url}/hsds/openapi.json`);
    expect((await hsds(hub, '')).json).toEqual(json);
    const { json: document } = await hsds(hub, '/openapi.json');
    expect(Object.keys(document['paths'])).toHaveLength(11);
    expect(document['paths']['/services'].get.parameters.map(({ name }: { name: string }) => name)).toContain(
      'modified_after',
    );
  });

  it('has a schema for everything that its OpenAPI document refers to', async () => {
    const { json, text } = await hsds(hub, '/openapi.json');
    for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      expect(Object.keys(json['components'].schemas)).toContain(name);
    }
  });

  it('pages with the envelope of HSDS', async () => {
    const { json: first } = await hsds(hub, '/services?per_page=2');
    const { contents: entries, ...envelope } = first;
    expect(envelope).toEqual({ total_items: 3, total_pages: 2, page_number: 1, size: 2, first_page: true, last_page: false, empty: false }); // prettier-ignore
    expect(entries).toHaveLength(2);
    const { json: last } = await hsds(hub, '/services?per_page=2&page=2');
    expect(last).toMatchObject({ page_number: 2, size: 1, first_page: false, last_page: true, empty: false });
    expect([...ids(entries), ...ids(last['contents'])].sort()).toEqual([pantry.id, meals.id, rides.id].sort());
    const { json: beyond } = await hsds(hub, '/services?page=9');
    expect(beyond).toMatchObject({
      total_items: 3,
      page_number: 9,
      size: 0,
      last_page: true,
      empty: true,
      contents: [],
    });
  });

  it('answers one service with all that hangs on it, and a list with one-to-one objects alone, unless full', async () => {
    const { json } = await hsds(hub, `/services/${pantry.id}`);
    expect(json).toMatchObject({ phones: [{}], service_at_locations: [{ location: { addresses: [{}] } }] });
    const [item] = await contents(hub, '/services?per_page=1');
    expect(item).toMatchObject({ organization: { id: expect.any(String) } });
    expect(Object.values(item ?? {}).filter(Array.isArray)).toEqual([]);
    const [full] = await contents(hub, '/services?per_page=1&full=true');
    expect(full?.['service_at_locations']).toHaveLength(1);
  });

  it('answers organizations, sites, taxonomies and terms', async () => {
    const { json: agency } = await hsds(hub, `/organizations/${pantry.organizationId}`);
    expect(agency['services'].map(({ name }: { name: string }) => name).sort()).toEqual(['Food Pantry', 'Hot Meals']);
    const { json: whole } = await hsds(hub, `/organizations/${pantry.organizationId}?full_service=true`);
    expect(whole['services'].some((one: object) => 'phones' in one)).toBe(true);
    expect(await idsAt('/organizations')).toHaveLength(2);
    expect((await contents(hub, '/organizations?full=true'))[0]).toHaveProperty('locations');
    expect((await hsds(hub, `/service_at_locations/${pantry.siteId}`)).json).toMatchObject({
      service: { id: pantry.id },
    });
    expect(await idsAt('/service_at_locations')).toHaveLength(3);
    expect((await hsds(hub, `/taxonomies/${term.taxonomy}`)).json).toMatchObject({ name: 'County terms' });
    expect((await hsds(hub, `/taxonomy_terms/${term.below}`)).json).toMatchObject({ taxonomy_detail: { name: 'County terms' } }); // prettier-ignore
    expect(await idsAt(`/taxonomy_terms?taxonomy_id=${term.taxonomy}`)).toHaveLength(2);
    expect(await idsAt(`/taxonomy_terms?taxonomy_id=${term.taxonomy}&top_only=true`)).toEqual([term.id]);
    expect(await idsAt(`/taxonomy_terms?parent_id=${term.id}`)).toEqual([term.below]);
    expect(await idsAt('/taxonomy_terms?search=meal')).toEqual([term.below]);
    expect(await idsAt('/taxonomies?search=COUNTY')).toEqual([term.taxonomy]);
  });
});

describe('filters', () => {
  it('search finds by the search engine, best first, and forgives', async () => {
    expect((await idsAt('/services?search=food%20pantry'))[0]).toBe(pantry.id);
    expect((await idsAt('/services?search=pantrey'))[0]).toBe(pantry.id);
    expect((await idsAt('/service_at_locations?search=rides%20doctor'))[0]).toBe(rides.siteId);
    expect((await idsAt('/organizations?search=harbor'))[0]).toBe(pantry.organizationId);
    expect((await idsAt('/organizations?search=rides%20doctor'))[0]).toBe(rides.organizationId);
  });

  it('by term with those below it, taxonomy, organization and age', async () => {
    expect(await idsAt(`/services?taxonomy_term_id=${term.id}`)).toEqual([meals.id]);
    expect(await idsAt(`/services?taxonomy_id=${term.taxonomy}`)).toEqual([meals.id]);
    expect(await idsAt(`/service_at_locations?taxonomy_term_id=${term.below}`)).toEqual([meals.siteId]);
    expect(await idsAt(`/organizations?taxonomy_id=${term.taxonomy}`)).toEqual([meals.organizationId]);
    expect(await idsAt(`/services?organization_id=${rides.organizationId}`)).toEqual([rides.id]);
    expect(await idsAt('/services?maximum_age=10')).not.toContain(pantry.id);
    expect(await idsAt('/services?minimum_age=60')).not.toContain(meals.id);
  });

  it('add up', async () => {
    expect(await idsAt(`/services?taxonomy_term_id=${term.id}&organization_id=${rides.organizationId}`)).toEqual([]);
    expect(await idsAt(`/services?search=food&organization_id=${rides.organizationId}`)).not.toContain(pantry.id);
    expect(await idsAt(`/services?search=meals&minimum_age=60`)).not.toContain(meals.id);
  });

  it('postcode gives what serves it, proximity what lies within so many metres of its middle', async () => {
    await hub.sql(`insert into hub.zip_code values ('21044', 'Columbia', 'Howard', 'MD', 39.2141, -76.8788), ('21201', 'Baltimore', 'Baltimore City', 'MD', 39.2946, -76.6252),
      ('21740', 'Hagerstown', 'Washington', 'MD', 39.6319, -77.7373) on conflict do nothing`);
    const at = (query: string) => idsAt(`/service_at_locations?${query}`);
    expect((await at('postcode=21044')).sort()).toEqual([pantry.siteId, meals.siteId].sort());
    expect(await at('postcode=21201-1234')).toEqual([meals.siteId]);
    expect((await at('postcode=21740')).sort()).toEqual([meals.siteId, rides.siteId].sort());
    expect(await at('postcode=21740&proximity=5000')).toEqual([rides.siteId]);
    expect((await at('postcode=21044&proximity=5000')).sort()).toEqual([pantry.siteId]);
    // 23.9 km from the middle of 21044 to the place in Baltimore.
    expect(await at('postcode=21044&proximity=23000')).toEqual([pantry.siteId]);
    expect(await at('postcode=21044&proximity=25000')).toHaveLength(2);
  });
});

describe('formats', () => {
  it('ndjson streams all, one object a line', async () => {
    const { text, headers } = await hsds(hub, '/services?format=ndjson&full=true');
    expect(headers.get('content-type')).toContain('application/x-ndjson');
    expect(ids(lines(text) as { id: string }[]).sort()).toEqual([pantry.id, meals.id, rides.id].sort());
    expect(lines(text)[0]).toHaveProperty('service_at_locations');
    const none = await hsds(hub, `/services?format=ndjson&organization_id=${newId()}`);
    expect([none.status, none.text]).toEqual([200, '']);
  });

  it('minimal gives ids and times, all in one page', async () => {
    const { json } = await hsds(hub, '/services?minimal=true');
    expect(json).toMatchObject({ total_items: 3, total_pages: 1, last_page: true });
    expect(json['contents'][0]).toEqual({ id: expect.any(String), modified_date: '2026-01-01T00:00:00.000Z' });
    const { text } = await hsds(hub, '/services?minimal=true&format=ndjson');
    expect(lines(text)).toHaveLength(3);
  });

  it('a POST asks the same as a GET, in JSON or as a form, and is kept by nobody', async () => {
    const path = `/services?organization_id=${pantry.organizationId}`;
    const { json, headers } = await hsds(
      hub,
      '/services',
      postJson({ organization_id: pantry.organizationId, per_page: 50 }),
    );
    expect(json).toEqual((await hsds(hub, path)).json);
    expect(headers.get('cache-control')).toBe('no-store');
    const form = new URLSearchParams({ organization_id: pantry.organizationId });
    expect(await idsAt('/services', { method: 'POST', body: form })).toEqual(ids(json['contents']));
    for (const list of ['organizations', 'service_at_locations', 'taxonomies', 'taxonomy_terms']) {
      expect((await hsds(hub, `/${list}`, { method: 'POST' })).json['contents']).toBeInstanceOf(Array);
    }
  });

  it('compresses for those who take it, pages and streams', async () => {
    const headers = { 'accept-encoding': 'gzip' };
    for (const path of ['/services?full=true', '/services?full=true&format=ndjson', '/openapi.json']) {
      expect([path, (await hsds(hub, path, { headers })).headers.get('content-encoding')]).toEqual([path, 'gzip']);
    }
  });
});

describe('what clients keep', () => {
  it('is asked for again by its tag or its time, and not sent when it did not change', async () => {
    for (const path of ['/services', `/services/${pantry.id}`, '/taxonomies', '/']) {
      const { headers } = await hsds(hub, path);
      const tag = headers.get('etag') ?? '';
      expect(headers.get('cache-control')).toBe('public, no-cache');
      const again = await hsds(hub, path, { headers: { 'if-none-match': tag } });
      expect([again.status, again.text]).toEqual([304, '']);
      expect((await hsds(hub, path, { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
    }
    const { headers } = await hsds(hub, `/services/${pantry.id}`);
    const since = headers.get('last-modified') ?? '';
    expect(since).toBe('Thu, 01 Jan 2026 00:00:00 GMT');
    expect((await hsds(hub, `/services/${pantry.id}`, { headers: { 'if-modified-since': since } })).status).toBe(304);
  });

  it('HEAD is a GET without its body, and OPTIONS tells any page of any site that it may read', async () => {
    const head = await hsds(hub, '/services', { method: 'HEAD' });
    expect([head.status, head.text, head.headers.get('etag') !== null]).toEqual([200, '', true]);
    expect((await hsds(hub, '/services?format=ndjson', { method: 'HEAD' })).status).toBe(200);
    const options = await hsds(hub, '/services', {
      method: 'OPTIONS',
      headers: { origin: 'https://elsewhere.example' },
    });
    expect(options.status).toBe(204);
    expect(options.headers.get('access-control-allow-methods')).toContain('POST');
    const { headers } = await hsds(hub, '/services', { headers: { origin: 'https://elsewhere.example' } });
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
    expect(headers.get('x-ratelimit-limit')).toBe('600');
  });
});

describe('a question that cannot be answered', () => {
  it.each([
    ['/services?colour=red', 'UNKNOWN_PARAMETER', 'colour'],
    ['/services?postcode=21044', 'UNKNOWN_PARAMETER', 'postcode'],
    ['/services/%s?full=true', 'UNKNOWN_PARAMETER', 'full'],
    ['/services?page=0', 'BAD_PARAMETER', 'page'],
    ['/services?page=two', 'BAD_PARAMETER', 'page'],
    ['/services?per_page=1001', 'BAD_PARAMETER', 'per_page'],
    ['/services?per_page=101&full=true', 'BAD_PARAMETER', 'per_page'],
    ['/services?full=perhaps', 'BAD_PARAMETER', 'full'],
    ['/services?full=true&minimal=true', 'BAD_PARAMETER', 'minimal'],
    ['/services?taxonomy_id=7', 'BAD_PARAMETER', 'taxonomy_id'],
    ['/services?modified_after=yesterday', 'BAD_PARAMETER', 'modified_after'],
    ['/services?modified_after=2026-13-45', 'BAD_PARAMETER', 'modified_after'],
    ['/services?format=xml', 'BAD_PARAMETER', 'format'],
    ['/services?search=a&search=b', 'BAD_PARAMETER', 'search'],
    ['/services?search=%00', 'BAD_PARAMETER', 'search'],
    ['/service_at_locations?proximity=100', 'BAD_PARAMETER', 'proximity'],
    ['/service_at_locations?postcode=99999&format=ndjson', 'BAD_PARAMETER', 'postcode'],
    ['/service_at_locations?postcode=SW1A', 'BAD_PARAMETER', 'postcode'],
  ])('%s is refused with the parameter’s name and what to send', async (path, code, parameter) => {
    const { status, json } = await hsds(hub, path.replace('%s', pantry.id));
    expect([status, json['error'].code, json['error'].parameter]).toEqual([400, code, parameter]);
    expect(json['error'].message).toMatch(/\w+.*\.$/);
  });

  it('by body is refused alike', async () => {
    const codes = async (init: RequestInit) => (await hsds(hub, '/services', init)).json['error'].code as string;
    expect(await codes(postJson({ colour: 'red' }))).toBe('UNKNOWN_PARAMETER');
    expect(await codes(postJson({ search: ['a', 'b'] }))).toBe('BAD_PARAMETER');
    expect(await codes(postJson([1]))).toBe('BAD_BODY');
    expect(await codes({ method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' })).toBe(
      'BAD_BODY',
    );
    expect(await codes({ method: 'POST', headers: { 'content-type': 'text/csv' }, body: 'a' })).toBe('BAD_BODY');
  });

  it('of a path or method that is not there is 404 or 405, as JSON', async () => {
    expect(await hsds(hub, '/nothing')).toMatchObject({ status: 404, json: { error: { code: 'NOT_FOUND' } } });
    expect(await hsds(hub, '/services/7')).toMatchObject({ status: 404, json: { error: { code: 'NOT_FOUND' } } });
    expect(await hsds(hub, `/services/${newId()}`)).toMatchObject({ status: 404 });
    expect(await hsds(hub, '/services', { method: 'DELETE' })).toMatchObject({ status: 405 });
    expect((await hsds(hub, `/services/${pantry.id}`, { method: 'PUT' })).headers.get('allow')).toContain('GET');
  });
});
