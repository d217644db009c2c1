import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { newId } from '../../id.js';
import type { SearchDocument, SearchWrite } from '../port.js';
import { documentFields } from '../postgres/documents.js';
import { toMeili } from './document.js';
import type { MeiliIndex } from './meili-index.js';
import { withLease } from './lease.js';
import { LAYOUT } from './settings.js';
import { wantedSettings } from './wanted-settings.js';

/** Documents in one request: some megabytes. */
const PAGE = 2000;
/** Pages underway to a new index: 40,000 documents. */
const ABREAST = 20;
const BULK_MS = 3_600_000;
/** A rebuild that is older has died. */
const DEAD_MS = 6 * 3_600_000;
/** Long work waits for who changes the index now; a push is put off instead. */
const WAIT_MS = 600_000;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** The documents of PostgreSQL by id, a page in a transaction. */
async function* pages(write: SearchWrite): AsyncGenerator<SearchDocument[]> {
  for (let last = FIRST; ;) {
    const page = await write(async (em) => {
      const { rows } = await sql<SearchDocument>`
        select ${documentFields} from hub.search_document where id > ${last}::uuid order by id limit ${PAGE}`.execute(
        em.getKysely<unknown>(),
      );
      return rows;
    });
    const end = page.at(-1);
    if (!end) return;
    yield page;
    last = end.id;
  }
}

/** What a comparison of the two stores found and repaired, in documents. */
export interface Repairs {
  added: number;
  deleted: number;
}

type Keep = () => Promise<void>;

/** Of these documents, those that PostgreSQL still has. */
async function stillThere(write: SearchWrite, ids: readonly string[]): Promise<Set<string>> {
  return write(async (em) => {
    const { rows } = await sql<{
      id: string;
    }>`select id from hub.search_document where id = any (${ids}::uuid[])`.execute(em.getKysely<unknown>());
    return new Set(rows.map(({ id }) => id));
  });
}

/** Compares an index with PostgreSQL by id and content and repairs what differs; PostgreSQL is right. */
async function repair(index: MeiliIndex, write: SearchWrite, keep: Keep, uid = index.uid): Promise<Repairs> {
  let added = 0;
  for await (const page of pages(write)) {
    const documents = page.map(toMeili);
    const known = await index.digests(
      documents.map(({ id }) => id),
      uid,
    );
    const wrong = documents.filter(({ id, digest }) => known.get(id) !== digest);
    await index.add(wrong, uid);
    added += wrong.length;
    await keep();
  }
  const gone: string[] = [];
  for await (const ids of index.ids(uid)) {
    const there = await stillThere(write, ids);
    gone.push(...ids.filter((id) => !there.has(id)));
    await keep();
  }
  await index.delete(gone, uid);
  return { added, deleted: gone.length };
}

/** The nightly comparison: nothing is pushed meanwhile, searches go on. */
export function reconcile(index: MeiliIndex, write: SearchWrite, waitMs = WAIT_MS): Promise<Repairs> {
  return withLease(write, (keep) => repair(index, write, keep), { waitMs });
}

/**
 * Adds every document to a new index. Meilisearch indexes what has come in together, in a fraction of the time that page
 * after page takes; what is underway is bounded.
 */
async function fill(index: MeiliIndex, write: SearchWrite, uid: string): Promise<void> {
  const underway: Promise<void>[] = [];
  for await (const page of pages(write)) {
    const added = index.add(page.map(toMeili), uid, BULK_MS);
    // It is awaited below; until then nobody hears it fail.
    added.catch(() => undefined);
    underway.push(added);
    if (underway.length >= ABREAST) await underway.shift();
  }
  await Promise.all(underway);
}

/**
 * Builds an index beside the one searched, from PostgreSQL's documents, and puts it in its place at once. What changes
 * meanwhile goes to the old index as always; before the swap, while nothing is pushed, the new one catches up.
 */
export async function build(index: MeiliIndex, write: SearchWrite): Promise<void> {
  for (const uid of await index.leftovers(new Date(Date.now() - DEAD_MS))) await index.drop(uid);
  const next = `${index.uid}_next_${newId().replaceAll('-', '')}`;
  try {
    await index.ensure(await write(wantedSettings), next);
    await fill(index, write, next);
    await withLease(
      write,
      async (keep) => {
        await repair(index, write, keep, next);
        await index.swapIn(next);
      },
      { waitMs: WAIT_MS },
    );
    await write((em) => noteLayout(em, index));
  } catch (error) {
    await index.drop(next).catch(() => undefined);
    throw error;
  }
}

/** Under which name it is kept what layout an index has. */
const layoutName = (index: MeiliIndex): string => `layout of ${index.uid}`;

async function noteLayout(em: EntityManager, index: MeiliIndex): Promise<void> {
  await sql`insert into hub.search_state (name, value) values (${layoutName(index)}, ${LAYOUT})
    on conflict (name) do update set value = excluded.value`.execute(em.getKysely<unknown>());
}

async function hasLayout(em: EntityManager, index: MeiliIndex): Promise<boolean> {
  const { rows } =
    await sql`select 1 from hub.search_state where name = ${layoutName(index)} and value = ${LAYOUT}`.execute(
      em.getKysely<unknown>(),
    );
  return rows.length === 1;
}

/** Makes the index ready: builds it when there is none or another release built it, else brings its settings up to date. */
export async function prepare(index: MeiliIndex, write: SearchWrite): Promise<string[]> {
  if ((await index.count()) !== null && (await write((em) => hasLayout(em, index)))) {
    return index.ensure(await write(wantedSettings));
  }
  await build(index, write);
  return ['index'];
}
