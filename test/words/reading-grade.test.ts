import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LIST_WORDS } from '../../src/directory/list/list-words.js';
import { listLetter } from '../../src/directory/list/list-letter.js';
import { features } from '../../src/features.js';
import {
  asRead,
  easeOfSpanish,
  gradeOfEnglish,
  isSentence,
  measure,
  syllablesOfEnglish,
  syllablesOfSpanish,
} from './reading.js';

/** Reading grade 6: what the hub itself writes, page by page, in both languages. Names of things are the agencies' own. */
const GRADE = 6;
const EASE = 70;
/** One long sentence may be a little harder than its page. */
const HARDEST = { grade: 10, ease: 55 };
/** Fewer words say nothing about a page: one long word decides. */
const WORDS_OF_A_PAGE = 30;
const WORDS_OF_A_SENTENCE = 9;

interface Pair {
  key: string;
  page: string;
  en: string;
  es: string;
}

const english = (texts: readonly string[]) => measure(texts, syllablesOfEnglish);
const spanish = (texts: readonly string[]) => measure(texts, syllablesOfSpanish);

async function catalogue(): Promise<Pair[]> {
  const read = async (language: string): Promise<Record<string, string>> =>
    JSON.parse(await readFile(resolve(`web/src/lib/i18n/${language}.json`), 'utf8'));
  const [en, es] = [await read('en'), await read('es')];
  return Object.keys(en).map((key) => ({
    key,
    page: `page ${key.split('.')[0]}`,
    en: asRead(en[key] ?? '', 'food'),
    es: asRead(es[key] ?? '', 'comida'),
  }));
}

function ofServer(): Pair[] {
  const said = features.flatMap(({ name, spanish: words = {} }) =>
    Object.entries(words).map(([en, es]) => ({
      key: en,
      page: `server ${name}`,
      en: asRead(en, 'food'),
      es: asRead(es, 'comida'),
    })),
  );
  const listed = Object.entries(LIST_WORDS).map(([key, words]) => ({
    key,
    page: 'list',
    en: asRead(words.en, '3'),
    es: asRead(words.es, '3'),
  }));
  const letter = { cards: [], link: 'here' };
  return [
    ...said,
    ...listed,
    { key: 'letter', page: 'list', en: listLetter('en', letter).text.trim(), es: listLetter('es', letter).text.trim() },
  ];
}

describe('what the hub writes', () => {
  it('is measured by formulas that give known values', () => {
    expect(gradeOfEnglish(english(['The cat sat on the mat.']))).toBeCloseTo(-1.45, 2);
    expect(['table', 'baked', 'reading', 'organization', 'the', 'family'].map(syllablesOfEnglish)).toEqual([
      2, 1, 2, 5, 1, 3,
    ]);
    expect(['ayuda', 'servicio', 'día', 'teléfono', 'guerra', 'queso', 'poeta', 'hoy'].map(syllablesOfSpanish)).toEqual(
      [3, 3, 2, 4, 2, 2, 3, 1],
    );
    // 8 words, 12 syllables, one sentence: la ni-ña co-me pan en la ca-sa gran-de has 12.
    expect(easeOfSpanish(spanish(['La niña come pan en la casa grande.']))).toBeCloseTo(
      206.84 - (60 * 12) / 8 - 1.02 * 8,
      1,
    );
    expect(asRead('{count, plural, one {# day} other {# days}} for {name}', 'food')).toBe('3 days for food');
  });

  it('is read by a sixth grader, page by page', async () => {
    const sentences = [...(await catalogue()), ...ofServer()].filter(({ en }) => isSentence(en));
    expect(sentences.length).toBeGreaterThan(300);
    const hard: unknown[] = [];
    for (const [page, pairs] of Map.groupBy(sentences, (pair) => pair.page)) {
      const [en, es] = [english(pairs.map((pair) => pair.en)), spanish(pairs.map((pair) => pair.es))];
      if (en.words < WORDS_OF_A_PAGE) continue;
      if (gradeOfEnglish(en) > GRADE) hard.push([page, 'en', gradeOfEnglish(en).toFixed(1)]);
      if (easeOfSpanish(es) < EASE) hard.push([page, 'es', easeOfSpanish(es).toFixed(1)]);
    }
    expect(hard).toEqual([]);
  });

  it('has no single sentence that is much harder', async () => {
    const hard = [...(await catalogue()), ...ofServer()].flatMap(({ key, en, es }) => {
      if (!isSentence(en)) return [];
      const [read, leido] = [english([en]), spanish([es])];
      const found: unknown[] = [];
      if (read.words >= WORDS_OF_A_SENTENCE && gradeOfEnglish(read) > HARDEST.grade) {
        found.push([gradeOfEnglish(read).toFixed(1), key, en]);
      }
      if (leido.words >= WORDS_OF_A_SENTENCE && easeOfSpanish(leido) < HARDEST.ease) {
        found.push([easeOfSpanish(leido).toFixed(0), key, es]);
      }
      return found;
    });
    expect(hard).toEqual([]);
  });
});
