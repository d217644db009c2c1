import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymous, careManager, curator, type Visitor } from '../../../test/actors.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { listing } from '../../../test/listings.js';
import { asTask } from '../../platform/database/operation.js';
import { rebuildSearch } from '../index.js';

describe('synonyms of the search', () => {
  let hub: TestHub;
  let looking: Visitor;
  let anyone: Visitor;
  const found = async (text: string): Promise<string[]> =>
    (
      await anyone.gql(
        'query($text: String!) { searchServices(input: { text: $text }) { edges { node { service { name } } } } }',
        { text },
      )
    ).searchServices.edges.map((edge: { node: { service: { name: string } } }) => edge.node.service.name);
  const change = async (mutation: string, type: string, input: object) =>
    (
      await looking.gql(
        `mutation($input: ${type}!) { ${mutation}(input: $input) { synonym { id phrase means edited version } userErrors { code field } } }`,
        { input },
      )
    )[mutation];

  beforeAll(async () => {
    hub = await testHub();
    looking = await curator(hub);
    anyone = await anonymous(hub);
    await listing(hub, { name: 'Glockenspiel Evenings' });
    await rebuildSearch(asTask(hub.orm));
  });
  afterAll(() => hub.stop());

  it('are known to the search at once when a curator adds, changes and takes them out, and their history is kept', async () => {
    expect(await found('ding dong')).toEqual([]);
    const added = await change('addSynonym', 'AddSynonymInput', { phrase: 'Ding Dong!', means: [' glockenspiel '] });
    expect(added).toMatchObject({
      synonym: { phrase: 'ding dong', means: ['glockenspiel'], edited: true },
      userErrors: [],
    });
    expect(await found('ding dong')).toEqual(['Glockenspiel Evenings']);
    const { id, version } = added.synonym;
    const changed = await change('changeSynonym', 'ChangeSynonymInput', {
      id,
      expectedVersion: version,
      means: ['xylophone'],
    });
    expect(changed.synonym.version).toBe(version + 1);
    expect(await found('ding dong')).toEqual([]);
    await change('removeSynonym', 'RemoveSynonymInput', { id, expectedVersion: version + 1 });
    const { searchSynonymHistory } = await looking.gql(
      'query { searchSynonymHistory(first: 3) { edges { node { phrase action meansBefore meansAfter } } } }',
    );
    expect(searchSynonymHistory.edges.map((edge: { node: object }) => edge.node)).toEqual([
      { phrase: 'ding dong', action: 'REMOVED', meansBefore: ['xylophone'], meansAfter: [] },
      { phrase: 'ding dong', action: 'CHANGED', meansBefore: ['glockenspiel'], meansAfter: ['xylophone'] },
      { phrase: 'ding dong', action: 'ADDED', meansBefore: [], meansAfter: ['glockenspiel'] },
    ]);
  });

  it('stay as a curator left them when the hub starts again', async () => {
    const list = async (text: string) =>
      (
        await looking.gql(
          'query($text: String) { searchSynonyms(text: $text) { edges { node { id phrase means version } } } }',
          { text },
        )
      ).searchSynonyms.edges.map(
        (edge: { node: { id: string; phrase: string; means: string[]; version: number } }) => edge.node,
      );
    const grub = (await list('grub')).find((one: { phrase: string }) => one.phrase === 'grub');
    await change('changeSynonym', 'ChangeSynonymInput', {
      id: grub.id,
      expectedVersion: grub.version,
      means: ['larvae'],
    });
    const light = (await list('light bill')).find((one: { phrase: string }) => one.phrase === 'light bill');
    await change('removeSynonym', 'RemoveSynonymInput', { id: light.id, expectedVersion: light.version });
    await rebuildSearch(asTask(hub.orm));
    expect(await list('grub')).toMatchObject([{ phrase: 'grub', means: ['larvae'] }]);
    expect((await list('light bill')).map((one: { phrase: string }) => one.phrase)).not.toContain('light bill');
  });

  it('are overwritten by nobody who has not seen what another curator made of them', async () => {
    const { synonym } = await change('addSynonym', 'AddSynonymInput', { phrase: 'tick tock', means: ['clock'] });
    const { id, version: expectedVersion } = synonym;
    await change('changeSynonym', 'ChangeSynonymInput', { id, expectedVersion, means: ['watch'] });
    const late = (mutation: string) =>
      looking.codes(
        `mutation($input: ${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input!) { ${mutation}(input: $input) { synonym { id } } }`,
        {
          input: { id, expectedVersion },
        },
      );
    expect(await late('changeSynonym')).toEqual(['CONFLICT']);
    expect(await late('removeSynonym')).toEqual(['CONFLICT']);
    const { searchSynonyms } = await looking.gql(
      'query { searchSynonyms(text: "tick tock") { edges { node { means } } } }',
    );
    expect(searchSynonyms.edges).toEqual([{ node: { means: ['watch'] } }]);
  });

  it('are refused when they say nothing or are there, and are a curator’s', async () => {
    const refused = async (input: object) => (await change('addSynonym', 'AddSynonymInput', input)).userErrors;
    expect(await refused({ phrase: 'food', means: ['meals'] })).toEqual([{ code: 'EXISTS', field: 'phrase' }]);
    expect(await refused({ phrase: '!!', means: ['meals'] })).toEqual([{ code: 'REQUIRED', field: 'phrase' }]);
    expect(await refused({ phrase: 'zoom', means: [' '] })).toEqual([{ code: 'REQUIRED', field: 'means' }]);
    const other = await careManager(hub);
    const add = 'mutation { addSynonym(input: { phrase: "a", means: ["b"] }) { userErrors { code } } }';
    expect(await other.codes(add)).toEqual(['FORBIDDEN']);
    expect(await anyone.codes('query { searchSynonyms { edges { cursor } } }')).toEqual(['UNAUTHENTICATED']);
  });
});
