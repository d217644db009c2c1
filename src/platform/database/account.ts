import { execFileSync, spawnSync } from 'node:child_process';
import { chown, stat } from 'node:fs/promises';
import { StartError } from '../start-error.js';

/** The user that runs the server: PostgreSQL refuses root. Empty means the one who started the hub. */
export interface Account {
  uid?: number;
  gid?: number;
}

/** Whom the server runs as: ourselves, or as root the owner of the cluster, else the user postgres (made if missing). */
export async function accountFor(cluster: string): Promise<Account> {
  if (process.getuid?.() !== 0) return {};
  const owner = await stat(cluster).catch(() => undefined);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const known = look('postgres');
  if (known) return known;
  try {
    execFileSync('groupadd', ['--force', 'postgres'], { stdio: 'ignore' });
    execFileSync('useradd', ['--gid', 'postgres', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'], {
      stdio: 'ignore',
    });
  } catch {
    // Answered by the look below.
  }
  const made = look('postgres');
  if (!made) throw new StartError('PostgreSQL does not run as root, and the user "postgres" could not be made.');
  return made;
}

/** Makes sure that the server's user gets to the data folder and to the programs. Throws {@link StartError}. */
export async function checkReach(dataDir: string, program: string, account: Account): Promise<void> {
  if (account.uid === undefined) {
    const run = spawnSync(program, ['--version'], { encoding: 'utf8' });
    if (run.status !== 0) {
      throw new StartError(`The embedded database does not run here: ${oneLine(run.stderr ?? run.error?.message)}`);
    }
    return;
  }
  // A folder that we own and that only we may enter would stop the server's user at the door.
  const test = spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', dataDir], { ...account, cwd: '/', stdio: 'ignore' });
  if (test.status !== 0) {
    throw new StartError(
      `The data folder ${dataDir} is not reachable for the user postgres: choose another with HUB_DATA_DIR.`,
    );
  }
  const run = spawnSync(program, ['--version'], { ...account, cwd: '/', encoding: 'utf8' });
  if (run.error) {
    throw new StartError(
      `The programs in ${program} are not reachable for the user postgres: move the checkout out of a private folder.`,
    );
  }
  if (run.status !== 0) throw new StartError(`The embedded database does not run here: ${oneLine(run.stderr)}`);
}

/** Gives a folder to the server's user. */
export async function own(folder: string, account: Account): Promise<void> {
  if (account.uid !== undefined && account.gid !== undefined) await chown(folder, account.uid, account.gid);
}

function look(user: string): Account | undefined {
  try {
    const id = (flag: string): number =>
      Number(execFileSync('id', [flag, user], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}

function oneLine(text: string | null | undefined): string {
  return (text ?? '').trim().split('\n').at(-1) ?? '';
}
