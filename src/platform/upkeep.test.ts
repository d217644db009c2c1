import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testHub, type TestHub } from '../../test/hub.js';
import { asTask } from './database/operation.js';
import { enqueue } from './jobs/enqueue.js';
import { newId } from './id.js';
import { outboxMail } from './mail/outbox.js';
import { clearOldJobs, clearOldLetters } from './upkeep.js';

const DAY = 86_400_000;

describe('the nightly upkeep', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await testHub({ now: new Date(), env: { LETTERS_KEPT_DAYS: '10' } });
  });
  afterAll(() => hub.stop());

  const run = async (task: typeof clearOldLetters): Promise<void> => {
    await asTask(hub.orm).write((em) => enqueue(em, task, {}));
    await hub.runJobs();
  };

  it('clears letters that are older than the settings say, and no younger one', async () => {
    const mail = outboxMail(hub.platform.jobPool);
    const [old, young] = [newId(), newId()];
    for (const id of [old, young]) {
      await mail.send({ id, to: 'ann@example.org', subject: 'Hello', text: 'Words', purpose: 'test' });
    }
    const at = (days: number): Date => new Date(hub.clock.now().getTime() - days * DAY);
    await hub.sql('update hub.mail_outbox set created_at = $2 where id = $1', [old, at(10.1)]);
    await hub.sql('update hub.mail_outbox set created_at = $2 where id = $1', [young, at(9.9)]);
    await run(clearOldLetters);
    await run(clearOldLetters);
    expect(await hub.sql('select id from hub.mail_outbox')).toEqual([{ id: young }]);
  });

  it('clears jobs that were given up a quarter ago, and none that waits or was given up lately', async () => {
    const add = async (attempts: number, days: number): Promise<void> => {
      await hub.sql(
        `with made as (select id from graphile_worker.add_job('test.gone', run_at => now() + interval '1 year'))
         select id from made`,
      );
      await hub.sql(
        `update graphile_worker._private_jobs set attempts = $1, updated_at = $2 where id = (select max(id) from graphile_worker._private_jobs)`,
        [attempts, new Date(hub.clock.now().getTime() - days * DAY)],
      );
    };
    await add(25, 91);
    await add(25, 89);
    await add(3, 200);
    await run(clearOldJobs);
    const left = await hub.sql('select attempts from graphile_worker._private_jobs order by id');
    expect(left).toEqual([{ attempts: 25 }, { attempts: 3 }]);
  });
});
