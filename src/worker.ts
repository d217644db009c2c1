import { createApp } from './app.js';
import { readConfig } from './platform/config.js';
import { runProcess } from './process.js';

await runProcess(async (say) => {
  const app = await createApp(readConfig(process.env), { shared: true });
  await app.jobs.start();
  say('The worker runs');
  return app;
});
