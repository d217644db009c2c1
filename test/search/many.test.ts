import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postgresSearch } from '../../src/platform/search/postgres/engine.js';
import type { SearchAnswer, SearchQuestion } from '../../src/platform/search/port.js';
import { NOW } from './corpus.js';
import { openBench, type Bench } from './open-bench.js';

const ALL = 24_000;
const TOWN = { latitude: 41.5, longitude: -93.6 };
const COVERS = ['US', 'state:IA', 'county:IA/Polk', 'zip:50309'];

/**
 * More listings than are read at once, by numbers: every second has "marimba" in its name, every third in its text, every
 * hundredth is in the town; all serve the state; they were confirmed on as many days as there are in two years.
 */
const listings = sql`
  insert into hub.search_document (id, service_id, location_id, organization_id, name, organization_name, summary, categories, languages,
    latitude, longitude, covers, is_free, takes_referrals, assured_date)
  select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), case when n % 2 = 0 then 'Marimba ' else 'Lute ' end || n,
    'Band ' || n, case when n % 3 = 0 then 'We play the marimba and more, in a large hall with seats for all who come to hear us.' else '' end,
    case when n % 5 = 0 then array['stress'] else '{}' end, array[case when n % 7 = 0 then 'es' else 'en' end],
    case when n % 100 = 0 then 41.5 else 43 + (n % 50) * 0.01 end, case when n % 100 = 0 then -93.6 + (n % 1000) * 0.0001 else -91 end,
    array['state:IA'], n % 11 = 0, n % 2 = 0, date '2024-11-22' + n % 730
  from generate_series(1, ${ALL}) n`;

describe('more listings than are read at once', () => {
  let bench: Bench;
  const ask = (question: Partial<SearchQuestion>): Promise<SearchAnswer> =>
    bench.write((em) => postgresSearch.query(em, { filter: {}, now: NOW, limit: 50, facets: true, ...question }));
  const counted = (where: string): Promise<number> =>
    bench.write(async (em) => {
      const { rows } = await sql<{
        n: number;
      }>`select count(*)::int as n from hub.search_document d where ${sql.raw(where)}`.execute(em.getKysely<unknown>());
      return rows[0]?.n ?? 0;
    });

  beforeAll(async () => {
    bench = await openBench();
    await bench.write(async (em) => {
      const db = em.getKysely<unknown>();
      await listings.execute(db);
      await sql`insert into hub.search_word (word, documents) values ('marimba', 12000), ('lute', 12000), ('hall', 8000), ('band', 24000)`.execute(
        db,
      );
    });
    await bench.analyze('hub.search_document');
  }, 120_000);
  afterAll(() => bench.close());

  it('says that there are more, in the total and in the counts', async () => {
    const answer = await ask({ text: 'marimba' });
    expect(answer).toMatchObject({ total: 1000, totalIsExact: false, counts: { exact: false } });
  });

  it('shows what has the word in its name and was confirmed lately', async () => {
    const { hits } = await ask({ text: 'marimba' });
    expect(hits).toHaveLength(50);
    const [least] = hits.map((hit) => hit.parts.text ?? 0).sort((a, b) => a - b);
    expect(least).toBeGreaterThan(45);
    expect(Math.min(...hits.map((hit) => hit.parts.freshness))).toBeGreaterThan(4.7);
  });

  it('counts exactly where there are fewer, of whatever merit they are', async () => {
    const near = { ...TOWN, radiusMiles: 10, covers: [] };
    const inTown = 'd.latitude = 41.5';
    const rows: [Partial<SearchQuestion>, string][] = [
      [{ near }, inTown],
      [{ near, filter: { free: true } }, `${inTown} and d.is_free`],
      [{ near, filter: { languages: ['es'] } }, `${inTown} and d.languages @> array['es']`],
      [{ near, text: 'marimba' }, `${inTown} and (d.name like 'Marimba%' or d.summary <> '')`],
      [
        { near: { ...TOWN, radiusMiles: 10, covers: COVERS }, filter: { free: true, languages: ['es'] } },
        `d.is_free and d.languages @> array['es']`,
      ],
      [
        {
          near: { ...TOWN, radiusMiles: 10, covers: COVERS },
          filter: { free: true, languages: ['es'], servesArea: true },
        },
        `d.is_free and d.languages @> array['es']`,
      ],
      [{ filter: { free: true, languages: ['es'] } }, `d.is_free and d.languages @> array['es']`],
      [
        { text: 'hall', filter: { free: true, languages: ['es'] } },
        `d.summary <> '' and d.is_free and d.languages @> array['es']`,
      ],
    ];
    for (const [question, where] of rows) {
      const answer = await ask(question);
      expect([where, answer.total, answer.totalIsExact]).toEqual([where, await counted(where), true]);
    }
  });

  it('pages through all that it counts, each once, also what was not weighed by its words', async () => {
    const question = { text: 'hall', filter: { free: true, takesReferrals: true } };
    const all = await counted("d.summary <> '' and d.is_free and d.takes_referrals");
    expect(all).toBeGreaterThan(300);
    const seen = new Set<string>();
    for (let after: SearchQuestion['after'], pages = 0; pages < 30; pages += 1) {
      const { hits } = await ask({ ...question, facets: false, ...(after && { after }) });
      for (const hit of hits) seen.add(hit.serviceId);
      const last = hits.at(-1);
      if (!last) break;
      after = { score: last.score, serviceId: last.serviceId };
    }
    expect(seen.size).toBe(all);
  });

  it('counts a choice of a list beside the one that was made, and says when that is not all', async () => {
    const narrow = await ask({ filter: { free: true, languages: ['es'] } });
    const { total } = narrow;
    expect(narrow.counts?.languages['es']).toBe(total);
    // Without the choice there are 2,181 free ones: more than are read.
    expect(narrow).toMatchObject({ totalIsExact: true, counts: { exact: false } });
    const narrower = await ask({
      filter: { free: true, languages: ['es'], categories: ['stress'], takesReferrals: true },
    });
    expect(narrower.counts).toMatchObject({
      exact: true,
      languages: {
        es: narrower.total,
        en: await counted(`d.is_free and d.takes_referrals and d.categories <> '{}' and d.languages @> array['en']`),
      },
    });
  });

  it('reads a listing first that was confirmed after PostgreSQL looked at their merits', async () => {
    await bench.write((em) =>
      sql`update hub.search_document set assured_date = date '2027-01-15' where name = 'Marimba 6'`.execute(
        em.getKysely<unknown>(),
      ),
    );
    const { hits } = await ask({ text: 'marimba', now: new Date('2027-01-16T00:00:00Z'), limit: 1 });
    expect(hits[0]?.parts.freshness).toBeGreaterThan(4.9);
  });
});
