import { readFileSync } from 'node:fs';

/** A query with what was judged to answer it. */
export interface JudgedQuery {
  text: string;
  topic: string;
  /** need, plain, synonym, colloquial, spanish, multi (of several words), agency, misspelled (by people). */
  kind: string;
  /** Not looked at while the engine was tuned. */
  held: boolean;
}

/** A judged directory: made by reading its listings; see README.md beside it. */
export interface JudgedSet {
  /** Folder of HUB_TEST_DATA; null for the demo directory. */
  set: string | null;
  by: string;
  note: string;
  /** Queries that mean the same and must find the same. */
  synonyms: string[][];
  queries: JudgedQuery[];
  /** By topic and grade (3 just this, 2 this among others, 1 near it) the keys of services. */
  topics: Record<string, Record<string, string[]>>;
}

export const JUDGED = ['demo', 'baltimore', 'dc'] as const;

export function readJudged(name: (typeof JUDGED)[number]): JudgedSet {
  return JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), 'utf8')) as JudgedSet;
}

/** The grades of a topic by id of service; a key may be that of several. */
export function gradesOf(
  judged: JudgedSet,
  topic: string,
  ids: ReadonlyMap<string, readonly string[]>,
): Map<string, number> {
  const grades = new Map<string, number>();
  for (const [grade, keys] of Object.entries(judged.topics[topic] ?? {})) {
    for (const key of keys) for (const id of ids.get(key) ?? []) grades.set(id, Number(grade));
  }
  return grades;
}
