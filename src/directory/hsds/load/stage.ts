import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { EntityName } from '../model.js';
import type { HsdsRow, Value } from '../rows.js';
import { loadedColumns, quote, stage } from './columns.js';

const flushAt = 1 << 19; // Characters per table before they go to the server.

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const special = /[\\\t\n\r]/;
const escape = (text: string) => (special.test(text) ? text.replace(/[\\\t\n\r]/g, (c) => escapes[c] ?? c) : text);

function cell(value: Value | undefined): string {
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'string') return escape(value);
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (Array.isArray(value)) return escape(`{${value.map((item) => `"${item.replace(/["\\]/g, '\\$&')}"`).join(',')}}`);
  return String(value);
}

/** Brings rows through COPY into temporary tables, a few hundred kilobytes at a time. */
export class Stage {
  readonly #client: ClientBase;
  readonly #waiting = new Map<EntityName, string[]>();
  readonly #sizes = new Map<EntityName, number>();
  readonly counts = new Map<EntityName, number>();
  /** The copy that is under way: the server takes it in while the next rows are read. */
  #copying: Promise<void> = Promise.resolve();

  constructor(client: ClientBase) {
    this.#client = client;
  }

  /** The tables that got rows. */
  get entities(): EntityName[] {
    return [...this.counts.keys()];
  }

  async add(row: HsdsRow): Promise<void> {
    const { entity, id, sourceKey, values } = row;
    if (!this.counts.has(entity)) await this.#create(entity);
    this.counts.set(entity, (this.counts.get(entity) ?? 0) + 1);
    let text = `${id}\t${escape(sourceKey)}\t${row.line}`;
    for (const name of loadedColumns(entity)) text += `\t${cell(values[name])}`;
    const lines = this.#waiting.get(entity) ?? [];
    lines.push(text);
    this.#waiting.set(entity, lines);
    const size = (this.#sizes.get(entity) ?? 0) + text.length;
    this.#sizes.set(entity, size);
    if (size > flushAt) await this.#flush(entity);
  }

  /** Brings the last rows in and lets the server count them, so that it plans well. */
  async end(): Promise<void> {
    for (const entity of this.entities) {
      await this.#flush(entity);
    }
    await this.#copying;
    for (const entity of this.entities) {
      await this.#client.query(`create index on ${stage(entity)} (id); analyze ${stage(entity)}`);
    }
  }

  async unlink(entity: EntityName, id: string, column: string): Promise<void> {
    await this.#flush(entity);
    await this.#copying;
    await this.#client.query(`update ${stage(entity)} set ${quote(column)} = null where id = $1`, [id]);
  }

  /** Places whose source does not tell where they are: they have no point, and what is offered there is a secret place's. */
  async hide(places: readonly string[]): Promise<void> {
    const has = (entity: EntityName) => this.counts.has(entity);
    if (places.length === 0 || !has('location')) return;
    const there = 'any ($1::uuid[])';
    const pointless = `update ${stage('location')} set latitude = null, longitude = null where id = ${there}`;
    await this.#client.query(pointless, [places]);
    if (!has('service') || !has('service_at_location')) return;
    await this.#client.query(
      `update ${stage('service')} set sensitivity = 'INTIMATE_PARTNER_VIOLENCE' where id in (
         select service_id from ${stage('service_at_location')} where location_id = ${there})`,
      [places],
    );
  }

  async drop(): Promise<void> {
    await this.#copying.catch(() => undefined);
    for (const entity of this.entities) await this.#client.query(`drop table if exists ${stage(entity)}`);
  }

  async #create(entity: EntityName): Promise<void> {
    const columns = loadedColumns(entity).map(quote).join(', ');
    const name = stage(entity).replace('pg_temp.', '');
    await this.#client.query(
      `create temp table ${name} as select id, source_key, 0 as line, ${columns} from hub.${entity} with no data`,
    );
  }

  async #flush(entity: EntityName): Promise<void> {
    const lines = this.#waiting.get(entity) ?? [];
    if (lines.length === 0) return;
    this.#waiting.set(entity, []);
    this.#sizes.set(entity, 0);
    await this.#copying;
    this.#copying = this.#copy(entity, `${lines.join('\n')}\n`);
    this.#copying.catch(() => undefined); // Whoever waits for it next gets the error.
  }

  async #copy(entity: EntityName, text: string): Promise<void> {
    const columns = ['id', 'source_key', 'line', ...loadedColumns(entity).map(quote)].join(', ');
    const stream = this.#client.query(copyFrom(`copy ${stage(entity)} (${columns}) from stdin`));
    if (!stream.write(text)) await once(stream, 'drain');
    stream.end();
    await finished(stream);
  }
}
