import { describe, expect, it } from 'vitest';
import { readSeed, seedsIn } from '../platform/seed.js';
import { instrumentProblems, parseInstrument, seededInstruments } from './instrument-file.js';
import { itemsOf } from './instrument.js';

/** The faults of a good file after one value in it was replaced (undefined: taken out). */
function broken(place: string, value: unknown): string[] {
  const file = structuredClone(readSeed('instruments/ahc-hrsn.json'));
  const names = place.split('.');
  const last = names.pop() ?? '';
  const parent = names.reduce((at, name) => (at as Record<string, unknown>)[name], file) as Record<string, unknown>;
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return instrumentProblems(file);
}

describe('an instrument file', () => {
  it('of the hub is valid', () => {
    for (const path of seedsIn('instruments')) expect([path, instrumentProblems(readSeed(path))]).toEqual([path, []]);
  });

  it('holds the published number of questions under the right panels', () => {
    const shapes = seededInstruments().map((one) => [
      one.key,
      one.loinc,
      itemsOf(one).length,
      [...new Set(one.sections.map((section) => section.panel))].join(' '),
    ]);
    expect(shapes).toEqual([
      ['ahc-hrsn-full', null, 27, '96777-8 97023-6'],
      ['ahc-hrsn', '96777-8', 10, '96777-8'],
      ['hub-caregiver-strain', null, 9, ''],
      ['hunger-vital-sign', '88121-9', 2, '88121-9'],
      ['prapare', '93025-5', 21, '93025-5'],
    ]);
  });

  it('names each fault with its place and what is expected', () => {
    expect(instrumentProblems(null)).toContain('key: missing is not a text like ^[a-z0-9-]{1,50}$');
    expect(broken('title', undefined)).toEqual(['title.en: missing is not a text', 'title.es: missing is not a text']);
    expect(broken('sections.0.items.0.loinc', 'Q1')).toEqual([
      'sections[0].items[0].loinc: "Q1" is not a text like ^\\d{1,6}-\\d$',
    ]);
    expect(broken('sections.0.items.0.answers.1.needs', ['shoes'])[0]).toMatch(
      /^sections\[0\]\.items\[0\]\.answers\[1\]\.needs\[0\]: "shoes" is not one of housing-instability, /,
    );
    expect(broken('sections.0.items.1.linkId', '/71802-3')).toEqual([
      'sections[0].items[1].linkId: "/71802-3" is used twice',
    ]);
    expect(broken('needs.food.category', 'hunger')).toEqual(['needs.food.category: "hunger" is not an SDOH category']);
    expect(broken('scores.0.of.0', '/1-1')[0]).toMatch(/^scores\[0\]\.of\[0\]: "\/1-1" is not one of /);
  });

  it('refuses a sum over answers without a score', () => {
    expect(broken('sections.4.items.0.answers.2.score', undefined)).toEqual([
      'sections[4].items[0].answers[2].score: missing is not a number of at least 0',
    ]);
  });

  it('that is faulty is one error with every fault', () => {
    expect(() => parseInstrument({}, 'mine.json')).toThrow(
      /^mine\.json is not a valid instrument:\n {2}key: .*\n {2}version: /,
    );
  });
});
