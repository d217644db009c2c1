import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { agencyStaff, anonymous, careManager, type Visitor } from '../../../test/actors.js';
import { patient } from '../../../test/caseload-factories.js';
import { organization } from '../../../test/factories.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { listing } from '../../../test/listings.js';
import { asTask } from '../../platform/database/operation.js';
import { rebuildSearch } from '../index.js';

describe('searchServices', () => {
  let hub: TestHub;
  let anyone: Visitor;
  let organizationId: string;

  const search = async (input: object, fields = 'edges { node { service { id name } } }', args = '', who = anyone) =>
    (
      await who.gql(`query($input: SearchServicesInput!) { searchServices(input: $input${args}) { ${fields} } }`, {
        input,
      })
    ).searchServices;
  const namesOf = (found: { edges: { node: { service: { name: string } } }[] }) =>
    found.edges.map((edge) => edge.node.service.name);
  const codes = (input: object, who = anyone) =>
    who.codes('query($input: SearchServicesInput!) { searchServices(input: $input) { total } }', { input });
  const rebuild = () => rebuildSearch(asTask(hub.orm));

  beforeAll(async () => {
    hub = await testHub({ now: '2026-11-23T15:00:00Z' }); // Monday, 10:00 in New York
    anyone = await anonymous(hub);
  });
  afterAll(() => hub.stop());
  beforeEach(async () => {
    organizationId = (await organization(hub)).id;
  });

  it('gives lines to call where the words or the need tell of danger, found or not, in the language asked for', async () => {
    const fields = 'total crisisLines { key call textTo textWord about }';
    const found = await search({ text: 'my husband hits me' }, fields);
    expect(found).toMatchObject({
      total: 0,
      crisisLines: [{ key: 'violence', call: '1-800-799-7233', textWord: 'START' }],
    });
    const filtered = await search({ categories: ['intimate-partner-violence'] }, fields);
    expect(filtered.crisisLines).toMatchObject([{ key: 'violence' }]);
    expect((await search({ text: 'food pantry' }, fields)).crisisLines).toEqual([]);
  });

  it('finds near a ZIP code, a city, a county and a point, with distances, and what serves it from afar', async () => {
    await listing(hub, { organizationId, name: 'Here', site: true });
    await listing(hub, {
      organizationId,
      name: 'Baltimore',
      site: { latitude: 39.2904, longitude: -76.6122, zip: '21201', city: 'Baltimore' },
    });
    await listing(hub, {
      organizationId,
      name: 'Away',
      site: { latitude: 39.6418, longitude: -77.72, zip: '21740', city: 'Hagerstown' },
    });
    await listing(hub, { organizationId, name: 'Hotline', covers: ['county:MD/Howard'] });
    await rebuild();
    const fields =
      'place { label county } edges { node { service { name } distanceMiles servesArea latitude explanation { name points } } }';
    for (const near of [{ place: '21044' }, { place: 'Columbia, MD' }, { latitude: 39.2037, longitude: -76.861 }]) {
      const found = await search({ organizationId, near }, fields);
      expect(namesOf(found)).toEqual(['Here', 'Baltimore', 'Hotline']);
      expect(found.place.county).toBe('Howard');
      expect(found.edges[2].node).toMatchObject({ distanceMiles: null, servesArea: true, latitude: null });
    }
    const county = await search(
      { organizationId, near: { place: 'howard county, maryland', radiusMiles: 60 } },
      fields,
    );
    expect(county.place.label).toBe('Howard County, MD');
    expect(namesOf(county)).toContain('Away');
    expect(county.edges[0].node.explanation.map((part: { name: string }) => part.name)).toEqual([
      'distance',
      'room',
      'freshness',
      'answers',
    ]);
    expect(namesOf(await search({ organizationId, text: '21740' }))).toEqual(['Away']);
  });

  it('names the field of an input that cannot be', async () => {
    await expect(search({ near: { place: 'Nowhere at all' } })).rejects.toThrow(
      'input.near.place: a ZIP code, "City, ST" or "County, ST" is expected',
    );
    await expect(search({ category: 'hunger' })).rejects.toThrow(
      'input.category: one of sdoh-category-unspecified, food-insecurity',
    );
    for (const input of [
      { near: {} },
      { near: { place: '21044', radiusMiles: 9999 } },
      { language: '<x>' },
      { verifiedWithinDays: 0 },
      { text: 'x'.repeat(401) },
    ]) {
      expect(await codes(input)).toEqual(['BAD_USER_INPUT']);
    }
  });

  it('pages through everything once, and refuses a cursor of another search', async () => {
    const names = Array.from({ length: 12 }, (_, n) => `Cello ${String(n).padStart(2, '0')}`);
    for (const name of names) await listing(hub, { organizationId, name });
    await rebuild();
    for (const more of [{}, { facts: { ageYears: 30 } }]) {
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const args: string = after === null ? ', first: 5' : `, first: 5, after: "${after}"`;
        const found = await search(
          { organizationId, text: 'cello', ...more },
          'total totalIsExact pageInfo { hasNextPage endCursor } edges { node { service { name } } }',
          args,
        );
        expect(found).toMatchObject({ total: 12, totalIsExact: true });
        seen.push(...namesOf(found));
        after = found.pageInfo.hasNextPage ? found.pageInfo.endCursor : null;
        if (after !== null) {
          await expect(search({ text: 'viola' }, 'total', `, after: "${after}"`)).rejects.toThrow('after');
        }
      } while (after !== null && seen.length < 50);
      expect(seen.toSorted()).toEqual(names);
    }
  });

  it('knows what is open now in the zone of the listing', async () => {
    await listing(hub, { organizationId, name: 'Open', hours: [{ byday: 'MO', opens: '09:00', closes: '17:00' }] });
    await listing(hub, { organizationId, name: 'Later', hours: [{ byday: 'MO', opens: '11:00', closes: '17:00' }] });
    await listing(hub, {
      organizationId,
      name: 'Further west',
      hours: [{ byday: 'MO', opens: '09:00', closes: '17:00' }],
      columns: { time_zone: 'America/Denver' },
    });
    await listing(hub, { organizationId, name: 'Unknown' });
    await rebuild();
    const found = await search(
      { organizationId, openNow: true },
      'total totalIsExact edges { node { service { name } } } facets { categories { count } }',
    );
    expect(namesOf(found)).toEqual(['Open']);
    expect(found).toMatchObject({ total: 1, totalIsExact: true, facets: { categories: [{ count: 1 }] } });
  });

  it('says whom a service is for, ranks by it, and leaves out what is not when asked', async () => {
    const rule = (name: string, rules: object[]) =>
      listing(hub, { organizationId, name, columns: { eligibility_rules: JSON.stringify(rules) } });
    await rule('Veterans only', [{ kind: 'VETERAN' }]);
    await rule('Seniors', [{ kind: 'AGE', min: 60 }]);
    await rule('Low income', [{ kind: 'INCOME', maxPercent: 200 }]);
    await rebuild();
    const fields = 'edges { node { service { name } fit { verdict failed ask } } }';
    const facts = { ageYears: 70, veteran: false };
    const found = await search({ organizationId, facts }, fields);
    expect(found.edges.map((edge: { node: { fit: unknown } }) => edge.node.fit)).toEqual([
      { verdict: 'MATCH', failed: [], ask: [] },
      {
        verdict: 'UNKNOWN',
        failed: [],
        ask: ['What is the household’s yearly income?', 'How many people live in the household?'],
      },
      { verdict: 'NO_MATCH', failed: ['Veterans'], ask: [] },
    ]);
    expect(namesOf(await search({ organizationId, facts, fitsOnly: true }, fields))).toEqual(['Seniors', 'Low income']);
  });

  it('knows the facts of a patient of the caller’s, and nothing of anybody else’s', async () => {
    const mine = await careManager(hub);
    const patientId = await patient(hub, { organizationId: mine.organization.id }, { birth_date: '1950-05-05' });
    await listing(hub, {
      organizationId,
      name: 'Seniors',
      columns: { eligibility_rules: JSON.stringify([{ kind: 'AGE', min: 60 }]) },
    });
    await rebuild();
    const found = await search({ organizationId, patientId }, 'edges { node { fit { verdict } } }', '', mine);
    expect(found.edges).toEqual([{ node: { fit: { verdict: 'MATCH' } } }]);
    expect(await codes({ patientId }, await careManager(hub))).toEqual(['NOT_FOUND']);
    expect(await codes({ patientId }, await agencyStaff(hub))).toEqual(['FORBIDDEN']);
    expect(await codes({ patientId })).toEqual(['UNAUTHENTICATED']);
    const audit = await hub.sql<{ action: string; org_id: string }>(
      'select action, org_id from hub.audit where patient_id = $1',
      [patientId],
    );
    expect(audit).toEqual([{ action: expect.any(String), org_id: mine.organization.id }]);
  });

  it('counts what the results have in common, and reads the words', async () => {
    await listing(hub, { organizationId, name: 'Groceries', languages: ['es'], columns: { is_free: true } });
    await listing(hub, {
      organizationId,
      name: 'Hot Meals',
      columns: { takes_referrals: true, capacity_status: 'CAPACITY', capacity_updated_at: hub.clock.now() },
    });
    await rebuild();
    const fields = `facets { categories { category { code } count } languages { value label count } free takesReferrals hasRoom }
      understood { corrected synonyms category { code } dropped }`;
    const found = await search({ organizationId, text: 'comda' }, fields);
    expect(found.facets).toEqual({
      categories: [{ category: { code: 'food-insecurity' }, count: 2 }],
      languages: [{ value: 'es', label: 'Spanish', count: 1 }],
      free: 1,
      takesReferrals: 1,
      hasRoom: 1,
    });
    expect(found.understood).toMatchObject({ corrected: 'comida', category: { code: 'food-insecurity' }, dropped: [] });
    expect(found.understood.synonyms).toContain('groceries');
  });

  it('suggests services, agencies and categories from the first letters', async () => {
    await listing(hub, { organizationId, name: 'Foodmobile Tuesdays' });
    await rebuild();
    const { suggestServices } = await anyone.gql('query { suggestServices(text: "foo") { kind text id } }');
    expect(suggestServices[0]).toEqual({ kind: 'CATEGORY', text: 'Food', id: 'food-insecurity' });
    expect(suggestServices).toContainEqual(expect.objectContaining({ kind: 'SERVICE', text: 'Foodmobile Tuesdays' }));
  });

  it('finds places', async () => {
    const place = async (text: string) =>
      (await anyone.gql('query($text: String!) { place(text: $text) { label state county } }', { text })).place;
    expect(await place('21201')).toEqual({ label: 'Baltimore, MD 21201', state: 'MD', county: 'Baltimore City' });
    expect(await place('columbia md')).toMatchObject({ label: 'Columbia, MD', county: 'Howard' });
    expect(await place('Howard County, MD')).toMatchObject({ label: 'Howard County, MD', county: 'Howard' });
    expect(await place('xyzzy')).toBeNull();
  });

  it('forgets a listing that is no longer offered, and learns one that is changed', async () => {
    const row = await listing(hub, { organizationId, name: 'Tuba Tuesdays' });
    await rebuild();
    expect(namesOf(await search({ text: 'tuba' }))).toEqual(['Tuba Tuesdays']);
    await hub.sql(`update hub.service set status = 'inactive' where id = $1`, [row.id]);
    await rebuild();
    expect(namesOf(await search({ text: 'tuba' }))).toEqual([]);
  });
});
