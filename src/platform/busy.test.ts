import { describe, expect, it } from 'vitest';
import { Busy, isBusy, Load } from './busy.js';
import type { Logger } from './log.js';

function watched(jobSeconds = 0) {
  const lines: object[] = [];
  const log = { warn: (line: object) => void lines.push(line) } as unknown as Logger;
  return { lines, load: new Load(async () => jobSeconds, log) };
}

describe('a hub that cannot keep up', () => {
  it('knows what it turned away and where, and says so in one line', () => {
    const { load, lines } = watched();
    expect([load.turnsAway(), load.behind()]).toEqual([false, false]);
    for (let n = 0; n < 100; n += 1) load.refused('door');
    load.refused('database');
    expect(load.counts()).toEqual({ door: 100, database: 1 });
    expect([load.turnsAway(), load.behind()]).toEqual([true, true]);
    expect(lines).toEqual([{ at: 'door', refused: 1 }]);
  });

  it('is behind when jobs are late, which it learns when somebody asks', async () => {
    const { load } = watched(61);
    expect(load.behind()).toBe(false);
    await Promise.resolve();
    await Promise.resolve();
    expect([load.turnsAway(), load.behind()]).toEqual([false, true]);
  });

  it('tells its own words from other errors', () => {
    expect(isBusy(new Busy())).toBe(true);
    expect(isBusy(new Error('timeout exceeded when trying to connect'))).toBe(true);
    expect(isBusy(new Error('Connection terminated due to connection timeout'))).toBe(false);
  });
});
