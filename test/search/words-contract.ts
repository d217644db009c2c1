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

    describe('names', () => {
      /** Listings that say the same words in many places, and one whose agency is called just so. */
      const asked = async (name: string, text: string) => {
        const its = searchDocument({ name: 'Supper on Mondays', organizationName: name });
        const others = name.split(/\W+/).flatMap((word) => [
          searchDocument({
            name: `${word} and more`,
            keywords: `${word}, ${word} help`,
            summary: `${name} sends people to us.`,
          }),
          searchDocument({ name: `${name} referrals`, organizationName: `Friends of ${name}` }),
        ]);
        await bench.write((em) => engine.upsert(em, [...others, its]));
        await bench.settle?.();
        const filter = { serviceIds: [its, ...others].map(({ serviceId }) => serviceId) };
        const answer = await bench.write((em) => engine.query(em, { text, filter, now, limit: 20, facets: false }));
        return { first: answer.hits[0]?.serviceId, its: its.serviceId, answer };
      };

      it.each([
        ['Our Daily Bread', 'our daily bread'],
        ['House of Ruth', 'HOUSE OF RUTH'],
        ['The Door', 'the door'],
        ['On Our Own', 'on our own'],
        ['Helping Hands Ministry, Inc.', 'helping hands ministry'],
        ['Casa de la Niñez', 'casa de la ninez'],
      ])('brings the agency first that is called just so, of whatever everyday words: %s', async (name, text) => {
        const { first, its } = await asked(name, text);
        expect(first).toBe(its);
      });

      it('brings it first with a slip too', async () => {
        const { first, its, answer } = await asked('Lantern Harbor', 'lanetrn harbor');
        expect(answer.reading.corrected).toBe('lantern harbor');
        expect(first).toBe(its);
      });

      it('holds filters and places for whoever is called so', async () => {
        const its = searchDocument({ name: 'Supper', organizationName: 'Quiet Orchard', isFree: false });
        await bench.write((em) => engine.upsert(em, [its]));
        await bench.settle?.();
        const ask = (filter: object) =>
          bench.write((em) => engine.query(em, { text: 'quiet orchard', filter, now, limit: 5, facets: true }));
        expect(ids(await ask({}))[0]).toBe(its.serviceId);
        expect(ids(await ask({ free: true }))).not.toContain(its.serviceId);
      });

      it('takes what three services are called for a kind of help, and no name', async () => {
        const same = Array.from({ length: 3 }, (_, n) =>
          searchDocument({
            name: 'Walnut Pantry',
            organizationName: `Street ${n}`,
            keywords: n === 0 ? 'walnut pantry' : '',
          }),
        );
        const answer = await among(same, 'walnut pantry');
        expect(answer.hits.every(({ parts }) => (parts.text ?? 0) <= 60)).toBe(true);
        expect(ids(answer)[0]).toBe(same[0]?.serviceId);
      });
    });

    it('reads a word that was cut in two', async () => {
      const help = searchDocument({ name: 'Alder Club', summary: 'Homework with volunteers.' });
      const jobs = searchDocument({ name: 'Job center', keywords: 'jobs and job training' });
      expect(ids(await among([jobs, help], 'home work help'))).toEqual([help.serviceId]);
    });

    it('does not put a phrase together over words that say something else', async () => {
      const bus = searchDocument({ name: 'Bus', keywords: 'bus, transit and ride programs' });
      expect((await among([bus], 'get to work')).reading.synonyms).toContain('transit');
      expect((await among([bus], 'get scrubs for work')).reading.synonyms).not.toContain('transit');
    });

    it('reads "pt" as a patient where somebody writes of one', async () => {
      const therapy = searchDocument({ name: 'Alder Therapy', keywords: 'speech, physical and occupational therapy' });
      const food = searchDocument({ name: 'Food pantry' });
      expect(ids(await among([therapy, food], 'pt needs food'))).toEqual([food.serviceId]);
      expect(ids(await among([therapy, food], 'pt after knee surgery'))[0]).toBe(therapy.serviceId);
    });
  });
}
