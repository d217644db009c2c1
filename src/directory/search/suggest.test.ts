import { describe, expect, it } from 'vitest';
import { suggestPlaces } from './suggest-places.js';
import { suggestWords } from './suggest-words.js';

const words = (text: string, language: 'en' | 'es' = 'en') => suggestWords(text, language, 3).map((one) => one.text);

describe('suggestions from the first letters', () => {
  it.each<[string, string, 'en' | 'es']>([
    ['foo', 'Food', 'en'],
    ['food pan', 'Food pantry', 'en'],
    ['grub', 'Food pantry', 'en'],
    ['light bi', 'Help with electric, gas and water bills', 'en'],
    ['someone to wat', 'Respite and help for caregivers', 'en'],
    ['dentis', 'Dental care', 'en'],
    ['denstis', 'Dental care', 'en'],
    ['counsling', 'Mental health counseling', 'en'],
    ['comi', 'Comidas gratis', 'es'],
    ['tengo ham', 'Despensa de alimentos', 'es'],
    ['abog', 'Ayuda legal', 'es'],
    ['Vivienda de b', 'Vivienda de bajo costo', 'es'],
    ['comida', 'Food pantry', 'en'],
  ])('"%s" may mean %s', (typed, meant, language) => {
    expect(words(typed, language)).toContain(meant);
  });

  it('leaves alone what means nothing', () => {
    expect(words('xqz')).toEqual([]);
    expect(words('')).toEqual([]);
    expect(words('%')).toEqual([]);
  });

  it.each([
    ['colum', 'Columbus, OH'],
    ['columbia m', 'Columbia, MD'],
    ['Howard co', 'Howard County, MD'],
    ['baltimroe', 'Baltimore, MD'],
    ['saint lou', 'St. Louis County, MO'],
    ['orleans pa', 'Orleans Parish, LA'],
    ['2104', 'Columbia, MD 21044'],
  ])('finds the place of "%s"', (typed, label) => {
    expect(suggestPlaces(typed, 5)).toContain(label);
  });

  it('answers within a few milliseconds', () => {
    suggestWords('warm', 'en', 3);
    suggestPlaces('warm', 3);
    const began = process.cpuUsage();
    for (const typed of ['f', 'fo', 'food', 'food pantrey', 'balt', 'sprngfield', 'transportaion to dialisis', '210']) {
      suggestWords(typed, 'en', 3);
      suggestPlaces(typed, 2);
    }
    const { user, system } = process.cpuUsage(began);
    expect((user + system) / 1000 / 8).toBeLessThan(20);
  });
});
