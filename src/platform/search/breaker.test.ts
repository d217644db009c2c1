import { describe, expect, it } from 'vitest';
import { Breaker } from './breaker.js';

function breaker() {
  const clock = { now: 0 };
  return { clock, breaker: new Breaker({ failures: 3, restMs: 1000, now: () => clock.now }) };
}

describe('a breaker', () => {
  it('stays closed while failures are single', () => {
    const { breaker: it } = breaker();
    for (let round = 0; round < 10; round += 1) {
      it.failed();
      it.failed();
      it.succeeded();
    }
    expect(it.state).toBe('closed');
    expect(it.allows()).toBe(true);
  });

  it('opens after three failures in a row, and lets one call through after a rest', () => {
    const { breaker: it, clock } = breaker();
    for (let round = 0; round < 3; round += 1) it.failed();
    expect([it.state, it.allows()]).toEqual(['open', false]);
    clock.now = 999;
    expect(it.allows()).toBe(false);
    clock.now = 1000;
    expect(it.state).toBe('half-open');
    expect([it.allows(), it.allows(), it.allows()]).toEqual([true, false, false]);
  });

  it('closes when that call succeeds, and rests again when it fails', () => {
    const { breaker: it, clock } = breaker();
    for (let round = 0; round < 3; round += 1) it.failed();
    clock.now = 1000;
    it.allows();
    it.failed();
    expect(it.state).toBe('open');
    clock.now = 2000;
    expect(it.allows()).toBe(true);
    it.succeeded();
    expect([it.state, it.allows(), it.allows()]).toEqual(['closed', true, true]);
  });

  it('is not stuck when the call that tries says nothing', () => {
    const { breaker: it, clock } = breaker();
    for (let round = 0; round < 3; round += 1) it.failed();
    clock.now = 1000;
    expect(it.allows()).toBe(true);
    it.abandoned();
    expect(it.allows()).toBe(true);
  });
});
