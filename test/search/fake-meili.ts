import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Document {
  id: string;
  serviceId: string;
  digest: string;
}

/** What a request is answered with; `undefined` is never answered. */
type Answer = { status: number; body: unknown } | undefined;

/**
 * As much of Meilisearch's HTTP as it takes to see what the hub does when it fails. What Meilisearch itself does is tested
 * with a real one.
 */
export class FakeMeili {
  /** How it behaves from now on. */
  mode: 'well' | 'hangs' | 'fails' = 'well';
  readonly documents = new Map<string, Document>();
  /** Paths asked for, in order. */
  readonly asked: string[] = [];
  /** Told of every document before it is taken; what it throws makes the task fail. */
  before: (document: Document) => void | Promise<void> = () => undefined;
  readonly #failed = new Set<number>();
  #tasks = 0;
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  async open(port = 0): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** As if it were killed: open connections break, new ones are refused. */
  async kill(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const path = new URL(request.url ?? '/', 'http://x').pathname;
    this.asked.push(`${request.method ?? ''} ${path}`);
    const answer = await this.#answer(request.method ?? '', path, text === '' ? null : JSON.parse(text));
    if (!answer) return;
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
  }

  async #answer(method: string, path: string, body: unknown): Promise<Answer> {
    if (this.mode === 'hangs') return undefined;
    if (this.mode === 'fails') {
      return { status: 500, body: { message: 'no', code: 'internal', type: 'internal', link: '' } };
    }
    if (path === '/multi-search') return { status: 200, body: { results: this.#search(body) } };
    if (path.startsWith('/tasks/')) {
      const uid = Number(path.slice(7));
      const bad = this.#failed.has(uid);
      const error = bad ? { code: 'invalid_document', message: '', type: '', link: '' } : null;
      return {
        status: 200,
        body: { uid, status: bad ? 'failed' : 'succeeded', type: 'documentAdditionOrUpdate', error },
      };
    }
    if (path.endsWith('/stats')) return { status: 200, body: { numberOfDocuments: this.documents.size } };
    if (path.endsWith('/settings') && method === 'GET') return { status: 200, body: {} };
    if (path.endsWith('/documents/fetch')) {
      return { status: 200, body: { results: this.#fetch(body as { filter?: string }) } };
    }
    if (path.endsWith('/documents/delete-batch')) {
      return this.#task(() => (body as string[]).forEach((id) => this.documents.delete(id)));
    }
    if (path.endsWith('/documents')) return this.#task(() => this.#add(body as Document[]));
    return this.#task(() => undefined);
  }

  async #task(work: () => void | Promise<void>): Promise<Answer> {
    const taskUid = ++this.#tasks;
    try {
      await work();
    } catch {
      this.#failed.add(taskUid);
    }
    return { status: 202, body: { taskUid, status: 'enqueued', type: 'documentAdditionOrUpdate' } };
  }

  async #add(documents: Document[]): Promise<void> {
    for (const document of documents) await this.before(document);
    for (const document of documents) this.documents.set(document.id, document);
  }

  #fetch({ filter = '' }: { filter?: string }): Document[] {
    return [...this.documents.values()].filter(({ serviceId }) => filter.includes(serviceId));
  }

  #search(body: unknown): unknown[] {
    const hits = [...this.documents.values()].map(({ id, serviceId }) => ({ id, serviceId, _rankingScore: 1 }));
    return (body as { queries: { indexUid: string }[] }).queries.map(({ indexUid }) => ({ indexUid, hits }));
  }
}
