import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the hub the journeys go through. */
    hubUrl: string;
  }
}

/** Starts a hub as `npm start` does, on a free port and a throw-away folder; HUB_URL names one that runs already. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['HUB_URL'];
  if (given) {
    project.provide('hubUrl', given);
    return async () => undefined;
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'hub-journeys-'));
  await chmod(dataDir, 0o711); // The database may run as another user.
  const child = spawn(process.execPath, [resolve('scripts/start.mjs')], {
    env: {
      ...process.env,
      PORT: '0',
      HUB_DATA_DIR: dataDir,
      HUB_DEMO: 'yes',
      NODE_ENV: 'development',
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const url = await new Promise<string>((found, failed) => {
    let said = '';
    const listen = (text: Buffer): void => {
      said += text.toString();
      const match = /The hub is open at (http\S+)/.exec(said);
      if (match?.[1]) found(match[1]);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('exit', (code) => failed(new Error(`The hub ended with ${code}:\n${said}`)));
    setTimeout(() => failed(new Error(`The hub did not open within 4 minutes:\n${said}`)), 240_000).unref();
  });
  project.provide('hubUrl', url);
  return async () => {
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    await ended;
    await rm(dataDir, { recursive: true, force: true });
  };
}
