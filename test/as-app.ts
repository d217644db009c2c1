import { Client } from 'pg';
import { urlFor } from '../src/platform/database/roles.js';
import type { Actor } from './actors.js';
import type { TestHub } from './hub.js';
import { testSecret } from './secret.js';

/** Statements as the app makes them for somebody, whatever the code above forgets. Nothing of them is kept. */
export interface AsApp {
  /** How many rows, or the code of the refusal. */
  run(actor: Actor, sql: string, params?: unknown[]): Promise<number | string>;
  end(): Promise<void>;
}

export async function asApp(hub: TestHub): Promise<AsApp> {
  const login = new Client({ connectionString: urlFor(hub.app.database.ownerUrl, 'hub_login', testSecret) });
  await login.connect();
  return {
    async run(actor, sql, params = []) {
      await login.query('begin');
      try {
        await login.query('set local role hub_app');
        await login.query(
          `select set_config('hub.org_id', $1, true), set_config('hub.user_id', $2, true), set_config('hub.now', $3, true)`,
          [actor.organization.id, actor.user.id, hub.clock.now().toISOString()],
        );
        return (await login.query(sql, params)).rowCount ?? 0;
      } catch (error) {
        return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
      } finally {
        await login.query('rollback');
      }
    },
    end: () => login.end(),
  };
}
