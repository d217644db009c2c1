import { gql } from 'graphql-request';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { importDesk } from '../../../test/import-desk.js';
import { countStatements } from '../../platform/database/statements.js';
import { addressOf } from '../../../test/actors.js';

let desk: Awaited<ReturnType<typeof importDesk>>;
beforeAll(async () => {
  desk = await importDesk();
});
afterAll(() => desk.stop());

const problems = gql`
  query ($id: ID!) {
    importRun(id: $id) {
      problems(first: 50) {
        edges {
          node {
            code
            name
            message
            service {
              name
            }
          }
        }
      }
    }
  }
`;
interface Said {
  code: string;
  name: string | null;
  message: string;
  service: { name: string } | null;
}
const said = async (id: string): Promise<Said[]> =>
  (await desk.actor.gql(problems, { id })).importRun.problems.edges.map(({ node }: { node: Said }) => node);

const house = 'A safe house for survivors of domestic violence.';
const list = (rows: number) =>
  JSON.stringify(
    Array.from({ length: rows }, (_, n) => ({
      id: `s${n}`,
      name: `Comet House ${n}`,
      status: 'active',
      description: house,
      organization: { id: 'o1', name: 'Fictional Comet Agency', description: 'Fictional.' },
      phones: [{ id: `p${n}`, number: '12' }],
    })),
  );

it('a problem says what its row is called, and leads to the listing once that came in', async () => {
  const { id } = await desk.send(list(1), { name: 'services.json' });
  const trial = await desk.tried(id, 'Named');
  const shelter = { code: 'CONFIDENTIAL_PLACE', name: 'Comet House 0', message: expect.any(String) };
  expect(await said(trial.id)).toContainEqual({ ...shelter, service: null });
  const done = await desk.confirmed(trial.id);
  const after = await said(done.id);
  const service = { name: 'Comet House 0' };
  expect(after).toContainEqual({ ...shelter, service });
  // A number has no name of its own: it hangs on the listing.
  expect(after).toContainEqual({ code: 'BAD_PHONE', name: null, message: expect.stringContaining('"12"'), service });
  const csv = await fetch(`${await addressOf(desk.hub)}/imports/${done.id}/problems.csv`, {
    headers: { authorization: `Bearer ${desk.actor.token}` },
  });
  expect(await csv.text()).toMatch(/CONFIDENTIAL_PLACE,.*,Comet House 0\r\n/);
});

it('what hangs on no agency is said without the name of a column', async () => {
  const { id } = await desk.send('id,organization_id,name\ns1,,Fictional lost lunch\n', { name: 'services.csv' });
  const [lost] = await said((await desk.tried(id, 'Lost')).id);
  expect(lost).toEqual({
    code: 'EMPTY_REQUIRED',
    name: 'Fictional lost lunch',
    message: 'It names no organization; every service needs one.',
    service: null,
  });
});

it('a page of problems costs as many statements as one problem', async () => {
  const run = async (rows: number) => {
    const { id } = await desk.send(list(rows), { name: 'services.json' });
    return (await desk.confirmed((await desk.tried(id, `Counted ${rows}`)).id)).id;
  };
  const [few, many] = [await run(1), await run(20)];
  const cost = (id: string) => countStatements(desk.hub.orm, () => said(id));
  await cost(many);
  expect(await cost(many)).toBe(await cost(few));
});
