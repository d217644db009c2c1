import { createServer } from 'node:net';
import { StartError } from '../start-error.js';

interface Where {
  host: string;
  port: number;
}

/** Why the hub cannot listen there, in one line for the person who started it. */
export function cannotListen(error: unknown, { host, port }: Where): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return new StartError(`Port ${port} is in use: choose another with PORT.`);
  if (code === 'EACCES') return new StartError(`Port ${port} needs more rights: choose one above 1023 with PORT.`);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new StartError(`HOST: ${host} is not an address of this machine.`);
  }
  return error;
}

/** Fails at once when the hub could not listen there, before a database is made and a demo is loaded for nothing. */
export async function expectFree(where: Where): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(cannotListen(error, where) as Error));
    server.listen({ port: where.port, host: where.host }, resolve);
  });
  await new Promise((resolve) => server.close(resolve));
}
