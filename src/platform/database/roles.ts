import { Client, DatabaseError, escapeLiteral } from 'pg';
import { deriveKey } from '../secret.js';

/** The roles the hub signs in with. None owns the schema: what is forgotten fails closed. */
export type LoginRole = 'hub_login' | 'hub_auth' | 'hub_worker';

const loginRoles: readonly LoginRole[] = ['hub_login', 'hub_auth', 'hub_worker'];

/** The owner's connection string turned into one for a role, whose password is derived from the hub's secret. */
export function urlFor(ownerUrl: string, role: LoginRole, secret: string): string {
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = deriveKey(secret, `database role ${role}`);
  return url.href;
}

/**
 * Gives the roles their passwords, unless they have them already: trying is cheap, and altering a role that another
 * hub on the same server alters at the same moment is an error.
 */
export async function prepareRoles(owner: Client, ownerUrl: string, secret: string): Promise<void> {
  const refused = await Promise.all(loginRoles.map((role) => isRefused(urlFor(ownerUrl, role, secret))));
  const changed = loginRoles.filter((_, index) => refused[index]);
  if (changed.length === 0) return;
  await owner.query('begin');
  try {
    await owner.query(`select pg_advisory_xact_lock(hashtext('hub.roles'))`);
    for (const role of changed) {
      const password = deriveKey(secret, `database role ${role}`);
      await owner.query(`alter role ${role} login password ${escapeLiteral(password)}`);
    }
    await owner.query('commit');
  } catch (error) {
    await owner.query('rollback');
    // Raised when a hub in another database of the same server was faster; its passwords are ours if its secret is.
    if (!(error instanceof Error && error.message.includes('tuple concurrently updated'))) throw error;
  }
}

async function isRefused(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.end();
    return false;
  } catch (error) {
    // 28P01 wrong password, 28000 no such role or not allowed to sign in.
    if (error instanceof DatabaseError && (error.code === '28P01' || error.code === '28000')) return true;
    throw error;
  }
}
