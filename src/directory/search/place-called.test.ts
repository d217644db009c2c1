import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymous, type Visitor } from '../../../test/actors.js';
import { organization } from '../../../test/factories.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { listing } from '../../../test/listings.js';
import { asTask } from '../../platform/database/operation.js';
import { rebuildSearch } from '../index.js';

describe('a place without its state', () => {
  let hub: TestHub;
  let anyone: Visitor;
  beforeAll(async () => {
    hub = await testHub();
    anyone = await anonymous(hub);
    const organizationId = (await organization(hub)).id;
    for (const name of ['Food pantry', 'Food bank', 'English classes in Howard County']) {
      await listing(hub, { organizationId, name, site: true });
    }
    await rebuildSearch(asTask(hub.orm));
  });
  afterAll(() => hub.stop());
  const place = async (text: string) => (await anyone.gql(`query ($text: String!) { place(text: $text) { label } }`, { text })).place?.label ?? null; // prettier-ignore
  const search = (input: object) =>
    anyone
      .gql(`query ($input: SearchServicesInput!) { searchServices(input: $input) { total place { label } } }`, {
        input,
      })
      .then(({ searchServices }) => searchServices);

  it.each([
    ['Towson', 'Towson, MD'],
    ['baltimore', 'Baltimore, MD'],
    ['Howard County', 'Howard County, MD'],
    ['Columbia', 'Columbia, MD'],
    ['Towsen', 'Towson, MD'],
    ['Houston', 'Houston, TX'],
    ['100 N Charles St, Baltimore', 'Baltimore, MD'],
    ['100 N Charles St Baltimore', 'Baltimore, MD'],
    ['100 N Charles St, Baltimore MD', 'Baltimore, MD'],
    ['100 N Charles St, Baltimore, MD', 'Baltimore, MD'],
  ])('is the one of the ground the directory covers: %s', async (text, label) => {
    expect(await place(text)).toBe(label);
  });

  it('is asked back where several are as likely, and never guessed', async () => {
    expect(await place('Springfield')).toBeNull();
    expect(await place('xyzzy')).toBeNull();
    await expect(search({ text: 'food', near: { place: 'Springfield' } })).rejects.toThrow(
      /one of "Springfield, ..".* is expected/,
    );
    await expect(search({ text: 'food', near: { place: 'xyzzy' } })).rejects.toThrow('a ZIP code, "City, ST"');
    const { places } = await anyone.gql('{ places(text: "springf") }');
    expect(places.length).toBeGreaterThan(3);
    expect((await anyone.gql('{ places(text: "colum") }')).places[0]).toBe('Columbia, MD');
    expect((await anyone.gql('{ places(text: "zz") }')).places).toEqual([]);
  });

  it('is none where all the words are the name of somebody', async () => {
    expect(await search({ text: 'English classes in Howard County' })).toMatchObject({ place: null });
    expect(await search({ text: 'english classes howard county' })).toMatchObject({ place: null });
    expect((await search({ text: 'classes in Howard County' })).place?.label).toBe('Howard County, MD');
  });

  it.each([
    ['food in Towson', 'Towson, MD'],
    ['food pantry near Columbia', 'Columbia, MD'],
    ['food bank in Austin, TX', 'Austin, TX'],
    ['comida cerca de Baltimore', 'Baltimore, MD'],
    ['food in Howard County', 'Howard County, MD'],
    ['food 21044', 'Columbia, MD 21044'],
    ['food pantry baltimore md 21201', 'Baltimore, MD 21201'],
    ['food near 100 N Charles St, Baltimore', 'Baltimore, MD'],
    ['food baltimore', 'Baltimore, MD'],
    ['comida Silver Spring', 'Silver Spring, MD'],
    ['alexandria va', 'Alexandria, VA'],
    ['alexandria va food', 'Alexandria, VA'],
    ['food alexandria, va', 'Alexandria, VA'],
    ['food portland or', 'Portland, OR'],
    ['food in Gary, IN', 'Gary, IN'],
    ['food Bangor ME', 'Bangor, ME'],
    ['comida new york new york', 'New York, NY'],
    ['food Oklahoma City OK', 'Oklahoma City, OK'],
  ])('is understood among the words: %s', async (text, label) => {
    expect((await search({ text })).place).toEqual({ label });
  });

  it.each([
    'classes in english',
    'help in home',
    'food in need',
    'in accident',
    'food in Houston',
    'someone in crisis',
    'help me',
    'food or clothes',
    'food for me',
    'hi',
    'ok food',
    'comida para mi familia de la iglesia',
    'ayuda para mi',
    'feed me',
    'va benefits',
    'doctor for ms',
    'help with reading',
    'mobile pantry',
    'pantry mobile',
  ])('is not read into other words: %s', async (text) => {
    expect((await search({ text })).place).toBeNull();
  });
});
