import { CompiledQuery } from 'kysely';
import type { HubContext } from '../../access/index.js';
import { type Ask, type Form, type Root, serialize } from '../../directory/hsds/serialize/index.js';
import { kysely } from './find.js';
import type { Asked } from './parameters.js';
import type { Selected } from './selection.js';

async function asking(ctx: HubContext): Promise<Ask> {
  const db = await kysely(ctx);
  return async (text, values) => (await db.executeQuery<Record<string, unknown>>(CompiledQuery.raw(text, values))).rows;
}

/** How entries are written when they are asked for so. */
export function formOf(root: Root, { full, full_service: wholeServices = false }: Asked): Partial<Form> {
  const nested = root !== 'taxonomy' && root !== 'taxonomy_term' && (full === true || wholeServices);
  return { form: nested ? 'full' : 'list', wholeServices };
}

/** A listing that left the directory: which one, and since when. Its name is nobody's business any more. */
const gone = ({ id, gone: status, at }: Selected): string =>
  JSON.stringify({ id, name: 'No longer listed', status, last_modified: at });

const short = ({ id, gone: status, at }: Selected): string =>
  JSON.stringify({ id, modified_date: at, ...(status !== null && { status }) });

/** Entries of a list as JSON texts, in their order. */
export async function writeEntries(
  ctx: HubContext,
  root: Root,
  entries: readonly Selected[],
  asked: Asked,
): Promise<string[]> {
  if (asked.minimal) return entries.map(short);
  const ids = entries.flatMap((entry) => (entry.gone === null ? [entry.id] : []));
  const texts = await serialize(await asking(ctx), root, ids, formOf(root, asked));
  if (ids.length === entries.length) return texts;
  // What is written begins with its id.
  const byId = new Map(texts.map((text) => [text.slice(7, 43), text]));
  return entries.flatMap((entry) => (entry.gone === null ? (byId.get(entry.id) ?? []) : gone(entry)));
}

/** One entry with all that is nested in it, and its history; undefined when there is none that may be shown. */
export async function writeEntry(ctx: HubContext, root: Root, id: string, asked: Asked): Promise<string | undefined> {
  const form = root === 'taxonomy' || root === 'taxonomy_term' ? 'list' : 'full';
  const { wholeServices = false } = formOf(root, asked);
  const [text] = await serialize(await asking(ctx), root, [id], { form, wholeServices, metadata: 'roots' });
  return text;
}
