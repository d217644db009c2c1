import { readFileSync } from 'node:fs';
import type { JudgedSet } from './judged.js';

/** How the listings of a topic are told: never by what an engine finds. Patterns ignore case. */
interface Rule {
  /** Terms under which the directory itself files them. */
  terms?: string[];
  /** Wider terms, under which stands much else. */
  broad?: string[];
  /** What stands in the name. */
  name?: string;
  /** What stands in the first lines. */
  lead?: string;
  city?: string;
}

interface RuledSet {
  synonyms: string[][];
  topics: Record<string, Rule>;
  /** By topic, the words of those who ask. */
  queries: Record<string, string[]>;
}

/** A listing as far as rules look at it. */
export interface RuledRow {
  id: string;
  name: string;
  summary: string | null;
  city: string | null;
  terms: readonly string[];
}

/** Directories that nobody judged by reading, by their path in HUB_TEST_DATA. */
export const RULED = (
  JSON.parse(readFileSync(new URL('by-rule.json', import.meta.url), 'utf8')) as { sets: Record<string, RuledSet> }
).sets;

interface Bunch extends Omit<RuledSet, 'synonyms'> {
  /** Paths in HUB_TEST_DATA, or `demo`. */
  directories: string[];
}

/** As written: a topic may be that of another bunch, such as "A.dental". */
interface WrittenBunch extends Omit<Bunch, 'topics'> {
  topics: Record<string, Rule | string>;
}

const written = (
  JSON.parse(readFileSync(new URL('asked.json', import.meta.url), 'utf8')) as { bunches: Record<string, WrittenBunch> }
).bunches;

function ruleOf(rule: Rule | string | undefined): Rule {
  if (typeof rule === 'object') return rule;
  const [bunch = '', topic = ''] = rule?.split('.') ?? [];
  if (!written[bunch]?.topics[topic]) throw new Error(`No bunch of questions has the topic ${rule}`);
  return ruleOf(written[bunch].topics[topic]);
}

/** Questions that were new to the search when they were first asked, by the name of their bunch. */
export const ASKED: Record<string, Bunch> = Object.fromEntries(
  Object.entries(written).map(([name, bunch]) => {
    const topics = Object.entries(bunch.topics).map(([topic, rule]) => [topic, ruleOf(rule)] as const);
    return [name, { ...bunch, topics: Object.fromEntries(topics) }];
  }),
);

const LEAD = 200;

/**
 * The grade of a listing for a topic, as README.md has them. 3: it is named so, filed just so, or its first lines say so; a
 * rule by city alone is met or not. 2: it is filed under something wider, or its text says so further down.
 */
export function gradeOf(rule: Rule, { name, summary, city, terms }: RuledRow): number {
  const says = (pattern: string | undefined, text: string | null): boolean =>
    pattern !== undefined && text !== null && new RegExp(pattern, 'i').test(text);
  const filed = (under: readonly string[] | undefined) => under?.some((term) => terms.includes(term)) ?? false;
  if (says(rule.city, city) || says(rule.name, name)) return 3;
  if (filed(rule.terms) || says(rule.lead, summary?.slice(0, LEAD) ?? null)) return 3;
  return filed(rule.broad) || says(rule.lead, summary) ? 2 : 0;
}

/** A set judged by its rules over the rows that are there; topics that no row answers ask nothing. */
export function judgedByRule(path: string, rows: readonly RuledRow[], rules?: Bunch): JudgedSet {
  const { topics, queries }: Omit<RuledSet, 'synonyms'> = rules ?? RULED[path] ?? { topics: {}, queries: {} };
  const synonyms = rules ? [] : (RULED[path]?.synonyms ?? []);
  const graded = Object.entries(topics).map(([topic, rule]) => {
    const grades: Record<string, string[]> = {};
    for (const row of rows) {
      const grade = gradeOf(rule, row);
      if (grade > 0) (grades[grade] ??= []).push(row.id);
    }
    return [topic, grades] as const;
  });
  const answered = graded.filter(([, grades]) => Object.keys(grades).length > 0);
  return {
    set: path,
    by: 'id of the service',
    note: 'By rule.',
    synonyms,
    topics: Object.fromEntries(answered),
    queries: answered.flatMap(([topic]) =>
      (queries[topic] ?? []).map((text) => ({ text, topic, kind: 'ruled', held: false })),
    ),
  };
}
