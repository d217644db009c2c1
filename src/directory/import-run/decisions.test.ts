import { gql } from 'graphql-request';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insert } from '../../../test/factories.js';
import { importDesk } from '../../../test/import-desk.js';
import { listing } from '../../../test/listings.js';
import { newId } from '../../platform/id.js';

let desk: Awaited<ReturnType<typeof importDesk>>;
beforeAll(async () => {
  desk = await importDesk();
});
afterAll(() => desk.stop());

describe('what an import leaves to decide', () => {
  const conflicts = gql`
    query {
      importConflicts {
        edges {
          node {
            id
            entity
            field
            ours
            theirs
            name
            service {
              id
            }
            setByAgency
          }
        }
      }
    }
  `;
  const proposals = gql`
    query {
      retireProposals {
        edges {
          node {
            id
            entity
            name
            service {
              id
            }
          }
        }
      }
    }
  `;
  const settle = gql`
    mutation ($input: SettleImportConflictInput!) {
      settleImportConflict(input: $input) {
        settled
        userErrors {
          code
        }
      }
    }
  `;
  const retire = gql`
    mutation ($input: SettleRetireProposalInput!) {
      settleRetireProposal(input: $input) {
        settled
        userErrors {
          code
        }
      }
    }
  `;
  const read = async (document: string, root: string) =>
    (await desk.actor.gql(document))[root].edges.map(({ node }: { node: Record<string, unknown> }) => node);
  const source = 'Deciding county';
  const columns = [
    { column: 'name', target: 'service.name' },
    { column: 'id', target: 'row.id' },
    { column: 'description', target: 'service.description' },
    { column: 'phone', target: 'phone.number' },
  ];

  async function bring(text: string): Promise<void> {
    const { id } = await desk.send(text, { name: 'list.csv' });
    await desk.confirmed((await desk.tried(id, source, columns)).id);
  }

  it('a correction survives; the source may be told off once, or taken over', async () => {
    await bring('id,name,description,phone\n1,One,Old words,410-555-0101\n2,Two,Words,410-555-0102\n');
    const [one, two] = await desk.services(source);
    const owns = `insert into hub.field_owner (entity, entity_id, field, owner) values ('service', $1, $2, 'CURATOR')`;
    await desk.hub.sql(`update hub.service set description = 'Our words' where id = any ($1::uuid[])`, [
      [one?.id, two?.id],
    ]);
    await desk.hub.sql(owns, [one?.id, 'description']);
    await desk.hub.sql(owns, [two?.id, 'description']);
    await desk.hub.sql(owns, [one?.id, 'phones']);
    await desk.hub.sql(`update hub.phone set number = '410-555-0199' where service_id = $1`, [one?.id]);
    const next = 'id,name,description,phone\n1,One,New words,410-555-0111\n2,Two,Words,410-555-0102\n';
    await bring(next);
    const found = await read(conflicts, 'importConflicts');
    expect(found).toHaveLength(3);
    const of = (id: string | undefined, field: string) =>
      found.find(
        (c: Record<string, unknown>) => (c['service'] as { id: string } | null)?.id === id && c['field'] === field,
      );
    expect(of(one?.id, 'description')).toMatchObject({
      ours: 'Our words',
      theirs: 'New words',
      name: 'One',
      setByAgency: false,
    });
    expect(of(one?.id, 'phones')).toMatchObject({ ours: '410-555-0199', theirs: '410-555-0111' });
    const decide = (id: unknown, decision: string) => desk.actor.gql(settle, { input: { id, decision } });
    await decide(of(one?.id, 'description')?.id, 'TAKE_THEIRS');
    await decide(of(one?.id, 'phones')?.id, 'TAKE_THEIRS');
    await decide(of(two?.id, 'description')?.id, 'KEEP_OURS');
    expect((await decide(of(two?.id, 'description')?.id, 'KEEP_OURS')).settleImportConflict.userErrors).toEqual([
      { code: 'ALREADY_DECIDED' },
    ]);
    expect(
      await desk.hub.sql('select description from hub.service where id = any ($1::uuid[]) order by name', [
        [one?.id, two?.id],
      ]),
    ).toEqual([{ description: 'New words' }, { description: 'Our words' }]);
    expect(await desk.hub.sql('select number from hub.phone where service_id = $1', [one?.id])).toEqual([
      { number: '410-555-0111' },
    ]);

    await bring(next);
    expect(await read(conflicts, 'importConflicts')).toEqual([]);
    await bring(next.replace('2,Two,Words', '2,Two,Other words'));
    expect(await read(conflicts, 'importConflicts')).toMatchObject([
      { service: { id: two?.id }, ours: 'Our words', theirs: 'Other words' },
    ]);
    await bring(next.replace('2,Two,Words', '2,Two,Our words'));
    expect(await read(conflicts, 'importConflicts')).toEqual([]);
  });

  it('what is gone from a source stays until a curator retires it, and is not asked again when kept', async () => {
    await bring('id,name,description,phone\n1,One,New words,410-555-0111\n');
    const [gone] = (await read(proposals, 'retireProposals')).filter(
      (p: Record<string, unknown>) => p['entity'] === 'service',
    );
    expect(gone).toMatchObject({ name: 'Two' });
    await desk.actor.gql(retire, { input: { id: gone.id, decision: 'KEEP' } });
    await bring('id,name,description,phone\n1,One,New words,410-555-0111\n');
    expect(
      (await read(proposals, 'retireProposals')).filter((p: Record<string, unknown>) => p['entity'] === 'service'),
    ).toEqual([]);

    await bring('id,name,description,phone\n1,One,New words,410-555-0111\n2,Two,Our words,410-555-0102\n');
    await bring('id,name,description,phone\n1,One,New words,410-555-0111\n');
    const [again] = (await read(proposals, 'retireProposals')).filter(
      (p: Record<string, unknown>) => p['entity'] === 'service',
    );
    await desk.actor.gql(retire, { input: { id: again.id, decision: 'RETIRE' } });
    expect(await desk.hub.sql('select status from hub.service where id = $1', [again.service.id])).toEqual([
      { status: 'defunct' },
    ]);
  });

  it('a place that is gone from a source is taken out when nothing stands there any more, and comes back whole', async () => {
    const [source] = await desk.hub.sql<{ id: string }>('select id from hub.import_source limit 1');
    const run = await desk.hub.sql<{ id: string }>('select id from hub.import_run where source_id = $1 limit 1', [
      source?.id,
    ]);
    const row = await listing(desk.hub, { site: true });
    const propose = async (entity: string, entityId: string | null) => {
      const id = newId();
      await insert(desk.hub, 'retire_proposal', {
        id,
        source_id: source?.id,
        run_id: run[0]?.id,
        entity,
        entity_id: entityId,
      });
      return id;
    };
    const decide = async (id: string) =>
      (await desk.actor.gql(retire, { input: { id, decision: 'RETIRE' } })).settleRetireProposal.userErrors;
    const state = () =>
      desk.hub.sql(
        `select l.id, l.name, a.address_1, (select count(*)::int from hub.service_at_location s where s.location_id = l.id) as sites
         from hub.location l join hub.address a on a.location_id = l.id where l.id = $1`,
        [row.locationId],
      );
    const before = await state();
    const place = await propose('location', row.locationId);
    expect(await decide(place)).toEqual([{ code: 'IN_USE' }]);
    expect(await decide(await propose('service_at_location', row.siteId))).toEqual([]);
    expect(await decide(place)).toEqual([]);
    expect(await state()).toEqual([]);
    for (const [entity, id] of [
      ['LOCATION', row.locationId],
      ['SERVICE_AT_LOCATION', row.siteId],
    ]) {
      const { undoRecord } = await desk.actor.gql(
        'mutation ($input: UndoRecordInput!) { undoRecord(input: $input) { userErrors { code } } }',
        { input: { entity, id } },
      );
      expect(undoRecord.userErrors).toEqual([]);
    }
    expect(await state()).toEqual(before);
  });
});
