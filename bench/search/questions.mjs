// What is asked: words as people type them, at ZIP codes all over the country, the same in every run.
import { allPlaces, placeOf } from '../../dist/directory/places.js';

/** One in seven is misspelled, as in life. */
const TEXTS = [
  'food pantry', 'help with rent', 'bus pass', 'electric bill', 'job training', 'diapers', 'fod pantry', 'caregiver support',
  'legal help', 'counseling', 'gas cards', 'senior meals', 'child care', 'eletric bill', 'light bill', 'home repair', 'english classes',
  'transportation', 'baby formula', 'shelter', 'counceling', 'comida',
]; // prettier-ignore
const FILTERS = [
  { free: true, takesReferrals: true },
  { language: 'es', free: true },
  { accessible: true, takesReferrals: true },
  { takesReferrals: true, verifiedWithinDays: 365 },
  { hasRoom: true, free: true },
];
const CATEGORIES = ['food-insecurity', 'housing-instability', 'transportation-insecurity', 'financial-insecurity'];
const STARTS = ['f', 'fo', 'foo', 'food p', 'h', 'ho', 'hous', 'rent', 'tran', 'car', 'care', 'harb', 'new', 'com', 'el', 'elec', 'leg', 'job t', 'foof', 'couns']; // prettier-ignore

const SEARCH = `query ($input: SearchServicesInput!) { searchServices(input: $input, first: 20) { total totalIsExact
  edges { node { distanceMiles servesArea explanation { name points } fit { verdict }
    service { id name isFree organization { name } } site { id location { addresses { city postalCode } } } } }
  facets { free takesReferrals hasRoom categories { category { code } count } languages { value count } } understood { corrected dropped } } }`;
const SUGGEST = `query ($text: String!) { suggestServices(text: $text, limit: 8) { kind text id } }`;

const nth = (list, n) => list[n % list.length];

/** Real ZIP codes in even steps through the list of all, which goes by state. */
function places(count) {
  const all = [...allPlaces()].filter((place) => place.latitude > 24 && place.latitude < 50 && place.longitude > -125);
  return Array.from({ length: count }, (_, n) => all[Math.floor(((n + 0.5) * all.length) / count)]);
}

/** The scenarios: name → title, aim for the engine's p95 in ms, and the questions. */
export async function questionsFor(owner, count, token) {
  const where = places(count);
  const near = (n) => ({ place: where[n].zip, radiusMiles: 25 });
  // Exact: where nothing is found, another search that finds more is not what is measured.
  const searches = (input) =>
    where.map((place, n) => ({ query: SEARCH, variables: { input: { ...input(n), exact: true } }, place }));
  const patients = await somePatients(owner, count);
  return {
    place: {
      title: 'words + 25 miles + two filters + facets',
      aim: 60,
      questions: searches((n) => ({ text: nth(TEXTS, n), near: near(n), ...nth(FILTERS, n) })),
    },
    browse: {
      title: 'a category + 25 miles + facets',
      aim: 60,
      questions: searches((n) => ({ category: nth(CATEGORIES, n), near: near(n), ...nth(FILTERS, n) })),
    },
    fit: {
      title: 'words + 25 miles, fit for a patient',
      aim: 60,
      questions: patients.map((patient, n) => ({
        query: SEARCH,
        token,
        variables: { input: { text: nth(TEXTS, n), near: { place: patient.zip }, patientId: patient.id } },
        patient,
        place: placeOf(patient.zip),
      })),
    },
    national: {
      title: 'words only',
      aim: 150,
      questions: TEXTS.map((text) => ({ query: SEARCH, variables: { input: { text } } })),
    },
    suggest: {
      title: 'suggestions',
      aim: 20,
      questions: STARTS.map((text) => ({ query: SUGGEST, variables: { text } })),
    },
  };
}

/** Patients of the care organization that has the most. */
async function somePatients(owner, count) {
  const { rows } = await owner.query(
    `select id, zip, birth_date::text as "birthDate" from hub.patient
     where care_org_id = (select care_org_id from hub.patient group by 1 order by count(*) desc, 1 limit 1) and status = 'ACTIVE'
     order by id limit $1`,
    [count],
  );
  return rows;
}
