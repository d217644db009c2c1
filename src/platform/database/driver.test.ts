import type { MikroORM } from '@mikro-orm/postgresql';
import { Client, type Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cloneDatabase } from '../../../test/database.js';
import { testSecret } from '../../../test/secret.js';
import { createLog } from '../log.js';
import { openOrm } from './open.js';
import { OperationDb, type Session } from './operation.js';
import { urlFor } from './roles.js';
import { listStatements } from './statements.js';

const session: Session = { role: 'hub_app', variables: { 'hub.org_id': '', statement_timeout: 2000 } };

describe('the driver', () => {
  let orm: MikroORM;
  let owner: Client;
  let url: string;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    const clone = await cloneDatabase();
    drop = clone.drop;
    owner = new Client({ connectionString: clone.url });
    await owner.connect();
    url = urlFor(clone.url, 'hub_login', testSecret);
    orm = await openOrm(url, [], 3, createLog('silent'));
  });

  afterAll(async () => {
    await orm.close(true);
    await owner.end();
    await drop();
  });

  const pool = () => orm.em.getConnection().getNativeClient() as Promise<Pool>;
  const free = async () => {
    const { totalCount, idleCount, waitingCount } = await pool();
    return totalCount === idleCount && waitingCount === 0;
  };
  const pid = async (db: OperationDb) => {
    const rows = await (await db.em()).execute<{ pid: number }[]>('select pg_backend_pid() as pid');
    return rows[0]!.pid;
  };
  const works = async () => {
    const db = new OperationDb(orm, session);
    expect(await (await db.em()).execute('select current_user::text as who')).toEqual([{ who: 'hub_app' }]);
    await db.end();
    expect(await free()).toBe(true);
  };

  it('gives every slot back when connections die inside read transactions', async () => {
    for (let round = 0; round < 7; round += 1) {
      const db = new OperationDb(orm, session);
      await owner.query('select pg_terminate_backend($1)', [await pid(db)]);
      await expect(pid(db)).rejects.toThrow();
      await db.end();
    }
    await works();
  });

  it('gives every slot back when connections die inside writes and at commit', async () => {
    for (let round = 0; round < 7; round += 1) {
      const db = new OperationDb(orm, session);
      const write = db.write(async () => {
        await owner.query('select pg_terminate_backend($1)', [await pid(db)]);
        if (round % 2 === 0) await pid(db);
      });
      await expect(write).rejects.toThrow();
      await db.end();
    }
    await works();
  });

  it('gives every slot back when BEGIN itself fails', async () => {
    for (let round = 0; round < 7; round += 1) {
      const db = new OperationDb(orm, { role: 'no_such_role' as Session['role'] });
      await expect(db.em()).rejects.toThrow();
      await db.end();
      await expect(db.write(async () => undefined)).rejects.toThrow();
    }
    await works();
  });

  it('cuts a long statement on the server and goes on with the same connection', async () => {
    const db = new OperationDb(orm, { ...session, variables: { statement_timeout: 50 } });
    await expect(db.em().then((em) => em.execute('select pg_sleep(3)'))).rejects.toThrow(/statement timeout/);
    await db.end();
    await works();
  });

  it('destroys a connection whose answer did not come in time', async () => {
    const impatient = await openOrm(url, [], 2, createLog('silent'), { query_timeout: 150 });
    for (let round = 0; round < 3; round += 1) {
      const db = new OperationDb(impatient, { role: 'hub_app' });
      const em = await db.em();
      await expect(em.execute('select pg_sleep(2)')).rejects.toThrow(/timeout/);
      await db.end();
    }
    const native = (await impatient.em.getConnection().getNativeClient()) as Pool;
    expect([native.totalCount, native.waitingCount]).toEqual([0, 0]);
    await impatient.close(true);
  });

  it('leaves nothing of a caller on the connection', async () => {
    const db = new OperationDb(orm, {
      role: 'hub_app',
      variables: { 'hub.org_id': 'somebody', statement_timeout: 777 },
    });
    await pid(db);
    await db.end();
    const { rows } = await (
      await pool()
    ).query(
      `select current_user::text as who, current_setting('hub.org_id', true) as org, current_setting('statement_timeout') as limit`,
    );
    expect(rows).toEqual([{ who: 'hub_login', org: '', limit: '5s' }]);
  });

  it('sends BEGIN and the context in one round trip', async () => {
    const db = new OperationDb(orm, session);
    expect(await listStatements(orm, () => pid(db))).toEqual(['select pg_backend_pid() as pid']);
    await db.end();
  });

  it('has no rights outside a transaction', async () => {
    await expect(orm.em.fork().execute('select * from hub.audit')).rejects.toThrow(/permission denied/);
  });

  it('reports a commit that PostgreSQL turned into a rollback', async () => {
    const db = new OperationDb(orm, session);
    const write = db.write(async (em) => {
      await em.execute('select 1/0').catch(() => undefined);
    });
    await expect(write).rejects.toThrow(/rolled back/);
    await works();
  });
});
