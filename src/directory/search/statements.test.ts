import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymous, careManager, type Visitor } from '../../../test/actors.js';
import { organization } from '../../../test/factories.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { addEverything, listing } from '../../../test/listings.js';
import { asTask } from '../../platform/database/operation.js';
import { listStatements } from '../../platform/database/statements.js';
import { rebuildSearch } from '../index.js';

/** What the page of results in the web client shows. */
const SHOWN = `total facets { categories { count } languages { label } } edges { node { distanceMiles latitude
  site { id location { id name addresses { city } } }
  service { id name isFree organization { id name } phones { number } languages { code } terms { name } capacity { status }
    freshness { state verifiedBy } openState { state } weekHours { days opensAt } } } }`;
/** What is near and open now, what the words say, what is found, what is shown of it; who calls goes out with the begin. */
const STEPS = 4;

describe('the statements of a search', () => {
  let hub: TestHub;
  let anyone: Visitor;
  let organizationId: string;

  const search = (text: string, shown = SHOWN, who = anyone) =>
    who.gql(`query($input: SearchServicesInput!) { searchServices(input: $input, first: 20) { ${shown} } }`, {
      input: { text, organizationId, near: { place: '21044' } },
    });
  const statements = async (...asked: Parameters<typeof search>) => {
    // What is read once a minute has been read.
    await search(...asked);
    return listStatements(hub.orm, () => search(...asked));
  };

  beforeAll(async () => {
    hub = await testHub({ now: '2026-11-23T15:00:00Z' }); // Monday, 10:00 in New York
    anyone = await anonymous(hub);
    organizationId = (await organization(hub, { name: 'Many Pantries' })).id;
    for (let n = 0; n < 20; n += 1) {
      const row = await listing(hub, { organizationId, site: true, name: `Bread pantry ${n}` });
      if (n % 2 === 0) await addEverything(hub, row);
    }
    await listing(hub, { organizationId, site: true, name: 'Halal kitchen' });
    await rebuildSearch(asTask(hub.orm));
  });
  afterAll(() => hub.stop());

  it('are one for each step, however much is found and shown', async () => {
    const signedIn = await careManager(hub);
    expect((await statements('bread', SHOWN, signedIn)).length).toBe(STEPS);
    expect((await statements('bread')).length).toBe(STEPS);
    expect((await statements('halal')).length).toBe(STEPS);
  });

  it('are one more where a word is misspelled', async () => {
    const { searchServices: found } = await search('braed', `understood { corrected } ${SHOWN}`);
    expect(found).toMatchObject({ understood: { corrected: 'bread' }, total: 20 });
    expect((await statements('braed')).length).toBe(STEPS + 1);
  });

  it('are no more where little is found and all of its category is looked through', async () => {
    const { searchServices: found } = await search('soup kitchen', `understood { synonyms } ${SHOWN}`);
    expect(found.total).toBeGreaterThanOrEqual(20);
    expect((await statements('soup kitchen')).length).toBe(STEPS);
  });

  it('count what results have in common only for those who look', async () => {
    const counting = (all: string[]) => all.some((sql) => sql.includes("json_build_object('categories'"));
    expect(counting(await statements('bread'))).toBe(true);
    expect(counting(await statements('bread', 'total edges { node { service { name } } }'))).toBe(false);
  });

  it('show the same whether fields are asked for together or each alone', async () => {
    type Edges = { edges: { node: { service: Record<string, unknown> } }[] };
    const whole: Edges = (await search('bread')).searchServices;
    const fields = [
      'isFree',
      'organization { id name }',
      'phones { number }',
      'languages { code }',
      'terms { name }',
      'capacity { status }',
      'freshness { state verifiedBy }',
      'openState { state }',
      'weekHours { days opensAt }',
    ];
    for (const field of fields) {
      const alone: Edges = (await search('bread', `edges { node { service { id name ${field} } } }`)).searchServices;
      const name = field.split(' ')[0] ?? '';
      const only = ({ edges }: Edges) => edges.map(({ node }) => [node.service['id'], node.service[name]]);
      expect(only(alone)).toEqual(only(whole));
    }
    const [first] = whole.edges;
    expect(whole.edges.length).toBe(20);
    expect(first?.node).toMatchObject({ site: { location: { addresses: [{ city: 'Columbia' }] } } });
    expect(whole.edges.some(({ node }) => (node.service['phones'] as unknown[]).length > 0)).toBe(true);
  });
});
