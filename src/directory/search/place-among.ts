import { sql } from 'kysely';
import type { HubContext } from '../../access/index.js';
import { isEveryday, isQualifier, wordsOf } from '../../platform/search/words.js';
import { placeOf } from '../places.js';
import { stateCode } from '../states.js';
import { addressPoint } from './address-point.js';
import { findPlace, type FoundPlace } from './find-place.js';
import { placeCalled, placeSaid } from './place-called.js';
import { placesCalled } from './suggest-places.js';

interface Read {
  text: string;
  place: FoundPlace | undefined;
}

/** Codes of states that are words too, in English or Spanish: "portland or", but "food or clothes". */
const WORDS = new Set('al as co de hi id in la ma me mi mo ms oh ok or pa'.split(' '));
/** Words of a town or of a state. */
const LONGEST = 3;
const BEFORE = /[\s,]+(?:in|near|around|at|by|close to|en|cerca de|cerca|de)?[\s,]*$/i;

/** "100 N Charles St, Baltimore" or "100 N Charles St Baltimore", which says no state. */
function townOfAddress(text: string): { street: string; town: string } | undefined {
  const comma = /^\s*(\d+[a-z]?\s[^,]+),\s*(\p{L}[^,]*)$/iu.exec(text);
  if (comma) return { street: comma[1]?.trim() ?? '', town: comma[2]?.trim() ?? '' };
  if (!/^\s*\d+[a-z]?\s/i.test(text)) return undefined;
  const words = text.trim().split(/\s+/);
  for (let count = LONGEST; count >= 1; count -= 1) {
    const town = words.slice(-count).join(' ');
    // A number and a street are left at least.
    if (words.length - count >= 2 && placesCalled(town).length > 0) {
      return { street: words.slice(0, -count).join(' '), town };
    }
  }
  return undefined;
}

/** The place that a text names, an address of a town without its state too, where that is certain; else what may be meant. */
export async function placeNamed(ctx: HubContext, name: string): Promise<{ place?: FoundPlace; choices: string[] }> {
  const found = findPlace(name);
  const address = found ? undefined : townOfAddress(name);
  const { place, choices } = found
    ? { place: found, choices: [] }
    : await placeCalled(ctx.platform, ctx.db, address?.town ?? name);
  if (!place) return { choices };
  const written = address ? `${address.street}, ${address.town}` : name;
  return { place: { ...place, ...(await addressPoint(await ctx.db.em(), written, place)) }, choices };
}

/** "alexandria va", "Portland, OR", "new york new york" among the words: two letters behind a town are its state first. */
function townWithState(text: string): Read | undefined {
  const words = [...text.matchAll(/[^\s,]+/g)];
  for (let at = 1; at < words.length; at += 1) {
    for (let length = LONGEST; length >= 1; length -= 1) {
      const ends = words.slice(at, at + length);
      const state = ends.map(([word]) => word).join(' ');
      const code = ends.length === length ? stateCode(state) : null;
      if (!code) continue;
      const sure = !WORDS.has(state.toLowerCase()) || state === state.toUpperCase();
      const read = townBefore(text, words, { at, length, code, sure });
      if (read) return read;
    }
  }
  return undefined;
}

function townBefore(
  text: string,
  words: readonly RegExpExecArray[],
  { at, length, code, sure }: { at: number; length: number; code: string; sure: boolean },
): Read | undefined {
  const last = at + length === words.length;
  for (let count = Math.min(LONGEST, at); count >= 1; count -= 1) {
    const town = words.slice(at - count, at).map(([word]) => word);
    const name = town.join(' ');
    // "Help me", "hope in": a town of one ZIP code needs more than a word that ends the question.
    const known = placesCalled(name, sure ? 1 : 2).some(({ label }) => label.endsWith(`, ${code}`));
    if (!known || (!sure && !last) || (count === 1 && isQualifier(name.toLowerCase()))) continue;
    const place = findPlace(`${name}, ${code}`);
    if (!place) continue;
    const end = words[at + length - 1];
    const before = ` ${text.slice(0, words[at - count]?.index)}`.replace(BEFORE, '').trim();
    const after = end ? text.slice(end.index + end[0].length).replace(/^[\s,]+/, '') : '';
    return { text: `${before} ${after}`.trim(), place };
  }
  return undefined;
}

/** "Rent help baltimore": a town at the end that is nothing else. */
async function townAtEnd(ctx: HubContext, text: string): Promise<Read | undefined> {
  const words = text.trim().split(/[\s,]+/);
  for (let count = Math.min(LONGEST, words.length - 1); count >= 1; count -= 1) {
    const name = words.slice(-count).join(' ');
    const place = placesCalled(name, 2).length > 0 ? await placeSaid(ctx.platform, ctx.db, name) : undefined;
    if (place && !(await saysMore(ctx, name))) {
      return { text: ` ${words.slice(0, -count).join(' ')}`.replace(BEFORE, '').trim(), place };
    }
  }
  return undefined;
}

/** Whether people say it for something they need: Reading, Mobile and Temple are towns. */
async function saysMore(ctx: HubContext, name: string): Promise<boolean> {
  const said = wordsOf(name).join(' ');
  if (isEveryday(said) || isQualifier(said)) return true;
  const { rows } = await sql`select from hub.search_synonym where stems = hub.search_stems(${said}) limit 1`.execute(
    (await ctx.db.em()).getKysely<unknown>(),
  );
  return rows.length > 0;
}

/**
 * A place among the words: a ZIP code; "in Towson", "near 100 N Charles St, Baltimore", "cerca de Laurel" at their end; a town with
 * its state anywhere; a town of the directory's ground at the end.
 */
export async function placeAmong(ctx: HubContext, text: string): Promise<Read> {
  const zip = /(?<!\d)\d{5}(?!\d)/.exec(text)?.[0];
  if (zip !== undefined && placeOf(zip)) {
    const rest = text.replace(zip, ' ').trim();
    return { text: townWithState(rest)?.text ?? rest, place: findPlace(zip) };
  }
  const near =
    /^(.*\S)\s+(?:in|near|around|at|close to|en|cerca de)\s+(\d+[a-z]?\s\p{L}.*|\p{L}[\p{L}\s.,'’-]*)$/iu.exec(text);
  const [, what = '', name = ''] = near ?? [];
  if (/^\d/.test(name)) {
    const { place } = await placeNamed(ctx, name);
    if (place) return { text: what, place };
  } else if (near) {
    const place = findPlace(name) ?? (await placeSaid(ctx.platform, ctx.db, name));
    if (place) return { text: what, place };
  }
  return townWithState(text) ?? (await townAtEnd(ctx, text)) ?? { text, place: undefined };
}
