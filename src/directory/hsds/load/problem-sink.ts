import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { finished } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { idOf } from '../ids.js';
import type { Problem, Severity } from '../problems.js';

/** How many problems of a run are kept in the database; the report file has all. */
const storedLimit = 50_000;
const batchSize = 1000;
const shownPerKind = 3;

export interface ProblemKind {
  code: string;
  severity: Severity;
  count: number;
  first: Problem[];
}

/** Takes a run's problems: counts them by kind, stores them with the run and writes them to a CSV file. */
export class ProblemSink {
  readonly #client: ClientBase;
  readonly #runId: string;
  readonly #source: string;
  readonly #file: WriteStream | undefined;
  readonly #kinds = new Map<string, ProblemKind>();
  #waiting: Problem[] = [];
  #stored = 0;

  private constructor(client: ClientBase, run: { runId: string; sourceName: string }, file: WriteStream | undefined) {
    this.#client = client;
    this.#runId = run.runId;
    this.#source = run.sourceName;
    this.#file = file;
    file?.write('severity,code,file,line,entity,source_id,field,message,name\r\n');
  }

  static async open(
    client: ClientBase,
    run: { runId: string; sourceName: string },
    path: string | undefined,
  ): Promise<ProblemSink> {
    if (path) await mkdir(dirname(path), { recursive: true });
    return new ProblemSink(client, run, path ? createWriteStream(path) : undefined);
  }

  async add(problem: Problem): Promise<void> {
    const name = `${problem.severity} ${problem.code}`;
    const kind = this.#kinds.get(name) ?? { code: problem.code, severity: problem.severity, count: 0, first: [] };
    kind.count += 1;
    if (kind.first.length < shownPerKind) kind.first.push(problem);
    this.#kinds.set(name, kind);
    if (this.#file && !this.#file.write(csvLine(problem))) await once(this.#file, 'drain');
    if (this.#stored + this.#waiting.length < storedLimit) this.#waiting.push(problem);
    if (this.#waiting.length >= batchSize) await this.store();
  }

  /** Closes the file. Returns what was said, by kind. */
  async end(): Promise<ProblemKind[]> {
    if (this.#file) {
      this.#file.end();
      await finished(this.#file);
    }
    const rank = (kind: ProblemKind) => (kind.severity === 'ERROR' ? 0 : 1);
    return [...this.#kinds.values()].sort((a, b) => rank(a) - rank(b) || b.count - a.count);
  }

  /** Lets the file go when the import fails. */
  abandon(): void {
    this.#file?.destroy();
  }

  /** Stores what waits, with the run. */
  async store(): Promise<void> {
    const problems = this.#waiting;
    if (problems.length === 0) return;
    this.#waiting = [];
    this.#stored += problems.length;
    const rows = problems.map(({ serviceKey, ...problem }) => ({
      ...problem,
      serviceId: serviceKey === undefined ? undefined : idOf(this.#source, 'service', serviceKey),
    }));
    await this.#client.query(
      `insert into hub.import_problem (run_id, severity, code, file, line, entity, source_key, field, subject, service_id, message)
       select $1, severity, code, file, line, entity, "sourceId", field, subject, "serviceId", message from json_to_recordset($2)
         as p(severity text, code text, file text, line int, entity text, "sourceId" text, field text,
           subject text, "serviceId" uuid, message text)`,
      [this.#runId, JSON.stringify(rows)],
    );
  }
}

function csvLine({ severity, code, file, line, entity, sourceId, field, message, subject }: Problem): string {
  const cells = [severity, code, file, line, entity, sourceId, field, message, subject].map((cell) => {
    const text = String(cell ?? '');
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text; // A spreadsheet must not run it.
    return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
  });
  return `${cells.join(',')}\r\n`;
}
