import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOf } from '../../../test/actors.js';
import { organization } from '../../../test/factories.js';
import { hsds, lines } from '../../../test/hsds-client.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { HubConnection } from '../../platform/database/driver.js';

const MANY = 12_000;
let hub: TestHub;
let statements = 0;

const idle = async (): Promise<boolean> => {
  const pool = await hub.app.database.requestPool();
  return pool.totalCount === pool.idleCount && pool.waitingCount === 0;
};
/** Asks on a connection of its own, and takes nothing before it is told to. */
const stream = async (): Promise<IncomingMessage> => {
  const request = get(`${await addressOf(hub)}/hsds/services?format=ndjson`, { agent: false });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return response;
};

beforeAll(async () => {
  hub = await testHub();
  const { id } = await organization(hub);
  await hub.sql(
    `insert into hub.service (id, organization_id, name, description) select gen_random_uuid(), $1, 'Service ' || n, repeat('Help for many people. ', 50) from generate_series(1, ${MANY}) n`,
    [id],
  );
  const connection = hub.orm.em.getConnection('write');
  if (connection instanceof HubConnection) connection.statementListeners.add(() => (statements += 1));
});
afterAll(() => hub.stop());

describe('a stream', () => {
  it('gives every service once, and a whole page of ids is one page', async () => {
    const all = lines(await text(await stream()));
    expect(new Set(all.map(({ id }) => id as string)).size).toBe(MANY);
    const { json } = await hsds(hub, '/services?minimal=true');
    expect(json).toMatchObject({ total_items: MANY, total_pages: 1, size: MANY, last_page: true });
    expect(json['contents']).toHaveLength(MANY);
  });

  it('reads no further when nobody takes it, holds no connection meanwhile, and ends when the client goes away', async () => {
    const response = await stream();
    expect(response.statusCode).toBe(200);
    let before = -1;
    await expect.poll(() => {
      const still = statements === before;
      before = statements;
      return still;
    }, { interval: 500 }).toBe(true); // prettier-ignore
    // 6 batches of 4 statements and the transactions around them, were it read to its end.
    const all = 6 * 6;
    expect(await idle()).toBe(true);
    const paused = statements;
    response.destroy();
    await wait(500);
    expect(statements - paused).toBeLessThan(all / 4);
    expect(await idle()).toBe(true);
  });

  it('is refused beside two others of the same address, and given again when one of them ended', async () => {
    const both = [await stream(), await stream()];
    const third = await stream();
    expect([third.statusCode, third.headers['retry-after']]).toEqual([429, '30']);
    expect(JSON.parse(await text(third))).toMatchObject({ error: { code: 'TOO_MANY_STREAMS' } });
    for (const one of both) one.destroy();
    await expect
      .poll(async () => {
        const again = await stream();
        again.destroy();
        return again.statusCode;
      })
      .toBe(200);
  });
});
