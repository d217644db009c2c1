import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { edits, nearest } from './spelling.js';
import { wordsOf } from './words.js';

const word = fc.stringMatching(/^[a-e]{0,8}$/);
const known = (text: string, documents = 10, sounds = false) => ({ word: text, documents, sounds });

describe('spelling', () => {
  it('counts a letter more, less, other or swapped as one edit', () => {
    expect(edits('pantry', 'pantrey')).toBe(1);
    expect(edits('pantry', 'pantr')).toBe(1);
    expect(edits('pantry', 'pantra')).toBe(1);
    expect(edits('pantry', 'patnry')).toBe(1);
    expect(edits('food', 'shelter')).toBe(7);
  });

  it('is a distance: nothing to itself, the same both ways, never more than the longer word', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(edits(a, a)).toBe(0);
        expect(edits(a, b)).toBe(edits(b, a));
        expect(edits(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(edits(a, b)).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
      }),
    );
  });

  it('takes the nearest word, and of equals the one that is used more; before both what sounds alike', () => {
    expect(nearest('shelfer', [known('shelter'), known('shelf')])[0]?.word).toBe('shelter');
    expect(nearest('fod', [known('fob', 0), known('food', 900)])[0]?.word).toBe('food');
    expect(nearest('fone', [known('tone', 10), known('phone', 10, true)])[0]?.word).toBe('phone');
  });

  it('minds the first letter, which hardly anybody misses, unless the word sounds alike', () => {
    expect(nearest('hooked', [known('cooked')])).toEqual([]);
    expect(nearest('log', [known('los', 900), known('long')]).map(({ word }) => word)).toEqual(['long']);
    expect(nearest('fisician', [known('physician', 10, true), known('musician')])[0]?.word).toBe('physician');
  });

  it('leaves alone what is near to nothing', () => {
    expect(nearest('xyzzy', [known('pantry'), known('pizza')])).toEqual([]);
    expect(nearest('cat', [known('dog')])).toEqual([]);
  });

  it('reads words without accents, case, apostrophes and marks, and not without end', () => {
    expect(wordsOf("Mom's  Niños—CAFÉ's/24h")).toEqual(['moms', 'ninos', 'cafes', '24h']);
    expect(wordsOf('a '.repeat(1000))).toHaveLength(60);
    expect(wordsOf('')).toEqual([]);
  });
});
