import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillWhenEmpty } from '../../src/demo/index.js';
import { asTask } from '../../src/platform/database/operation.js';
import { testHub, type TestHub } from '../hub.js';
import { miniSearch, type BarRow } from './bar.js';
import { ASKED, gradeOf, judgedByRule, RULED } from './by-rule.js';
import { gradesOf, JUDGED, readJudged } from './judged.js';
import { measure, ndcg, recall, type Ask } from './measure.js';
import { misspell } from './misspell.js';

describe('relevance', () => {
  describe('over the demo directory', () => {
    let hub: TestHub;
    let ask: Ask;
    let bar: Ask;
    let written: Ask;
    const ids = new Map<string, string[]>();
    const judged = readJudged('demo');
    const tools = { grades: (topic: string) => gradesOf(judged, topic, ids), misspell, variants: 1 };

    beforeAll(async () => {
      hub = await testHub({ now: '2026-11-22T15:00:00Z' });
      await fillWhenEmpty(hub.platform, hub.app.database.ownerUrl, { patients: 12, services: 320, seed: 1 });
      const rows = await hub.sql<BarRow>(
        `select distinct on (service_id) service_id as id, name, alternate_name as "alternateName",
           organization_name as "organizationName", keywords, summary from hub.search_document order by service_id, id`,
      );
      for (const { id, name } of rows) ids.set(name, [...(ids.get(name) ?? []), id]);
      bar = miniSearch(rows);
      // As their authors wrote them: without the plain words that the hub adds by itself.
      const added = (await hub.sql<{ words: string }>('select words from hub.plain_category')).map(
        ({ words }) => words,
      );
      const bare = (keywords: string): string => added.reduce((left, words) => left.replaceAll(words, ''), keywords);
      written = miniSearch(rows.map((row) => ({ ...row, keywords: bare(row.keywords) })));
      ask = (text, limit) =>
        asTask(hub.orm).write(async (em) => {
          const question = { text, filter: {}, now: hub.clock.now(), limit, facets: false };
          return (await hub.platform.search.query(em, question)).hits.map((hit) => hit.serviceId);
        });
    });
    afterAll(() => hub.stop());

    it('finds what people look for, also misspelled, and more of it than MiniSearch', async () => {
      const figures = await measure(judged, ask, tools);
      const mini = await measure(judged, bar, tools);
      expect(figures).toMatchObject({ queries: judged.queries.length });
      // Below the figures of docs/decisions/0016, so that they fail when quality drops and not at every change.
      expect(figures.ndcg).toBeGreaterThan(0.86);
      expect(figures.recall).toBeGreaterThan(0.88);
      expect(figures.lossWithOne).toBeLessThan(0.1);
      expect(figures.lossWithTwo).toBeLessThan(0.3);
      expect(figures.misspelled).toBeGreaterThan(0.8);
      expect(figures.overlap).toBeGreaterThan(0.5);
      expect(figures.ndcg).toBeGreaterThan((await measure(judged, written, tools)).ndcg + 0.1);
      // With the words of the hub too.
      expect(figures.ndcg).toBeGreaterThan(mini.ndcg + 0.05);
    });
  });

  it.each(JUDGED)('%s is judged: each query has a topic with answers, once', (name) => {
    const judged = readJudged(name);
    expect(new Set(judged.queries.map(({ text }) => text)).size).toBe(judged.queries.length);
    for (const { topic } of judged.queries) {
      const grades = Object.keys(judged.topics[topic] ?? {});
      expect([topic, grades.includes('3') || grades.includes('2')]).toEqual([topic, true]);
    }
  });

  it.each(Object.keys(RULED))('%s has a rule for each query, and each query once', (path) => {
    const { topics = {}, queries = {} } = RULED[path] ?? {};
    expect(Object.keys(queries).toSorted()).toEqual(Object.keys(topics).toSorted());
    const texts = Object.values(queries).flat();
    expect(new Set(texts).size).toBe(texts.length);
    expect(texts.length).toBeGreaterThan(35);
  });

  it.each(Object.entries(ASKED))('questions %s have a rule each, stand there once and are judged by it', (_, bunch) => {
    expect(Object.keys(bunch.queries).toSorted()).toEqual(Object.keys(bunch.topics).toSorted());
    const texts = Object.values(bunch.queries).flat();
    expect(new Set(texts).size).toBe(texts.length);
    const none = { id: 'a', name: 'Quarry', summary: 'Stones.', city: null, terms: [] };
    expect(judgedByRule('', [none], bunch).queries).toEqual([]);
  });

  it('grades by rule: named, filed or begun so, then filed wider or said further down', () => {
    const row = { id: 'a', name: 'Open Door', summary: 'We are here.', city: 'Ashton', terms: [] };
    const rule = { terms: ['Food Pantry'], broad: ['Food'], name: 'pantry', lead: 'groceries' };
    expect(gradeOf(rule, row)).toBe(0);
    expect(gradeOf(rule, { ...row, name: 'Ashton Pantry' })).toBe(3);
    expect(gradeOf(rule, { ...row, terms: ['Food Pantry'] })).toBe(3);
    expect(gradeOf(rule, { ...row, summary: 'Groceries on Mondays.' })).toBe(3);
    expect(gradeOf(rule, { ...row, terms: ['Food'] })).toBe(2);
    expect(gradeOf(rule, { ...row, summary: `${'We are here. '.repeat(20)}Groceries on Mondays.` })).toBe(2);
    expect(gradeOf({ city: '^ashton$' }, row)).toBe(3);
  });

  it('asks by rule only what some listing answers', () => {
    const rows = [{ id: 'a', name: 'Farmers Market: Elm', summary: null, city: null, terms: [] }];
    const { queries, topics } = judgedByRule('la-food/food-sites.csv', rows);
    expect(topics).toEqual({ market: { 3: ['a'] } });
    expect(new Set(queries.map(({ topic }) => topic))).toEqual(new Set(['market']));
  });

  it('has at least 150 queries, a part of them held out', () => {
    const queries = JUDGED.flatMap((name) => readJudged(name).queries);
    expect(queries.length).toBeGreaterThanOrEqual(150);
    expect(queries.filter(({ held }) => held).length).toBeGreaterThan(50);
  });

  it('measures as the definitions say', () => {
    const grades = new Map([
      ['a', 3],
      ['b', 2],
      ['c', 1],
    ]);
    expect(ndcg(['a', 'b', 'c'], grades)).toBe(1);
    expect(ndcg(['x', 'y'], grades)).toBe(0);
    expect(ndcg(['b', 'a'], grades)).toBeCloseTo((3 + 7 / Math.log2(3)) / (7 + 3 / Math.log2(3) + 1 / 2), 6);
    expect(recall(['a', 'x'], grades)).toBe(0.5);
    expect(misspell('food pantry', 1, 0)).toBe(misspell('food pantry', 1, 0));
    expect(misspell('food pantry', 2, 1)).not.toBe('food pantry');
  });
});
