import { describe, expect, it } from 'vitest';
import { features } from '../../src/features.js';
import { chooseLanguage } from '../../src/platform/language.js';
import { inLanguage, learnSentences } from '../../src/platform/sentences.js';
import { PLATFORM_SPANISH } from '../../src/platform/spanish.js';
import { pairsOf, sentencesOf } from './sentences.js';

/*
 * Whatever the hub says to people, it says in English and in Spanish: the sentences of the sources are compared with the
 * catalogues, in both directions.
 */
const catalogues = [PLATFORM_SPANISH, ...features.flatMap(({ spanish }) => (spanish ? [spanish] : []))];
const entries = catalogues.flatMap((catalogue) => Object.entries(catalogue));
const places = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').toSorted();
const bare = (text: string): string => text.replace(/\{\w*\}/g, '{}');
learnSentences(catalogues);

/** Texts of the sources that stand in descriptions of the API, in constants that no rule tells apart. */
const DESCRIPTIONS =
  /^(What can be |Open to everyone|Needs permission|The \w+ as (?:it stands|they stand) now|A language such as `es`|The version you looked at|A key of your own)/;
const DESCRIBING_FILES = /^src\/referral\/referral\.enums\.ts$/;
const sentences = sentencesOf().filter(
  ({ text, file }) =>
    !DESCRIPTIONS.test(text) && !DESCRIBING_FILES.test(file) && /[A-Za-z]{2}/.test(text.replaceAll('{}', '')),
);

describe('the catalogues', () => {
  it('have the same places for values in both languages', () => {
    const uneven = entries.filter(([english, spanish]) => places(english).join() !== places(spanish).join());
    expect(uneven).toEqual([]);
  });

  it('have no sentence left in English, and none that says two things', () => {
    const same = entries.filter(
      ([english, spanish]) => spanish.trim() === '' || (english === spanish && / /.test(english)),
    );
    expect(same).toEqual([]);
    const said = new Map<string, string>();
    for (const [english, spanish] of entries) {
      expect(said.get(english) ?? spanish, english).toBe(spanish);
      said.set(english, spanish);
    }
  });

  it('hold every sentence of the sources: one that is missing here belongs into the spanish.ts of its root', () => {
    const known = new Set(entries.map(([english]) => bare(english)));
    // A sentence whose number is written out stands in the catalogue with a place for it.
    const covered = (text: string): boolean =>
      known.has(text) || inLanguage(text.replaceAll('{}', 'x'), 'es') !== text.replaceAll('{}', 'x');
    const missing = sentences
      .filter(({ text }) => !covered(text))
      .map(({ text, file, line }) => `${file}:${line} ${text}`);
    expect(missing).toEqual([]);
  });

  it('hold no sentence that nobody says any more', () => {
    const said = sentences.map(({ text }) => text);
    const patterns = entries.map(([english]) => ({
      english,
      pattern: new RegExp(
        `^${bare(english)
          .replace(/[.*+?^$()|[\]\\]/g, '\\$&')
          .replaceAll('{}', '.+')}$`,
        's',
      ),
    }));
    // Fillings, such as the names of things and the words for a time, are no sentences.
    const unused = patterns.filter(
      ({ english, pattern }) => /[.!?]$/.test(english) && !said.some((text) => pattern.test(text)),
    );
    expect(unused.map(({ english }) => english)).toEqual([]);
  });

  it('show no code of the API in any sentence', () => {
    const shouting = [...entries.flat(), ...sentences.map(({ text }) => text)].filter((text) =>
      /\b[A-Z]{2,}_[A-Z_]+\b/.test(text),
    );
    expect(shouting).toEqual([]);
  });
});

describe('words in both languages', () => {
  it('have the same places for values wherever they stand in the sources', () => {
    const uneven = pairsOf().filter(({ en, es }) => places(en).join() !== places(es).join());
    expect(uneven).toEqual([]);
    expect(pairsOf().length).toBeGreaterThan(150);
  });

  it('are not the same words', () => {
    const same = pairsOf().filter(({ en, es }) => en === es && / .* /.test(en));
    expect(same).toEqual([]);
  });
});

describe('a sentence', () => {
  it('comes in the language of its reader, with its values, which may be words too', () => {
    const english = 'Too many attempts. Try again in 7 minutes.';
    expect(inLanguage(english, 'en')).toBe(english);
    expect(inLanguage(english, 'es')).toBe('Demasiados intentos. Inténtelo de nuevo en 7 minutos.');
    expect(inLanguage('Patient was not found.', 'es')).toBe('No se encontró: la persona.');
    expect(inLanguage('Use at most 500 characters.', 'es')).toBe('Use como máximo 500 caracteres.');
    expect(inLanguage('Nobody knows this.', 'es')).toBe('Nobody knows this.');
  });
});

describe('the language of an answer', () => {
  it('is that of the page, else of the settings, else of the browser, else English', () => {
    expect(chooseLanguage('es', 'en')).toBe('es');
    expect(chooseLanguage('en', 'es')).toBe('en');
    expect(chooseLanguage('en-US,en;q=0.9', 'es')).toBe('es');
    expect(chooseLanguage('es-MX,es;q=0.9,en;q=0.8', null)).toBe('es');
    expect(chooseLanguage('fr-CA,es;q=0.5', undefined)).toBe('es');
    expect(chooseLanguage('es;q=0,en', null)).toBe('en');
    expect(chooseLanguage('*', 'es')).toBe('es');
    expect(chooseLanguage(null, null)).toBe('en');
    expect(chooseLanguage('de', null)).toBe('en');
  });
});
