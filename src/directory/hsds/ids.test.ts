import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { IdMap, IdSet } from './ids.js';

const ids = Array.from({ length: 5000 }, () => randomUUID());

describe('ids in little room', () => {
  it('are a set: each is new once, and found however much comes after it', () => {
    const set = new IdSet();
    expect(ids.every((id) => set.add(id))).toBe(true);
    expect(ids.some((id) => set.add(id))).toBe(false);
    expect(ids.every((id) => set.has(id))).toBe(true);
    expect([set.size, set.has(randomUUID())]).toEqual([ids.length, false]);
  });

  it('are a map: the last number of each is kept, and an unknown one is 0', () => {
    const map = new IdMap();
    for (const [n, id] of ids.entries()) map.set(id, n);
    for (const [n, id] of ids.entries()) map.set(id, n + 1);
    expect(ids.every((id, n) => map.get(id) === n + 1)).toBe(true);
    expect([map.size, map.get(randomUUID())]).toEqual([ids.length, 0]);
  });
});
