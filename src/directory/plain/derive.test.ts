import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededSynonyms } from '../search/rebuild.js';
import { SDOH_CATEGORIES } from '../sdoh-categories.js';
import { derive, sdohOf, SURE, type ListingWords } from './derive.js';
import { PLAIN_CATEGORIES } from './plain-categories.js';

const listing = (name: string, description: string | null = null, more: Partial<ListingWords> = {}): ListingWords => ({
  name,
  description,
  alternateName: null,
  organizationName: null,
  terms: [],
  ...more,
});
const plain = (words: ListingWords): string[] =>
  derive(words).flatMap(({ category, confidence }) => (confidence >= SURE ? [category.code] : []));
const sdoh = (words: ListingWords): string[] => sdohOf(derive(words));

describe('plain categories', () => {
  it('lead to SDOH categories there are, each code once', () => {
    const codes = new Set(SDOH_CATEGORIES.map(({ code }) => code));
    expect(PLAIN_CATEGORIES.flatMap(({ categories }) => categories).filter((code) => !codes.has(code))).toEqual([]);
    expect(new Set(PLAIN_CATEGORIES.map(({ code }) => code)).size).toBe(PLAIN_CATEGORIES.length);
    for (const { say } of PLAIN_CATEGORIES) expect([say.en.length > 0, say.es.length > 0]).toEqual([true, true]);
  });

  it('are what people say, too: "grub" leads to food pantries', () => {
    const grub = seededSynonyms().find(({ phrase }) => phrase === 'grub');
    expect(grub).toMatchObject({ category: 'food-insecurity' });
    expect(grub?.means).toContain('food pantry');
  });

  it.each<[string, ListingWords, string[]]>([
    ['its name', listing('Emergency Groceries'), ['food-insecurity']],
    ['its name in Spanish', listing('Despensa de alimentos San José'), ['food-insecurity']],
    [
      'its first lines',
      listing('Mt. Zion', 'Gives bus tokens and a hot meal.'),
      ['transportation-insecurity', 'food-insecurity'],
    ],
    [
      'its headings',
      listing('Mt. Zion', `${'We are here. '.repeat(20)} 3) RENTAL ASSISTANCE: Once a year.`),
      ['housing-instability'],
    ],
    ['what has no need of its own', listing('Legal Aid Clinic'), ['sdoh-category-unspecified']],
    [
      'more than one, with and without a need of its own',
      listing('Street Outreach', 'Case management for adults experiencing homelessness.'),
      ['homelessness', 'sdoh-category-unspecified'],
    ],
    ['its terms', listing('Open Door', null, { terms: ['Help Pay for Utilities'] }), ['utility-insecurity']],
  ])('are told by %s', (_, words, categories) => {
    expect(new Set(sdoh(words))).toEqual(new Set(categories));
  });

  it('are not what a listing asks for, passes by or only mentions', () => {
    expect(plain(listing('Quilting', 'VOLUNTEERS: Needed to sort clothing and canned goods.'))).toEqual([]);
    expect(plain(listing('Hearing aids for children'))).not.toContain('hiv');
    expect(plain(listing('Adult Medical Day Care'))).not.toContain('child-care');
    expect(plain(listing('Opera', `${'We sing. '.repeat(40)} There is a food pantry next door.`))).toEqual([]);
  });

  it('say where the words stood and how sure that is', () => {
    expect(derive(listing('Food pantry'))[0]).toMatchObject({ where: 'name', words: 'food pantry', confidence: 0.95 });
  });

  it.each([
    listing('Domestic Violence Hotline'),
    listing('Casa Segura', 'Refugio para mujeres que huyen de la violencia doméstica.'),
    listing(
      'Cornerstone Residence',
      'Here, we provide 42 apartment units for survivors of domestic violence and their families.',
    ),
    listing('RISE', 'A transitional-to-permanent housing program. It helps families fleeing from domestic violence.'),
    listing('Family Home', 'A safe, temporary home.', { terms: ['Survivors of Intimate Partner Violence'] }),
  ])('know what is there for survivors: $name', (words) => {
    expect(sdoh(words)).toContain('intimate-partner-violence');
  });

  it.each([
    listing('Baltimore City Police Department, Domestic Violence Unit'),
    listing('Superior Court: Domestic Violence Intake'),
    listing('Legal Aid Bureau', 'Divorce, tenants, debts. Also domestic violence cases.'),
    listing('Energy help', 'Pays heating bills.', { terms: ['Survivors of Intimate Partner Violence'] }),
    listing('City Health Department', '4) DOMESTIC VIOLENCE SCREENING AND REFERRAL: For patients.'),
  ])('do not take a public place off the map: $name', (words) => {
    expect(sdoh(words)).not.toContain('intimate-partner-violence');
  });

  it('can be derived from any text, quickly', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 3000 }), fc.string({ maxLength: 200 }), (description, name) => {
        expect(() => derive(listing(name, description))).not.toThrow();
      }),
      { numRuns: 200 },
    );
    const long = listing('X', 'VOLUNTEERS: A A A 1 ) '.repeat(5000));
    const began = performance.now();
    derive(long);
    expect(performance.now() - began).toBeLessThan(500);
  });
});
