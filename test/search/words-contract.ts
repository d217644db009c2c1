import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/platform/id.js';
import type { SearchAnswer, SearchDocument, SearchEngine } from '../../src/platform/search/port.js';
import { seededSynonyms } from '../../src/directory/search/rebuild.js';
import { searchDocument } from './documents.js';
import type { Bench } from './open-bench.js';

const now = new Date('2026-11-22T15:00:00Z');

/** How every search engine of the hub reads what people say for kinds of help. */
export function wordsContract(engine: SearchEngine, open: () => Promise<Bench>): void {
  describe(`words of search engine ${engine.name}`, () => {
    let bench: Bench;
    /** Puts the documents into an agency of their own and asks there. */
    const among = async (documents: readonly SearchDocument[], text: string): Promise<SearchAnswer> => {
      const organizationId = newId();
      const own = documents.map((document) => ({ ...document, organizationId }));
      await bench.write((em) => engine.upsert(em, own));
      await bench.settle?.();
      const filter = { organizationIds: [organizationId] };
      return bench.write((em) => engine.query(em, { text, filter, now, limit: 20, facets: false }));
    };
    const ids = (answer: SearchAnswer): string[] => answer.hits.map((hit) => hit.serviceId);
    const utility = () => searchDocument({ name: 'Alder House', keywords: 'help with electric, gas and water bills' });
    const other = () => searchDocument({ name: 'Alder Street Theater', summary: 'Lights, plays and company.' });

    beforeAll(async () => {
      bench = await open();
      await bench.write((em) => engine.ensure(em, { synonyms: seededSynonyms() }));
      await bench.settle?.();
    });
    afterAll(() => bench.close());

    it.each([
      'they shut my water off',
      'the water was just shut off',
      'me van a cortar la luz',
      'they cut my lights off',
    ])('knows a phrase by its words in any order, with others between: %s', async (text) => {
      const help = utility();
      expect(ids(await among([other(), help], text))[0]).toBe(help.serviceId);
    });

    it('does not read a phrase over another kind of help', async () => {
      const [food, baby] = [searchDocument({ name: 'Food pantry' }), searchDocument({ name: 'Diapers' })];
      const answer = await among([food, baby], 'food and diapers for my baby');
      expect(new Set(ids(answer))).toEqual(new Set([food.serviceId, baby.serviceId]));
      expect(answer.reading.dropped).toEqual([]);
    });

    it.each(['wanders', 'alguien', 'incendio', 'gave', 'quiero'])(
      'takes an everyday word for no misspelling: %s',
      async (word) => {
        const near = searchDocument({ name: 'Winter Alien Incentive Gov Quieto' });
        expect((await among([near], word)).reading.corrected).toBeNull();
      },
    );

    it('lets everyday words around a kind of help go without a word about it', async () => {
      const tenant = searchDocument({ name: 'Landlord and tenant desk', keywords: 'tenants and landlords' });
      const answer = await among(
        [tenant, searchDocument({ name: 'Friday Notice Board' })],
        'my landlord gave us a letter friday',
      );
      expect(ids(answer)).toEqual([tenant.serviceId]);
      expect(answer.reading.dropped).toEqual([]);
    });

    it('looks for the kind of help before those whom it is for', async () => {
      const roofs = Array.from({ length: 2 }, (_, n) =>
        searchDocument({ name: `Home repair ${n}`, keywords: 'home repair' }),
      );
      const clubs = Array.from({ length: 12 }, (_, n) =>
        searchDocument({ name: `Seniors Club ${n}`, keywords: 'senior centers' }),
      );
      const found = ids(await among([...clubs, ...roofs], 'roof repair for seniors'));
      expect(new Set(found.slice(0, 2))).toEqual(new Set(roofs.map(({ serviceId }) => serviceId)));
    });

    it('finds what is only of the category, and what helps in its place, where little else is found', async () => {
      const help = searchDocument({
        name: 'Alder Talks',
        keywords: 'mental health counseling',
        categories: ['stress'],
      });
      const same = searchDocument({ name: 'Alder Recovery', categories: ['stress'] });
      expect(ids(await among([same, help], 'suicidal thoughts'))).toEqual([help.serviceId, same.serviceId]);
      const lines = Array.from({ length: 10 }, (_, n) =>
        searchDocument({ name: `Line ${n}`, keywords: 'suicide and crisis line' }),
      );
      const found = ids(await among([same, help, ...lines], 'suicidal thoughts'));
      expect(new Set(found)).toEqual(new Set(lines.map(({ serviceId }) => serviceId)));
    });

    it('does not take what is denied for what is said', async () => {
      const [clinic, insurance] = [
        searchDocument({ name: 'Alder', keywords: 'doctor and clinic' }),
        searchDocument({ name: 'Birch', keywords: 'health insurance' }),
      ];
      expect(ids(await among([clinic, insurance], 'health insurance'))[0]).toBe(insurance.serviceId);
      expect(ids(await among([clinic, insurance], 'no health insurance'))).toContain(clinic.serviceId);
    });
  });
}
