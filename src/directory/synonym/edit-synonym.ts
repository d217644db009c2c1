import { sql } from 'kysely';
import { LockMode, type EntityManager } from '@mikro-orm/postgresql';
import type { HubContext } from '../../access/index.js';
import { enqueue } from '../../platform/jobs/enqueue.js';
import { newId } from '../../platform/id.js';
import { fail } from '../../platform/graphql/errors.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { isId } from '../../platform/id.js';
import { wordsOf } from '../../platform/search/words.js';
import { requiredText } from '../curation/check-input.js';
import { given } from '../given.js';
import { checkCategory } from '../known-category.js';
import { watchSearch } from '../search/sync.js';
import type { AddSynonymInput, ChangeSynonymInput, RemoveSynonymInput } from './synonym.inputs.js';
import { Synonym, SynonymChange, type SynonymAction, type SynonymState } from './synonym.entity.js';

const MOST_MEANINGS = 10;
const LONGEST = 60;

function stateOf({ phrase, means, category, language, instead }: Synonym): SynonymState {
  return { phrase, means: [...means], category: category ?? null, language, instead };
}

function meaningsOf(means: readonly string[]): string[] {
  const found = [...new Set(means.map((one) => one.trim().replace(/\s+/g, ' ')).filter((one) => one !== ''))];
  if (found.length === 0) refuse('REQUIRED', 'Say at least one thing to look for.', 'means');
  if (found.length > MOST_MEANINGS) refuse('TOO_MANY', `At most ${MOST_MEANINGS} are possible.`, 'means');
  for (const one of found) {
    if (one.length > LONGEST || wordsOf(one).length === 0) {
      refuse('BAD_MEANING', `“${one.slice(0, LONGEST)}” cannot be looked for.`, 'means');
    }
  }
  return found;
}

/** Keeps what was done, and lets the search know: at once in PostgreSQL, by a job in another engine. */
async function note(
  ctx: HubContext,
  em: EntityManager,
  synonym: Synonym,
  action: SynonymAction,
  before: SynonymState | null,
): Promise<void> {
  const after = action === 'REMOVED' ? null : stateOf(synonym);
  const changedBy = ctx.caller?.userId ?? fail.unauthenticated();
  em.create(SynonymChange, {
    id: newId(),
    synonymId: synonym.id,
    phrase: synonym.phrase,
    action,
    before,
    after,
    changedBy,
    changedAt: ctx.clock.now(),
  });
  await em.flush();
  if (after) {
    // Its words are known to the spelling from now on.
    const words = wordsOf(after.phrase).filter((word) => /^\p{L}{2,30}$/u.test(word));
    await sql`insert into hub.search_word (word, documents) select w, 0 from unnest(${words}::text[]) w
      on conflict (word) do nothing`.execute(em.getKysely<unknown>());
  }
  if (ctx.platform.search.replica) await enqueue(em, watchSearch, {}, { jobKey: watchSearch.name });
}

export async function addSynonym(ctx: HubContext, input: AddSynonymInput): Promise<Synonym> {
  const em = await ctx.db.em();
  const phrase = wordsOf(requiredText(input.phrase, 'phrase', LONGEST)).join(' ');
  if (phrase === '') refuse('REQUIRED', 'Letters are needed.', 'phrase');
  const language = input.language ?? 'en';
  if (language !== 'en' && language !== 'es') fail.badInput('input.language', '`en` or `es` is expected');
  if (await em.findOne(Synonym, { phrase })) refuse('EXISTS', 'This phrase is there already: change it.', 'phrase');
  const synonym = em.create(Synonym, {
    id: newId(),
    phrase,
    means: meaningsOf(input.means),
    category: given(input.category) ? checkCategory(input.category, 'input.category') : null,
    language,
    instead: input.instead ?? false,
    edited: true,
    updatedAt: ctx.clock.now(),
    version: 1,
  });
  await note(ctx, em, synonym, 'ADDED', null);
  return synonym;
}

/** The synonym, if it still is what was looked at. */
async function synonymOf(em: EntityManager, { id, expectedVersion }: RemoveSynonymInput): Promise<Synonym> {
  const lock = { lockMode: LockMode.PESSIMISTIC_WRITE };
  const synonym = (isId(id) ? await em.findOne(Synonym, { id }, lock) : null) ?? fail.notFound('SearchSynonym');
  return synonym.version === expectedVersion ? synonym : fail.conflict();
}

export async function changeSynonym(ctx: HubContext, input: ChangeSynonymInput): Promise<Synonym> {
  const em = await ctx.db.em();
  const synonym = await synonymOf(em, input);
  const before = stateOf(synonym);
  if (given(input.means)) synonym.means = meaningsOf(input.means);
  if (input.category !== undefined) {
    synonym.category = input.category === null ? null : checkCategory(input.category, 'input.category');
  }
  if (given(input.instead)) synonym.instead = input.instead;
  synonym.edited = true;
  synonym.updatedAt = ctx.clock.now();
  await note(ctx, em, synonym, 'CHANGED', before);
  return synonym;
}

export async function removeSynonym(ctx: HubContext, input: RemoveSynonymInput): Promise<Synonym> {
  const em = await ctx.db.em();
  const synonym = await synonymOf(em, input);
  em.remove(synonym);
  await note(ctx, em, synonym, 'REMOVED', stateOf(synonym));
  return synonym;
}
