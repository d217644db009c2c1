import type { JudgedSet } from './judged.js';

/** Asks an engine for the ids of the best services. */
export type Ask = (text: string, limit: number) => Promise<readonly string[]>;

export interface Figures {
  queries: number;
  ndcg: number;
  recall: number;
  /** Of nDCG, what one and two slips cost, as a share. */
  lossWithOne: number;
  lossWithTwo: number;
  /** nDCG of the queries people misspelled. */
  misspelled: number;
  /** Of the first twenty of a synonym, what its fellows find among theirs. */
  overlap: number;
  byKind: Record<string, number>;
  /** The queries with the lowest nDCG first. */
  worst: { text: string; ndcg: number }[];
}

interface Tools {
  grades(topic: string): ReadonlyMap<string, number>;
  misspell(text: string, slips: number, variant: number): string;
  /** How many misspelled variants of each query. */
  variants: number;
  chosen?: (query: JudgedSet['queries'][number]) => boolean;
}

const DEEP = 10;
const WIDE = 20;

/** Discounted cumulative gain of the first ten over the best there can be, with gains 2^grade - 1. */
export function ndcg(found: readonly string[], grades: ReadonlyMap<string, number>): number {
  const gain = (grade: number, at: number): number => (2 ** grade - 1) / Math.log2(at + 2);
  const got = found.slice(0, DEEP).reduce((sum, id, at) => sum + gain(grades.get(id) ?? 0, at), 0);
  const best = [...grades.values()].sort((a, b) => b - a).slice(0, DEEP);
  return got / best.reduce((sum, grade, at) => sum + gain(grade, at), 0);
}

/** Of what answers (grade 2 or 3), what is among the first ten; of more than ten, ten are all. */
export function recall(found: readonly string[], grades: ReadonlyMap<string, number>): number {
  const answers = [...grades.values()].filter((grade) => grade >= 2).length;
  return found.slice(0, DEEP).filter((id) => (grades.get(id) ?? 0) >= 2).length / Math.min(DEEP, answers);
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / (values.length || 1);

/** What an engine makes of a judged set. */
export async function measure(judged: JudgedSet, ask: Ask, tools: Tools): Promise<Figures> {
  const clean: { text: string; kind: string; ndcg: number }[] = [];
  const [recalls, whole, one, two]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (const query of judged.queries.filter(tools.chosen ?? (() => true))) {
    const grades = tools.grades(query.topic);
    const found = await ask(query.text, DEEP);
    const score = ndcg(found, grades);
    clean.push({ text: query.text, kind: query.kind, ndcg: score });
    recalls.push(recall(found, grades));
    if (query.kind === 'misspelled') continue;
    for (let variant = 0; variant < tools.variants; variant += 1) {
      whole.push(score);
      one.push(ndcg(await ask(tools.misspell(query.text, 1, variant), DEEP), grades));
      two.push(ndcg(await ask(tools.misspell(query.text, 2, variant), DEEP), grades));
    }
  }
  const kinds = [...new Set(clean.map(({ kind }) => kind))];
  const ofKind = (kind: string): number => mean(clean.filter((one) => one.kind === kind).map((one) => one.ndcg));
  return {
    queries: clean.length,
    ndcg: mean(clean.map((query) => query.ndcg)),
    recall: mean(recalls),
    lossWithOne: 1 - mean(one) / mean(whole),
    lossWithTwo: 1 - mean(two) / mean(whole),
    misspelled: ofKind('misspelled'),
    overlap: await overlapOf(judged, ask),
    byKind: Object.fromEntries(kinds.map((kind) => [kind, ofKind(kind)])),
    worst: clean.sort((a, b) => a.ndcg - b.ndcg).slice(0, 40),
  };
}

async function overlapOf(judged: JudgedSet, ask: Ask): Promise<number> {
  const shares: number[] = [];
  for (const group of judged.synonyms) {
    const found = await Promise.all(group.map((text) => ask(text, WIDE)));
    for (const [at, first] of found.entries()) {
      for (const second of found.slice(at + 1)) {
        const most = Math.min(first.length, second.length) || 1;
        shares.push(first.filter((id) => second.includes(id)).length / most);
      }
    }
  }
  return mean(shares);
}
