import { expect, it } from 'vitest';
import { isId, newId } from './id.js';

it('makes ids that nobody guesses, each after the one before', () => {
  const ids = Array.from({ length: 5000 }, newId);
  expect(new Set(ids).size).toBe(5000);
  expect(ids.toSorted()).toEqual(ids);
  expect(ids.every(isId)).toBe(true);
  expect(ids.every((id) => id[14] === '7')).toBe(true);
  // The last 48 bits are random in each.
  expect(new Set(ids.map((id) => id.slice(-12))).size).toBe(5000);
});
