import type { ClientBase } from 'pg';
import { hubColumnNames } from '../export/hub-columns.js';
import { type EntityName, entityNames } from '../model.js';
import { quote } from './columns.js';

const batchSize = 1000;

/** What a backup says beside HSDS: kept in a temporary table until the rows themselves are in. */
export class Beside {
  readonly #client: ClientBase;
  readonly #entities = new Set<EntityName>();
  #waiting: { entity: string; id: string; values: Record<string, unknown> }[] = [];
  #made = false;

  constructor(client: ClientBase) {
    this.#client = client;
  }

  async add(entity: EntityName, id: string, values: Record<string, unknown>): Promise<void> {
    this.#entities.add(entity);
    this.#waiting.push({ entity, id, values });
    if (this.#waiting.length >= batchSize) await this.#flush();
  }

  async end(): Promise<void> {
    await this.#flush();
  }

  /** Part of the import's transaction. Only rows of this import that came in are touched. */
  async apply(): Promise<void> {
    if (!this.#made) return;
    for (const entity of entityNames.filter((name) => this.#entities.has(name))) {
      const sets = hubColumnNames(entity).map(
        (name) => `${quote(name)} = case when h.values ? '${name}' then x.${quote(name)} else t.${quote(name)} end`,
      );
      await this.#client.query(
        `update hub.${entity} t set ${sets.join(', ')}
         from pg_temp.incoming_beside h, jsonb_populate_record(null::hub.${entity}, h.values) x
         where h.entity = $1 and t.id = h.id and exists (select from pg_temp.incoming_${entity} s where s.id = h.id)`,
        [entity],
      );
    }
    await this.#client.query('drop table pg_temp.incoming_beside');
  }

  async #flush(): Promise<void> {
    const rows = this.#waiting;
    if (rows.length === 0) return;
    this.#waiting = [];
    if (!this.#made) {
      this.#made = true;
      await this.#client.query('drop table if exists pg_temp.incoming_beside');
      await this.#client.query(
        'create temp table incoming_beside (entity text not null, id uuid not null, values jsonb not null)',
      );
    }
    await this.#client.query(
      `insert into pg_temp.incoming_beside select entity, id, values from jsonb_to_recordset($1) as x(entity text, id uuid, values jsonb)`,
      [JSON.stringify(rows)],
    );
  }
}
