import { createApp } from './app.js';
import { fillWhenEmpty } from './demo/index.js';
import { readConfig } from './platform/config.js';
import { expectFree } from './platform/http/port.js';
import { runProcess } from './process.js';

await runProcess(async (say) => {
  const config = readConfig(process.env);
  await expectFree(config);
  const app = await createApp(config);
  try {
    if (config.demo) {
      const rows = await fillWhenEmpty(app.platform, app.database.ownerUrl);
      if (rows !== null) say(`A fictional demo network was loaded (${rows} rows).`);
    }
    const url = await app.listen();
    if (config.worker) await app.jobs.start();
    say(`The hub is open at ${config.baseUrl ?? url}`);
    for (const line of await app.welcome()) say(line);
  } catch (error) {
    await app.close();
    throw error;
  }
  return app;
});
