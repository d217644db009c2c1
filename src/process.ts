import { inspect } from 'node:util';
import { StartError } from './platform/start-error.js';

/** A part of the hub that runs. */
interface Part {
  close(): Promise<void>;
  /** Settles when it cannot go on. */
  lost?: Promise<Error>;
}

/** How long a stop may take before the process ends anyway: a statement's longest time and some. */
const stopMs = 25_000;

/** Runs a part of the hub as a process: one clear line when it cannot start, a graceful stop on SIGINT and SIGTERM. */
export async function runProcess(start: (say: (line: string) => void) => Promise<Part>): Promise<void> {
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  let stopping = false;
  let started: Promise<Part> | undefined;
  const stop = (failed = false): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), stopMs).unref();
    // A stop that comes while it starts waits for the start: half-open parts would be left behind.
    started
      ?.then((app) => app.close())
      .then(
        () => process.exit(failed ? 1 : 0),
        () => process.exit(1),
      );
  };
  process.on('SIGINT', () => stop());
  process.on('SIGTERM', () => stop());
  started = start(say);
  const part = await started.catch((error: unknown) => {
    process.stderr.write(`The hub cannot start. ${reasonOf(error)}\n`);
    process.exit(1);
  });
  // Whoever started it starts it again; going on would be one error for everybody, for ever.
  const end = (reason: Error): void => {
    process.stderr.write(`The hub ends. ${reason.message}\n`);
    stop(true);
  };
  void part.lost?.then(end);
}

/** One line. What a driver says holds addresses and statements, so of those the code must do; LOG_LEVEL=debug shows all. */
function reasonOf(error: unknown): string {
  if (error instanceof StartError) return error.message;
  if (/^(debug|trace)$/.test(process.env['LOG_LEVEL'] ?? '')) return inspect(error);
  const { code } = Object(error) as { code?: unknown };
  const what = typeof code === 'string' ? code : error instanceof Error ? error.message.split('\n', 1)[0] : 'no reason';
  return `Unexpected: ${what}. LOG_LEVEL=debug says more.`;
}
