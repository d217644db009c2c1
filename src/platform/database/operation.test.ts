import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testHub, type TestHub } from '../../../test/hub.js';
import { enqueue } from '../jobs/enqueue.js';
import { newId } from '../id.js';
import { asTask, OperationDb } from './operation.js';
import { countStatements } from './statements.js';

describe('one operation and its transactions', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await testHub();
  });
  afterAll(() => hub.stop());

  const one = async (db: OperationDb) =>
    (await db.em()).execute<{ tx: string; pid: number }[]>(
      'select pg_current_xact_id_if_assigned()::text as tx, pg_backend_pid() as pid',
    );
  const post = (em: EntityManager) =>
    em.execute(
      `insert into hub.mail_outbox (id, recipient, subject, body_text, purpose) values (?, 'a@example.org', 's', 't', 'test')`,
      [newId()],
    );
  const letter = (db: OperationDb) => db.write(post);
  const letters = async () => (await hub.sql<{ n: number }>('select count(*)::int as n from hub.mail_outbox'))[0]!.n;
  const waiting = async () =>
    (await hub.sql<{ n: number }>('select count(*)::int as n from graphile_worker._private_jobs'))[0]!.n;

  it('opens nothing when nothing is asked', async () => {
    const db = new OperationDb(hub.orm, { role: 'hub_app' });
    expect(await countStatements(hub.orm, () => db.end())).toBe(0);
  });

  it('reads on one connection, however many ask at once', async () => {
    const db = asTask(hub.orm);
    const rows = await Promise.all(Array.from({ length: 5 }, () => one(db)));
    expect(new Set(rows.map((row) => row[0]!.pid)).size).toBe(1);
    await db.end();
  });

  it('refuses to write in the transaction of the reads', async () => {
    const db = asTask(hub.orm);
    await expect(db.em().then((em) => em.execute('delete from hub.mail_outbox'))).rejects.toThrow(/read-only/);
    await db.end();
  });

  it('rolls a write back together with its job', async () => {
    const db = asTask(hub.orm);
    const before = [await letters(), await waiting()];
    const write = db.write(async (em) => {
      await post(em);
      await enqueue(em, 'nothing', { id: newId() });
      throw new Error('no');
    });
    await expect(write).rejects.toThrow('no');
    expect([await letters(), await waiting()]).toEqual(before);
  });

  it('keeps a write together with its job', async () => {
    const db = asTask(hub.orm);
    const [l, w] = [await letters(), await waiting()];
    await db.write(async (em) => {
      await post(em);
      await enqueue(em, 'nothing', { id: newId() });
    });
    expect([await letters(), await waiting()]).toEqual([l + 1, w + 1]);
  });

  it('lets code that holds an outer EntityManager land in the same transaction', async () => {
    const db = asTask(hub.orm);
    const before = await letters();
    const write = db.write(async () => {
      const em = await db.em();
      await em.execute(
        `insert into hub.mail_outbox (id, recipient, subject, body_text, purpose) values (?, 'b@example.org', 's', 't', 'test')`,
        [newId()],
      );
      throw new Error('no');
    });
    await expect(write).rejects.toThrow('no');
    expect(await letters()).toBe(before);
  });

  it('refuses a write inside a write, whose work would be undone with it or kept half done; another operation has its own', async () => {
    const db = asTask(hub.orm);
    const before = await letters();
    await expect(db.write(async () => db.write(() => letter(db)))).rejects.toThrow('A write inside a write');
    // Caught, it has done nothing: what stands around it is kept whole.
    await db.write(async () => {
      await expect(db.write(() => letter(db))).rejects.toThrow('A write inside a write');
    });
    expect(await letters()).toBe(before);
    await db.write(() => letter(asTask(hub.orm)));
    expect(await letters()).toBe(before + 1);
  });

  it('keeps two writes side by side apart', async () => {
    const db = asTask(hub.orm);
    const before = await letters();
    const [kept, lost] = await Promise.allSettled([
      letter(db),
      db.write(async (em) => {
        await post(em);
        throw new Error('no');
      }),
    ]);
    expect([kept.status, lost.status]).toEqual(['fulfilled', 'rejected']);
    expect(await letters()).toBe(before + 1);
  });

  it('never holds two connections', async () => {
    const pool = await hub.app.database.requestPool();
    const busy = () => pool.totalCount - pool.idleCount;
    const db = asTask(hub.orm);
    await one(db);
    expect(busy()).toBe(1);
    await db.write(async () => {
      await one(db);
      expect(busy()).toBe(1);
    });
    await one(db);
    expect(busy()).toBe(1);
    await db.end();
    expect(busy()).toBe(0);
  });

  it('serves forty writes at once that read first, on a pool of four', async () => {
    const work = Array.from({ length: 40 }, async () => {
      const db = asTask(hub.orm);
      await one(db);
      await letter(db);
      await one(db);
      await db.end();
    });
    await expect(Promise.all(work)).resolves.toHaveLength(40);
  });

  it('runs as the caller says, and as nobody when it says nothing', async () => {
    const [org, user] = [newId(), newId()];
    const db = new OperationDb(hub.orm, { role: 'hub_app', variables: { 'hub.org_id': org, 'hub.user_id': user } });
    const em = await db.em();
    expect(await em.execute('select current_user::text as who, hub.org() as org, hub.actor() as user')).toEqual([
      { who: 'hub_app', org, user },
    ]);
    await db.end();
    const nobody = new OperationDb(hub.orm, { role: 'hub_app' });
    expect(await (await nobody.em()).execute('select hub.org() as org')).toEqual([{ org: null }]);
    await nobody.end();
  });

  it('writes behind its reads, in a transaction of its own', async () => {
    const db = asTask(hub.orm);
    const before = await letters();
    const write = (...names: (string | null)[]) => ({
      name: 'write_letter',
      types: ['uuid', 'text', 'text'],
      text: "insert into hub.mail_outbox (id, recipient, subject, body_text, purpose) values ($1, 'a@example.org', $2, coalesce($3, 'none'), 'test')",
      runs: names.map((name) => [newId(), `O'Hara \\ "${name}"`, name]),
    });
    expect(await db.endWith(write('a'))).toBe(false);
    await db.em().then((em) => em.execute('select 1 / 0').catch(() => undefined));
    expect(await db.endWith(write('b', null))).toBe(true);
    expect(await letters()).toBe(before + 2);
    await one(db);
    expect(await db.endWith(write('c'))).toBe(true);
    const kept = await hub.sql(
      "select subject, body_text as text from hub.mail_outbox where purpose = 'test' and subject like 'O%' order by id",
    );
    expect(kept).toEqual([
      { subject: `O'Hara \\ "b"`, text: 'b' },
      { subject: `O'Hara \\ "null"`, text: 'none' },
      { subject: `O'Hara \\ "c"`, text: 'c' },
    ]);
  });

  it('says when what stands behind its reads fails, and keeps nothing of it', async () => {
    const db = asTask(hub.orm);
    const before = await letters();
    await one(db);
    const failing = {
      name: 'fail_late',
      types: ['integer'],
      text: 'delete from hub.mail_outbox where 1 / $1 = 1',
      runs: [['1'], ['0']],
    };
    await expect(db.endWith(failing)).rejects.toThrow(/division by zero/);
    expect(await letters()).toBe(before);
    await one(db);
    await db.end();
  });

  it('prepares what it sends often, and replaces a connection that a migration has outdated', async () => {
    await hub.sql('create table hub.shape (id integer); grant select on hub.shape to hub_task');
    const read = async () => {
      const db = asTask(hub.orm);
      try {
        return await sql`select id from hub.shape where id > ${0}`.execute((await db.em()).getKysely<unknown>());
      } finally {
        await db.end();
      }
    };
    for (let n = 0; n < 5; n += 1) await read();
    await hub.sql('alter table hub.shape alter column id type bigint');
    await expect(read()).rejects.toThrow(/result type/);
    expect((await read()).rows).toEqual([]);
    await hub.sql('drop table hub.shape');
  });

  it('counts the statements of Kysely and of the EntityManager alike', async () => {
    const db = asTask(hub.orm);
    const count = await countStatements(hub.orm, async () => {
      await one(db);
      const kysely = (await db.em()).getKysely<{ pg_class: { relname: string } }>();
      await kysely.selectFrom('pg_class').select('relname').limit(1).execute();
      await db.end();
    });
    expect(count).toBe(2);
  });
});
