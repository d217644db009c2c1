import type { EntityManager } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/platform/id.js';
import type { SearchAnswer, SearchDocument, SearchEngine, SearchQuestion } from '../../src/platform/search/port.js';
import { recount } from '../../src/platform/search/postgres/documents.js';
import { RANK } from '../../src/platform/search/ranking.js';
import { seededSynonyms } from '../../src/directory/search/rebuild.js';
import { searchDocument, siteDocument } from './documents.js';
import type { Bench } from './open-bench.js';

function fail(): never {
  throw new Error('Nothing was found');
}

const now = new Date('2026-11-22T15:00:00Z');
const columbia = { latitude: 39.2037, longitude: -76.861 };
const covers = ['US', 'state:MD', 'county:MD/Howard', 'zip:21044'];

/** What every search engine of the hub does, whatever it is made of. */
export function searchContract(engine: SearchEngine, open: () => Promise<Bench>): void {
  describe(`search engine ${engine.name}`, () => {
    let bench: Bench;
    const write = async (work: (em: EntityManager) => Promise<void>): Promise<void> => {
      await bench.write(work);
      await bench.settle?.();
    };
    const put = (...documents: SearchDocument[]) => write((em) => engine.upsert(em, documents));
    const ask = (question: Partial<SearchQuestion>): Promise<SearchAnswer> =>
      bench.write((em) => engine.query(em, { filter: {}, now, limit: 20, facets: true, ...question }));
    const ids = (answer: SearchAnswer): string[] => answer.hits.map((hit) => hit.serviceId);

    beforeAll(async () => {
      bench = await open();
      await write((em) => engine.ensure(em, { synonyms: seededSynonyms() }));
    });
    afterAll(() => bench.close());

    it('finds a word in the name before the same word in the description', async () => {
      const inText = searchDocument({ name: 'Helping Hands', summary: 'We also have quilting.' });
      const inName = searchDocument({ name: 'Quilting Circle' });
      await put(inText, inName);
      expect(ids(await ask({ text: 'quilting' }))).toEqual([inName.serviceId, inText.serviceId]);
    });

    it.each([
      ['food pantrey', 'food pantry'],
      ['diabetis', 'diabetes'],
      ['asistance', 'assistance'],
      ['denstist', 'dentist'],
    ])('corrects "%s" and says so', async (typed, meant) => {
      await put(searchDocument({ name: `${meant} program` }));
      const answer = await ask({ text: typed });
      expect(answer.reading.corrected).toBe(meant);
      expect(answer.hits.length).toBeGreaterThan(0);
    });

    it('takes a word for what it sounds like, where it only shares a stem with another', async () => {
      const meant = Array.from({ length: 4 }, (_, n) => searchDocument({ name: `Counseling Room ${n}` }));
      await put(...meant, searchDocument({ name: 'Elm Street Council' }));
      await write(recount);
      const answer = await ask({ text: 'counciling' });
      expect(answer.reading.corrected).toBe('counseling');
      expect(new Set(ids(answer).slice(0, 4))).toEqual(new Set(meant.map(({ serviceId }) => serviceId)));
      expect((await ask({ text: 'councils' })).reading.corrected).toBeNull();
    });

    it('takes a last word for what it sounds like before it completes it to something rare', async () => {
      const care = Array.from({ length: 12 }, (_, n) => searchDocument({ name: `Foot Care ${n}` }));
      await put(...care, searchDocument({ name: 'Karelia Club' }));
      await write(recount);
      expect((await ask({ text: 'foot kare' })).reading.corrected).toBe('foot care');
      expect(ids(await ask({ text: 'karel' }))).toHaveLength(1);
    });

    it('reads words that were run together', async () => {
      const there = searchDocument({ name: 'Quarry Meadow Kitchen' });
      await put(there);
      const answer = await ask({ text: 'quarrymeadow' });
      expect(answer.reading.corrected).toBe('quarry meadow');
      expect(ids(answer)).toEqual([there.serviceId]);
    });

    it.each([
      ['ride to doctor', 'Medical Transportation', 'transportation-insecurity'],
      ['someone to watch my mom', 'Respite Care', 'social-connection'],
      ['light bills', 'Energy Assistance', 'utility-insecurity'],
      ['comida', 'Groceries for Families', 'food-insecurity'],
      ['grub', 'Community Meals', 'food-insecurity'],
      ['necesito ayuda para pagar la luz', 'Electric Bill Help', 'utility-insecurity'],
    ])('reads "%s" as people mean it', async (typed, name, category) => {
      const document = searchDocument({ name, categories: [category] });
      await put(document);
      const answer = await ask({ text: typed });
      expect(answer.reading.category).toBe(category);
      expect(ids(answer)).toContain(document.serviceId);
    });

    it('completes a last word that is cut off', async () => {
      const document = searchDocument({ name: 'Xylophone Lessons' });
      await put(document);
      expect(ids(await ask({ text: 'xylo' }))).toEqual([document.serviceId]);
    });

    it('reads accents, case, plurals and marks as the same', async () => {
      const document = searchDocument({ name: 'Clínica Niños Saludables' });
      await put(document);
      expect(ids(await ask({ text: 'CLINICA, niño!' }))).toContain(document.serviceId);
    });

    it('needs the thing that is looked for, not the words around it, which only put it in order', async () => {
      const forAll = searchDocument({ name: 'Ocarina Workshop' });
      const forKids = searchDocument({ name: 'Ocarina Workshop for Kids' });
      const other = searchDocument({ name: 'Kids Corner', summary: 'New and free for kids, at our center.' });
      await put(forAll, forKids, other);
      const answer = await ask({ text: 'new free ocarina center for my kids' });
      expect(ids(answer)).toEqual([forKids.serviceId, forAll.serviceId]);
      expect(answer.reading.dropped).toEqual([]);
      expect(ids(await ask({ text: 'kids corner' }))[0]).toBe(other.serviceId);
    });

    it('takes words for a phrase where they stand together, not one in the name and one far away', async () => {
      const organizationId = newId();
      const summary = `We visit you. ${'We are open to all. '.repeat(12)} No modification of plans.`;
      const apart = searchDocument({ organizationId, name: 'Home Visits', summary });
      const together = searchDocument({ organizationId, name: 'Evenings', keywords: 'home modification' });
      await put(apart, together);
      const answer = await ask({ text: 'grab bars', filter: { organizationIds: [organizationId] } });
      expect(ids(answer)[0]).toBe(together.serviceId);
    });

    it('keeps what has all the words first when it lets some go, and finds any of them rather than nothing', async () => {
      const both = searchDocument({ name: 'Marimba Bassoon Hall' });
      const marimbas = Array.from({ length: 12 }, (_, n) => searchDocument({ name: `Marimba Room ${n}` }));
      await put(both, ...marimbas);
      const wider = await ask({ text: 'bassoon marimba' });
      expect(ids(wider)[0]).toBe(both.serviceId);
      expect(wider.total).toBe(13);
      expect(wider.reading.dropped).toEqual(['bassoon']);
      const [spinet, celesta] = [searchDocument({ name: 'Spinet Loft' }), searchDocument({ name: 'Celesta Loft' })];
      await put(spinet, celesta);
      const any = await ask({ text: 'spinet celesta' });
      expect(new Set(ids(any))).toEqual(new Set([spinet.serviceId, celesta.serviceId]));
      expect(any.reading.dropped).toEqual(['spinet', 'celesta']);
    });

    it('reads a story for the kinds of help in it', async () => {
      const help = searchDocument({ name: 'Eviction prevention and diapers', keywords: 'rent, diapers, job training' });
      const noise = searchDocument({
        name: 'Friday Month',
        summary: 'Last month, three times, on a Friday, by letter.',
      });
      await put(help, noise);
      const text =
        'my husband lost his job last month and we got three letters and the landlord wants us evicted by friday and our baby is out of diapers';
      const answer = await ask({ text, filter: { serviceIds: [help.serviceId, noise.serviceId] } });
      expect(ids(answer)).toEqual([help.serviceId]);
    });

    it('drops a word that nothing has, and says which', async () => {
      const document = searchDocument({ name: 'Zither Repair' });
      await put(document);
      const answer = await ask({ text: 'zither qqqqzz' });
      expect(ids(answer)).toEqual([document.serviceId]);
      expect(answer.reading.dropped).toEqual(['qqqqzz']);
    });

    it('ranks what has all the words first when it widens', async () => {
      const all = searchDocument({ name: 'Velvet Harpsichord' });
      const one = searchDocument({ name: 'Harpsichord Museum' });
      await put(all, one);
      const answer = await ask({ text: 'velvet harpsichord' });
      expect(ids(answer)).toEqual([all.serviceId, one.serviceId]);
      expect(answer.reading.dropped).toEqual(['velvet']);
    });

    it('finds nothing for words that mean nothing', async () => {
      const answer = await ask({ text: 'qqqqzz wwxxyy' });
      expect(answer).toMatchObject({ hits: [], total: 0, totalIsExact: true });
    });

    it('takes marks of its own query language as plain text', async () => {
      for (const text of [`'); drop table hub.service; --`, `a' & b:*`, `"<->" | !`, '\\', '%_%', ':*', '🙂', '   ']) {
        await expect(ask({ text })).resolves.toBeDefined();
        await expect(bench.write((em) => engine.suggest(em, text, 5))).resolves.toBeDefined();
      }
    });

    it('finds a service once, at its nearest site, within the radius', async () => {
      const organizationId = newId();
      const serviceId = newId();
      const near = siteDocument(39.21, -76.86, { serviceId, organizationId });
      const far = siteDocument(39.4, -76.6, { serviceId, organizationId });
      const tooFar = siteDocument(38.0, -75.0, { organizationId });
      await put(near, far);
      await put(tooFar);
      const { hits } = await ask({
        near: { ...columbia, radiusMiles: 25, covers },
        filter: { organizationIds: [organizationId] },
      });
      expect(hits).toHaveLength(1);
      expect(hits[0]).toMatchObject({ serviceId, siteId: near.id, servesArea: false });
      expect(hits[0]?.miles).toBeCloseTo(0.44, 1);
    });

    it('finds what serves the place without a site, and what lies beyond the wide cells', async () => {
      const organizationId = newId();
      const hotline = searchDocument({ organizationId, covers: ['state:MD'] });
      const elsewhere = searchDocument({ organizationId, covers: ['county:MD/Garrett'] });
      const away = siteDocument(40.5, -76.9, { organizationId });
      await put(hotline, elsewhere, away);
      const answer = (radiusMiles: number) =>
        ask({ near: { ...columbia, radiusMiles, covers }, filter: { organizationIds: [organizationId] } });
      expect(ids(await answer(10))).toEqual([hotline.serviceId]);
      expect(new Set(ids(await answer(120)))).toEqual(new Set([hotline.serviceId, away.serviceId]));
    });

    it('measures great-circle distances', async () => {
      const organizationId = newId();
      // From New York (JFK) to Los Angeles (LAX), London (LHR) and Honolulu (HNL).
      const kennedy = { latitude: 40.6398, longitude: -73.7789 };
      const pairs: [number, number, number][] = [
        [33.9425, -118.4081, 2475],
        [51.4706, -0.4619, 3451],
        [21.3187, -157.9225, 4983],
      ];
      for (const [latitude, longitude, miles] of pairs) {
        const document = siteDocument(latitude, longitude, { organizationId, covers: ['US'] });
        await put(document);
        const { hits } = await ask({
          near: { ...kennedy, radiusMiles: 250, covers },
          filter: { serviceIds: [document.serviceId] },
        });
        expect(Math.abs((hits[0]?.miles ?? 0) / miles - 1)).toBeLessThan(0.005);
      }
    });

    it('holds every filter, alone and together', async () => {
      const organizationId = newId();
      const plain = searchDocument({ organizationId });
      const full = searchDocument({
        organizationId,
        categories: ['stress'],
        languages: ['en', 'ko'],
        isFree: true,
        takesReferrals: true,
        accessible: true,
        capacityStatus: 'CAPACITY',
        capacityUntil: '2026-11-23T00:00:00Z',
        assuredDate: '2026-11-20',
      });
      const past = searchDocument({
        organizationId,
        capacityStatus: 'CAPACITY',
        capacityUntil: '2026-11-21T00:00:00Z',
      });
      await put(plain, full, past);
      const filters = [
        { categories: ['stress'] },
        { languages: ['ko'] },
        { free: true },
        { takesReferrals: true },
        { accessible: true },
        { hasRoom: true },
        { verifiedSince: '2026-11-15' },
        { serviceIds: [full.serviceId] },
      ];
      for (const filter of [...filters, Object.assign({}, ...filters) as object]) {
        expect(ids(await ask({ filter: { organizationIds: [organizationId], ...filter } }))).toEqual([full.serviceId]);
      }
      const { counts, total } = await ask({ filter: { organizationIds: [organizationId] } });
      expect(total).toBe(3);
      expect(counts).toMatchObject({
        categories: { stress: 1 },
        languages: { en: 3, ko: 1 },
        free: 1,
        takesReferrals: 1,
        hasRoom: 1,
      });
    });

    it('says the parts of the score, each within its bounds', async () => {
      const document = siteDocument(39.2, -76.86, {
        name: 'Marimba Workshop',
        capacityStatus: 'CAPACITY',
        capacityUntil: '2026-12-01T00:00:00Z',
        assuredDate: '2026-11-22',
      });
      await put(document);
      const [hit] = (await ask({ text: 'marimba workshop', near: { ...columbia, radiusMiles: 10, covers } })).hits;
      const { text, distance, fit, room, freshness, ...others } = hit?.parts ?? fail();
      expect(fit).toBeNull();
      expect(text).toBeGreaterThan(RANK.text * 0.9);
      expect(text).toBeLessThanOrEqual(RANK.text);
      expect(distance).toBeGreaterThan(RANK.distance * 0.9);
      expect(room).toBe(RANK.room);
      expect(freshness).toBe(RANK.freshness);
      const rest = Object.values<number>(others).reduce((sum, points) => sum + points, 0);
      expect(hit?.score).toBe(Math.round(((text ?? 0) + (distance ?? 0) + room + freshness + rest) * 1000));
    });

    it('visits each service once, page by page', async () => {
      const organizationId = newId();
      const documents = Array.from({ length: 23 }, (_, n) =>
        searchDocument({ organizationId, name: `Bassoon ${n % 4}`, assuredDate: `2026-0${1 + (n % 5)}-01` }),
      );
      await put(...documents);
      const seen: string[] = [];
      let after: SearchQuestion['after'];
      for (let page = 0; page < 10; page += 1) {
        const { hits } = await ask({
          text: 'bassoon',
          filter: { organizationIds: [organizationId] },
          limit: 5,
          ...(after && { after }),
        });
        seen.push(...hits.map((hit) => hit.serviceId));
        const last = hits.at(-1);
        if (!last) break;
        after = { score: last.score, serviceId: last.serviceId };
      }
      expect(seen).toHaveLength(23);
      expect(new Set(seen)).toEqual(new Set(documents.map((document) => document.serviceId)));
    });

    it('replaces the documents of a service, never a newer one of its own, and forgets what is removed', async () => {
      const serviceId = newId();
      const first = siteDocument(39.2, -76.8, { serviceId, name: 'Old Oboe', version: 5 });
      await put(first);
      await put({ ...first, name: 'Stale Oboe', version: 4 });
      expect(ids(await ask({ text: 'stale', filter: { serviceIds: [serviceId] } }))).toEqual([]);
      await put(searchDocument({ serviceId, id: serviceId, name: 'New Contrabass', version: 6 }));
      const answer = await ask({ text: 'contrabass' });
      expect(answer.hits).toMatchObject([{ serviceId, siteId: null }]);
      expect(ids(await ask({ text: 'oboe', filter: { serviceIds: [serviceId] } }))).toEqual([]);
      const before = await bench.write((em) => engine.count(em));
      await write((em) => engine.remove(em, [serviceId]));
      expect(await bench.write((em) => engine.count(em))).toBe(before - 1);
    });

    it('suggests names from the first letters on, also misspelled, and the category of a phrase', async () => {
      const document = searchDocument({ name: 'Glockenspiel Evenings', organizationName: 'Timpani Trust' });
      await put(document);
      const suggest = (text: string) => bench.write((em) => engine.suggest(em, text, 8));
      const service = { kind: 'SERVICE', text: 'Glockenspiel Evenings', id: document.serviceId };
      expect((await suggest('gloc')).suggestions).toContainEqual(service);
      expect((await suggest('glockenspeil')).suggestions).toContainEqual(service);
      expect((await suggest('glockenspiel ev')).suggestions).toContainEqual(service);
      expect((await suggest('timp')).suggestions).toContainEqual({
        kind: 'ORGANIZATION',
        text: 'Timpani Trust',
        id: document.organizationId,
      });
      expect((await suggest('light bi')).categories).toContain('utility-insecurity');
      expect(await suggest('')).toEqual({ categories: [], suggestions: [] });
    });

    it('suggests a name that several have without an id, and none that nobody has any more', async () => {
      const [one, two] = [searchDocument({ name: 'Didgeridoo Choir' }), searchDocument({ name: 'Didgeridoo Choir' })];
      const gone = searchDocument({ name: 'Didgeridoo Quartet' });
      await put(one, gone);
      const named = async (text: string) => {
        const { suggestions } = await bench.write((em) => engine.suggest(em, text, 8));
        return suggestions.filter(({ kind }) => kind === 'SERVICE').map(({ text: name, id }) => [name, id]);
      };
      expect(await named('didgeridoo ch')).toEqual([['Didgeridoo Choir', one.serviceId]]);
      await put(two);
      expect(await named('didger')).toEqual([
        ['Didgeridoo Choir', null],
        ['Didgeridoo Quartet', gone.serviceId],
      ]);
      await write((em) => engine.remove(em, [gone.serviceId]));
      await put({ ...two, name: 'Digeridoo Chorus', version: 2 });
      expect((await named('didger')).map(([name]) => name)).toEqual(['Didgeridoo Choir']);
    });
  });
}
