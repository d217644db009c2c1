import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/platform/id.js';
import type { SearchAnswer, SearchDocument, SearchEngine, SearchQuestion } from '../../src/platform/search/port.js';
import { seededSynonyms } from '../../src/directory/search/rebuild.js';
import { COLUMBIA, corpus, FILTERS, NOW, questions } from './corpus.js';
import { searchDocument, siteDocument } from './documents.js';
import type { Bench } from './open-bench.js';
import { expected } from './oracle.js';

/** Miles to degrees of latitude, on the sphere that distances are measured on. */
const degrees = (miles: number): number => (miles / 3958.7613) * (180 / Math.PI);

/** What every search engine does with filters, counts, pages and documents; each answer is compared with a plain reading. */
export function filterContract(engine: SearchEngine, open: () => Promise<Bench>): void {
  describe(`filters of search engine ${engine.name}`, () => {
    let bench: Bench;
    const documents = corpus('Xenolith', 90, 20_261_122);
    const write = async (work: (em: Parameters<Parameters<Bench['write']>[0]>[0]) => Promise<void>): Promise<void> => {
      await bench.write(work);
      await bench.settle?.();
    };
    const put = (...added: SearchDocument[]) => write((em) => engine.upsert(em, added));
    const ask = (question: Partial<SearchQuestion>): Promise<SearchAnswer> =>
      bench.write((em) => engine.query(em, { filter: {}, now: NOW, limit: 100, facets: true, ...question }));
    const ids = (answer: SearchAnswer): string[] => answer.hits.map((hit) => hit.serviceId);

    async function agrees(question: SearchQuestion, text?: string): Promise<void> {
      const answer = await ask(text === undefined ? question : { ...question, text });
      const want = expected(documents, question);
      expect(new Set(ids(answer))).toEqual(want.services);
      expect(answer.hits).toHaveLength(want.services.size);
      expect({ total: answer.total, exact: answer.totalIsExact }).toEqual({ total: want.services.size, exact: true });
      expect(answer.counts).toEqual(want.counts);
    }

    beforeAll(async () => {
      bench = await open();
      await write((em) => engine.ensure(em, { synonyms: seededSynonyms() }));
      await put(...documents);
    });
    afterAll(() => bench.close());

    it.each(Object.keys(FILTERS))('holds %s alone, with every count', async (name) => {
      const near = { ...COLUMBIA, radiusMiles: 20, covers: ['US', 'state:MD', 'area:4711'] };
      const base = { open: [1, 77_001], fit: { match: [2], noMatch: [88_002] }, now: NOW, limit: 1000, facets: true };
      for (const value of fc.sample(FILTERS[name as keyof typeof FILTERS] as fc.Arbitrary<unknown>, {
        numRuns: 3,
        seed: 7,
      })) {
        await agrees({ ...base, filter: { [name]: value }, ...(name === 'servesArea' && { near }) });
      }
    });

    it('holds filters and places in any combination, with every count', async () => {
      for (const question of fc.sample(questions, { numRuns: 60, seed: 11 })) await agrees(question);
    }, 300_000);

    it('holds them beside words', async () => {
      for (const question of fc.sample(questions, { numRuns: 15, seed: 13 })) await agrees(question, 'xenolith');
    }, 120_000);

    it('finds nothing by an empty list, an id that is not there or a value that nobody has', async () => {
      for (const filter of [
        { categories: [] },
        { serviceIds: [] },
        { serviceIds: [newId()] },
        { organizationIds: [newId()] },
        { terms: [newId()] },
        { open: true },
        { languages: ['xx'] },
      ]) {
        expect(await ask({ filter }), JSON.stringify(filter)).toMatchObject({ hits: [], total: 0, totalIsExact: true });
      }
    });

    it('takes what looks like its own filter language as a value', async () => {
      for (const value of [
        'stress" OR serviceId EXISTS OR categories = "stress',
        'stress"] OR categories IN ["stress',
        `stress' OR '1'='1`,
        `'); drop table hub.search_document; --`,
        'stress\\',
        'stress\\"] OR flags IN ["free',
        '{stress}',
        '*',
        '',
        'NULL',
        'a'.repeat(5000),
        'stress\n',
      ]) {
        for (const name of ['categories', 'languages', 'costs'] as const) {
          const answer = await ask({ filter: { [name]: [value] } });
          expect(ids(answer), `${name} ${value.slice(0, 60)}`).toEqual([]);
        }
        await expect(ask({ near: { ...COLUMBIA, radiusMiles: 1, covers: [value] } })).resolves.toBeDefined();
      }
      expect((await ask({ filter: { categories: ['stress'] } })).total).toBeGreaterThan(0);
    });

    it('draws the circle to a two-hundredth, and exactly where it draws it twice', async () => {
      const organizationId = newId();
      for (const radiusMiles of [1, 10, 25, 100, 250]) {
        const at = (share: number) =>
          siteDocument(COLUMBIA.latitude + degrees(radiusMiles * share), COLUMBIA.longitude, { organizationId });
        const [inside, outside] = [at(0.998), at(1.002)];
        await put(inside, outside);
        const answer = await ask({
          near: { ...COLUMBIA, radiusMiles, covers: [] },
          filter: { serviceIds: [inside.serviceId, outside.serviceId] },
        });
        expect(ids(answer)).toEqual([inside.serviceId]);
        expect(Math.abs((answer.hits[0]?.miles ?? 0) / (radiusMiles * 0.998) - 1)).toBeLessThan(1e-6);
      }
    });

    it('finds near the date line and a pole', async () => {
      const fiji = siteDocument(-16.5, 179.98);
      const pole = siteDocument(89.95, 10);
      await put(fiji, pole);
      const around = (latitude: number, longitude: number) =>
        ask({ near: { latitude, longitude, radiusMiles: 20, covers: [] } });
      expect(ids(await around(-16.5, -179.98))).toEqual([fiji.serviceId]);
      expect(ids(await around(89.95, -170))).toEqual([pole.serviceId]);
    });

    it('finds by the area served: nation, state, county, ZIP code or drawn', async () => {
      const organizationId = newId();
      const areas = ['US', 'state:MD', 'county:MD/Howard', 'zip:21044', 'area:123456789'];
      const services = areas.map((area) => searchDocument({ organizationId, covers: [area] }));
      await put(...services, searchDocument({ organizationId, covers: ['state:VA', 'county:VA/Howard'] }));
      for (const [n, area] of areas.entries()) {
        const near = { ...COLUMBIA, radiusMiles: 5, covers: [area] };
        const answer = await ask({ near, filter: { organizationIds: [organizationId] } });
        expect(ids(answer)).toEqual([services[n]?.serviceId]);
        expect(answer.hits[0]).toMatchObject({ siteId: null, miles: null, servesArea: true });
      }
    });

    it('visits each of many equal services once, whatever the size of a page', async () => {
      const organizationId = newId();
      const equal = Array.from({ length: 37 }, () => searchDocument({ organizationId, name: 'Ophicleide Evening' }));
      await put(...equal);
      for (const [limit, text] of [
        [1, undefined],
        [7, 'ophicleide'],
        [36, undefined],
        [37, 'ophicleide evening'],
      ] as const) {
        const seen: string[] = [];
        let after: SearchQuestion['after'];
        for (let page = 0; page < 50; page += 1) {
          const filter = { organizationIds: [organizationId] };
          const { hits } = await ask({ filter, limit, facets: false, ...(text && { text }), ...(after && { after }) });
          seen.push(...hits.map((hit) => hit.serviceId));
          const last = hits.at(-1);
          if (!last) break;
          after = { score: last.score, serviceId: last.serviceId };
        }
        expect(seen).toHaveLength(equal.length);
        expect(new Set(seen)).toEqual(new Set(equal.map((document) => document.serviceId)));
      }
    }, 120_000);

    it('adds points for fit: all when it is for the person, half when that is not known, none when it is not', async () => {
      const organizationId = newId();
      const services = [2, null, 88_002].map((eligibility) => searchDocument({ organizationId, eligibility }));
      await put(...services);
      const answer = await ask({
        filter: { organizationIds: [organizationId] },
        fit: { match: [2], noMatch: [88_002] },
      });
      expect(ids(answer)).toEqual(services.map((document) => document.serviceId));
      expect(answer.hits.map((hit) => hit.parts.fit)).toEqual([10, 5, 0]);
      expect((await ask({ filter: { organizationIds: [organizationId] } })).hits.map((hit) => hit.parts.fit)).toEqual([
        null,
        null,
        null,
      ]);
    });

    it('takes any text there is, however long and odd', async () => {
      const organizationId = newId();
      const odd = [
        'a'.repeat(100_000),
        'food '.repeat(100_000),
        '\u202Eabc \u200B 🍎👩‍👩‍👧 ـقهوة 食物 ﷽',
        '"quoted" \\ back\\slash {json: [1]} <b>&amp;</b> %s ${x}',
        "'; drop table hub.search_document; --",
        'İstanbul ẞtraße ﬁne',
      ];
      const services = odd.map((summary) =>
        searchDocument({ organizationId, summary, keywords: summary.slice(0, 200) }),
      );
      services.push(searchDocument({ organizationId, name: 'n'.repeat(500), alternateName: odd[2] ?? '' }));
      await put(...services);
      const filter = { organizationIds: [organizationId] };
      expect(new Set(ids(await ask({ filter })))).toEqual(new Set(services.map((document) => document.serviceId)));
      expect(ids(await ask({ filter, text: '食物' })).length).toBeGreaterThan(0);
      for (const text of [...odd, 'x'.repeat(10_000), 'a b c d e f g h i j k l m n o p q r s t u v w x y z']) {
        await expect(ask({ filter, text })).resolves.toBeDefined();
      }
    }, 60_000);

    it('keeps the newest of several versions, in whatever order and however often they come', async () => {
      const serviceId = newId();
      const version = (number: number) =>
        searchDocument({ id: serviceId, serviceId, name: `Theremin v${number}`, version: number });
      for (const number of [3, 1, 5, 5, 2, 4]) await put(version(number));
      const filter = { serviceIds: [serviceId] };
      expect(ids(await ask({ filter, text: 'theremin v5' }))).toEqual([serviceId]);
      expect((await ask({ filter, text: 'v5' })).reading.dropped).toEqual([]);
      expect(ids(await ask({ filter, text: 'v4' }))).toEqual([]);
    });

    it('forgets a site that is gone and keeps the others, and minds no id that it never knew', async () => {
      const serviceId = newId();
      const [here, there] = [39.21, 39.3].map((latitude) => siteDocument(latitude, -76.86, { serviceId }));
      if (!here || !there) throw new Error('two sites');
      await put(here, there);
      const near = { ...COLUMBIA, radiusMiles: 1, covers: [] };
      expect(ids(await ask({ near, filter: { serviceIds: [serviceId] } }))).toEqual([serviceId]);
      await put(there);
      expect(ids(await ask({ near, filter: { serviceIds: [serviceId] } }))).toEqual([]);
      expect(ids(await ask({ filter: { serviceIds: [serviceId] } }))).toEqual([serviceId]);
      await write((em) => engine.remove(em, [newId()]));
      await write((em) => engine.remove(em, []));
      await put();
    });

    it('goes on finding while everything is built anew, and knows what is new after it', async () => {
      const id = await bench.listed('Sousaphone Repair');
      await bench.rebuild(engine);
      const added = await bench.listed('Sousaphone Lessons');
      let asked = 0;
      const rebuild = bench.rebuild(engine);
      const over = rebuild.then(() => true);
      for (let done = false; !done;) {
        expect(ids(await ask({ text: 'sousaphone' }))).toContain(id);
        asked += 1;
        done = await Promise.race([over, Promise.resolve(false)]);
      }
      await rebuild;
      expect(asked).toBeGreaterThan(0);
      expect(new Set(ids(await ask({ text: 'sousaphone' })))).toEqual(new Set([id, added]));
      // What the directory does not have is gone.
      expect(ids(await ask({ text: 'xenolith' }))).toEqual([]);
    }, 120_000);
  });
}
