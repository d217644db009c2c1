import { describe, expect, it } from 'vitest';
import { areaKey, areaWords, countyKey } from './area-words.js';

describe('areas of the gap report', () => {
  it('are shown as people write them', () => {
    const shown = ['MD/Howard', 'MD/Baltimore City', 'LA/Orleans', 'MD', '212', ''].map((kept) =>
      areaWords(kept, 'en'),
    );
    expect(shown).toEqual([
      'Howard County, MD',
      'Baltimore City, MD',
      'Orleans Parish, LA',
      'Maryland',
      'ZIP codes that begin with 212',
      '',
    ]);
    expect(areaWords('212', 'es')).toBe('códigos postales que empiezan con 212');
  });

  it('are found by what people type', () => {
    const typed = [
      'Howard County, MD',
      'howard county maryland',
      'Columbia, MD',
      'Maryland',
      'md',
      '21044',
      '210',
      'MD/Howard',
    ];
    expect(typed.map(areaKey)).toEqual(['MD/Howard', 'MD/Howard', 'MD/Howard', 'MD', 'MD', '210', '210', 'MD/Howard']);
    expect(['nowhere at all', '', '12'].map(areaKey)).toEqual([undefined, undefined, undefined]);
    expect(['21044', 'Howard County, MD', 'Baltimore City, MD', 'x'].map(countyKey)).toEqual([
      'MD/Howard',
      'MD/Howard',
      'MD/Baltimore City',
      undefined,
    ]);
  });
});
