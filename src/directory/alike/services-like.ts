import type { HubContext } from '../../access/index.js';
import { keys } from '../../platform/database/compile.js';
import type { Words } from '../../platform/words.js';
import { SURE } from '../plain/derive.js';
import { searchServices, type Found } from '../search/search-services.js';
import type { SearchServicesInput } from '../search/search.inputs.js';
import { compare, LIKENESSES, type Compared, type Given } from './likeness.js';
import { likenessWords } from './likeness-words.js';
import { wantedOf, type AskedOf } from './wanted.js';

/** So many results of each search are looked at. */
const LOOKED_AT = 20;
/** Of several kinds the first are searched for, each by itself. */
const KINDS = 3;

/** What a likeness can add to the points of the search for distance, fit, room and answers, 45 at most, within one likeness. */
const WORDS_POINTS = 25;
const TERMS_POINTS = 10;

/** A listing that may be asked in the place of another. */
export interface AlikeService extends Pick<Compared, 'likeness'> {
  hit: Found;
  languages: string[];
  interpreter: boolean;
  /** It says which areas it serves, and where the person lives is none of them. */
  elsewhere: boolean;
  /** Why it is proposed. */
  why: Words[];
  /** Points among those of its likeness. */
  rank: number;
}

interface Row extends Given {
  id: string;
  languages: string[];
  interpreter: boolean;
  bounded: boolean;
  says: string[];
}

/** What a listing says is read in its own words: those of its kind, by which the search finds it, are the hub's. */
const LISTED = `select d.id, d.categories, d.languages, d.has_interpreter as interpreter, d.covers <> '{}' as bounded,
    array(select word from unnest($2::text[]) word where own.words @@ plainto_tsquery('hub.plain', word)) as says,
    array(select term from unnest($3::text[]) term where term = any (d.terms)) as terms,
    array(select k.code from hub.derived_category k where k.service_id = d.service_id and k.confidence >= $4) as kinds
  from hub.search_document d,
    lateral (select hub.search_vector(concat_ws(' ', d.name, d.alternate_name, d.summary)) as words offset 0) own
  where d.id = any ($1::uuid[])`;

const documentOf = ({ siteId, serviceId }: Found): string => siteId ?? serviceId;

/** A word that few of them say tells more than one that all say. */
function wordPoints(rows: readonly Row[]): (says: readonly string[]) => number {
  const weight = (word: string): number => {
    const saying = rows.filter(({ says }) => says.includes(word)).length;
    return saying === 0 ? 0 : Math.log(1 + rows.length / saying);
  };
  const weights = new Map([...new Set(rows.flatMap(({ says }) => says))].map((word) => [word, weight(word)]));
  const whole = [...weights.values()].reduce((sum, one) => sum + one, 0);
  return (says) => (whole === 0 ? 0 : says.reduce((sum, word) => sum + (weights.get(word) ?? 0), 0) / whole);
}

/** Points for everything but words, which stand for the likeness here. */
const restOf = ({ parts, score }: Found): number => score / 1000 - (parts.text ?? 0);

/**
 * Listings to ask in the place of one, the best first: what gives the kind of help that was asked for comes before what only
 * helps with the same need; within each, by its words and terms and by the points of the search for distance, fit, room and
 * answers. What is said of the person goes no further than `filter`.
 */
export async function servicesLike(
  ctx: HubContext,
  asked: AskedOf,
  filter: Omit<SearchServicesInput, 'text' | 'categories' | 'termIds'>,
): Promise<AlikeService[]> {
  const wanted = await wantedOf(ctx, asked);
  const searches: SearchServicesInput[] = [
    ...wanted.kinds.slice(0, KINDS).map(({ name }) => ({ text: name.en })),
    ...(wanted.terms.length > 0 ? [{ termIds: wanted.terms.slice(0, LOOKED_AT).map(({ id }) => id) }] : []),
    { categories: [...asked.categories] },
  ];
  const hits = new Map<string, Found>();
  for (const search of searches) {
    const { found } = await searchServices(ctx, { ...filter, ...search, exact: true }, { first: LOOKED_AT }, false);
    for (const { hit } of found) {
      if (hit.serviceId !== asked.serviceId && !hits.has(hit.serviceId)) hits.set(hit.serviceId, hit);
    }
  }
  const found = [...hits.values()];
  const terms = wanted.terms.map(({ id }) => id);
  const rows = await ctx.db.query<Row>(LISTED, [keys(found.map(documentOf)), wanted.words, terms, SURE]);
  const told = new Map(rows.map((row) => [row.id, row]));
  const points = wordPoints(rows);
  const ranked = found.flatMap((hit) => {
    const row = told.get(documentOf(hit));
    const compared = row && compare(wanted, row);
    if (!row || !compared) return [];
    const { languages, interpreter, bounded, says } = row;
    const shares = wanted.terms.length === 0 ? 0 : compared.shared.terms.length / wanted.terms.length;
    return {
      hit,
      languages,
      interpreter,
      likeness: compared.likeness,
      elsewhere: bounded && filter.near !== undefined && !hit.servesArea,
      why: likenessWords(
        compared,
        says.filter((word) => wanted.written.includes(word)),
      ),
      rank: restOf(hit) + WORDS_POINTS * points(says) + TERMS_POINTS * shares,
    };
  });
  return ranked.toSorted((a, b) => LIKENESSES.indexOf(a.likeness) - LIKENESSES.indexOf(b.likeness) || b.rank - a.rank);
}
