import { afterAll, beforeAll, expect, it } from 'vitest';
import { inLanguage } from '../../platform/sentences.js';
import { importDesk, tryIt } from '../../../test/import-desk.js';

let desk: Awaited<ReturnType<typeof importDesk>>;
beforeAll(async () => {
  desk = await importDesk();
});
afterAll(() => desk.stop());

it('an import that fails however often it is begun says so at last, and nobody waits for ever', async () => {
  const { id } = await desk.send('name,city\nFictional lunch,Columbia\n', { name: 'lunch.csv' });
  const { tryImport } = await desk.actor.gql(tryIt, { input: { uploadId: id, source: 'Spoiled' } });
  const run = tryImport.importRun.id as string;
  // What no reader foresaw, before the run began.
  await desk.hub.sql(`update hub.import_run set mapping = '5' where id = $1`, [run]);
  const status = () => desk.hub.sql('select status, message from hub.import_run where id = $1', [run]);
  await expect(desk.hub.runJobs()).rejects.toThrow();
  expect(await status()).toEqual([{ status: 'WAITING', message: null }]);
  await desk.hub.sql('update graphile_worker._private_jobs set run_at = now(), attempts = max_attempts - 1');
  await expect(desk.hub.runJobs()).rejects.toThrow();
  const message = 'Something went wrong on our side. Nothing of it was kept.';
  expect(await status()).toEqual([{ status: 'FAILED', message }]);
  expect(inLanguage(message, 'es')).toContain('No se guardó nada');
});
