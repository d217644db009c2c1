import { expect, it } from 'vitest';
import { checkVersion } from './open.js';

it('a server that is too old for the migrations ends the start in one line', () => {
  const words = 'PostgreSQL 17 or newer is needed; the server at DATABASE_URL is 16.9.';
  expect(() => checkVersion(160_009, '16.9')).toThrow(words);
  expect(() => checkVersion(0, 'unknown')).toThrow('17 or newer');
  expect(() => checkVersion(170_000, '17.0')).not.toThrow();
  expect(() => checkVersion(180_001, '18.1')).not.toThrow();
});
