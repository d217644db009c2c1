import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from './start-error.js';

/** The secret of a development machine: random, made once, kept in the data folder readable by its owner only. */
export function keptSecret(dataDir: string): string {
  const file = join(dataDir, 'secret');
  try {
    // 711: the database server may run as another user and must be able to pass through, not to list.
    mkdirSync(dataDir, { recursive: true, mode: 0o711 });
    try {
      writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !existsSync(file)) throw error;
    }
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError(`The data folder ${dataDir} cannot be used (${code}): choose another with HUB_DATA_DIR.`);
  }
}

/** A key derived from the hub's secret for one purpose, so that no two purposes share a key. */
export function deriveKey(secret: string, purpose: string): string {
  return createHmac('sha256', secret).update(purpose).digest('base64url');
}
