import type { MikroORM } from '@mikro-orm/postgresql';
import { HubConnection } from './driver.js';

const control = /^(begin|start transaction|commit|rollback|savepoint|release)/i;

/** The SQL statements that ran while `work` did, whoever sent them; transaction control is left out. */
export async function listStatements(orm: MikroORM, work: () => Promise<unknown>): Promise<string[]> {
  const connection = orm.em.getConnection('write');
  if (!(connection instanceof HubConnection)) throw new TypeError('Statements are seen on a HubConnection only');
  const statements: string[] = [];
  const listener = (sql: string): void => {
    if (!control.test(sql)) statements.push(sql);
  };
  connection.statementListeners.add(listener);
  try {
    await work();
  } finally {
    connection.statementListeners.delete(listener);
  }
  return statements;
}

/** How many SQL statements ran while `work` did; transaction control is not counted. */
export async function countStatements(orm: MikroORM, work: () => Promise<unknown>): Promise<number> {
  return (await listStatements(orm, work)).length;
}
