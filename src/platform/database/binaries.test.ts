import { cpSync, mkdirSync, mkdtempSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findBinaries, repairLinks } from './binaries.js';

const home = mkdtempSync(join(tmpdir(), 'hub-binaries-'));
afterAll(() => rmSync(home, { recursive: true }));

describe.skipIf(process.platform !== 'linux')('the programs of the embedded server', () => {
  it('get the links that an install without scripts left out', () => {
    const installed = dirname(dirname(dirname(findBinaries().postgres)));
    cpSync(join(installed, 'scripts'), join(home, 'scripts'), { recursive: true });
    cpSync(join(installed, 'native/pg-symlinks.json'), join(home, 'native/pg-symlinks.json'));
    writeFileSync(join(home, 'package.json'), '{"type":"module"}');
    mkdirSync(join(home, 'native/lib'));
    repairLinks(home);
    expect(readlinkSync(join(home, 'native/lib/libicuuc.so.60'))).toBe('libicuuc.so.60.2');
  });
});
