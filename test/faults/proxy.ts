import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A line between the hub and its database that can be cut, silenced and mended. */
export class Line {
  readonly #upstream: { host: string; port: number };
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #port = 0;
  #silent = false;

  constructor(url: string) {
    const { hostname, port } = new URL(url);
    this.#upstream = { host: hostname, port: Number(port) };
  }

  /** Lets connections through; also after {@link down} or {@link silence}. */
  async up(): Promise<void> {
    if (this.#silent) this.reset();
    this.#silent = false;
    if (this.#server) return;
    const server = createServer((socket) => this.#accept(socket));
    server.listen(this.#port, '127.0.0.1');
    await once(server, 'listening');
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  /** The address of the database as it is reached through this line. */
  through(url: string): string {
    return Object.assign(new URL(url), { host: `127.0.0.1:${this.#port}` }).href;
  }

  /** Cuts every connection, as a database does that falls over. */
  reset(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
    this.#sockets.clear();
  }

  /** Nothing answers at the address any more. */
  async down(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    this.reset();
    if (server) await new Promise((resolve) => server.close(resolve));
  }

  /** Connections are taken and stay open, and nothing is ever answered. */
  silence(): void {
    this.#silent = true;
    for (const socket of this.#sockets) socket.unpipe();
  }

  #accept(socket: Socket): void {
    this.#keep(socket);
    if (this.#silent) return;
    const onward = connect(this.#upstream);
    this.#keep(onward);
    socket.pipe(onward).pipe(socket);
    socket.once('close', () => onward.destroy());
    onward.once('close', () => socket.destroy());
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.#sockets.delete(socket));
  }
}
