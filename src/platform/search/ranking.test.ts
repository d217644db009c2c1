import { describe, expect, it } from 'vitest';
import { readConfig } from '../config.js';
import { readWeights } from './ranking.js';

describe('weights of the ranking', () => {
  it('are read from the settings', () => {
    expect(readWeights(undefined)).toEqual({});
    expect(readWeights('{"distance": 10, "answers": 0}')).toEqual({ distance: 10, answers: 0 });
  });

  it.each([
    ['{', 'it is not JSON'],
    ['[]', 'it is not a JSON object'],
    ['{"luck": 1}', '"luck" is none of text, distance, fit, room, freshness, answers'],
    ['{"room": -1}', '"room" is not a number from 0 to 100'],
    ['{"text": 0}', '"text" is 0: words would find nothing first'],
  ])('refuse %s before the hub starts', (text, message) => {
    expect(() => readConfig({ NODE_ENV: 'test', HUB_SECRET: 'x'.repeat(32), SEARCH_WEIGHTS: text })).toThrow(
      `SEARCH_WEIGHTS: ${message}.`,
    );
  });
});
