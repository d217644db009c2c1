import { describe, expect, it } from 'vitest';
import { areaWords } from '../search/area-words.js';
import { allPlaces } from '../places.js';
import { placeKey, residenceOf } from './place-keys.js';

describe('a place in a rule', () => {
  it('is known by its key and by its name, for every state, county and ZIP code', () => {
    const places = [...allPlaces()];
    const keys = new Set(places.flatMap(({ state, county, zip }) => [state, `${state}/${county}`, zip]));
    keys.delete('DC/District of Columbia');
    expect(placeKey('District of Columbia, DC')).toBe('DC');
    const lost = [...keys].filter((key) => placeKey(key) !== key);
    expect(lost).toEqual([]);
    const unnamed = [...keys].filter((key) => !/^\d/.test(key) && placeKey(areaWords(key, 'en')) !== key);
    expect(unnamed).toEqual([]);
  });

  it('is a state, a county or a ZIP code and nothing else', () => {
    expect(['Maryland', 'md', 'Howard County, MD', ' 21044 '].map(placeKey)).toEqual([
      'MD',
      'MD',
      'MD/Howard',
      '21044',
    ]);
    expect(['', 'Columbia', 'MD/Atlantis', '99999', 'nationwide', 'MD, VA'].map(placeKey)).toEqual(
      Array.from({ length: 6 }, () => undefined),
    );
    expect(residenceOf(['21044', 'MD', 'VA/Fairfax'])).toEqual({
      states: ['MD'],
      counties: ['VA/Fairfax'],
      zips: ['21044'],
    });
  });
});
