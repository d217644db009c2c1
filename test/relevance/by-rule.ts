import { readFileSync } from 'node:fs';
import type { JudgedSet } from './judged.js';

/** How the listings of a topic are told: never by what an engine finds. Patterns ignore case. */
interface Rule {
  /** Terms under which the directory itself files them. */
  terms?: string[];
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

const LEAD = 300;

/**
 * The grade of a listing for a topic. 3: named so, and filed so where the directory files; a rule by city alone is met or
 * not. 2: filed, named or described so. Nothing else counts.
 */
export function gradeOf(rule: Rule, { name, summary, city, terms }: RuledRow): number {
  const says = (pattern: string | undefined, text: string | null): boolean =>
    pattern !== undefined && text !== null && new RegExp(pattern, 'i').test(text);
  if (says(rule.city, city)) return 3;
  const named = says(rule.name, name);
  const filed = rule.terms?.some((term) => terms.includes(term)) ?? false;
  const told = says(rule.lead, summary?.slice(0, LEAD) ?? null);
  if (named && (filed || rule.terms === undefined)) return 3;
  return named || filed || told ? 2 : 0;
}

/** A set judged by its rules over the rows that are there; topics that no row answers ask nothing. */
export function judgedByRule(path: string, rows: readonly RuledRow[]): JudgedSet {
  const { synonyms, topics, queries } = RULED[path] ?? { synonyms: [], topics: {}, queries: {} };
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
