import type { EntityName } from '../model.js';
import { type Form, Gathering } from './gather.js';
import { Printer } from './print.js';
import type { Ask } from './rows.js';

/** What HSDS JSON can begin with. */
export type Root = Extract<
  EntityName,
  'service' | 'organization' | 'service_at_location' | 'taxonomy' | 'taxonomy_term'
>;

/**
 * Rows as HSDS 3.1.3 JSON, in the order of `ids`: the text of one object each, whatever is nested in it included. Ids
 * of rows that are not there, or that not everybody may see while `onlyOpen` is set, are left out.
 *
 * Some 25 statements for any number of ids; 500 at a time is a good number. `ask` decides in whose name they run.
 */
export async function serialize(
  ask: Ask,
  root: Root,
  ids: readonly string[],
  options: Partial<Form> = {},
): Promise<string[]> {
  const form: Form = { form: 'full', onlyOpen: true, metadata: 'none', wholeServices: false, ...options };
  if (ids.length === 0) return [];
  const rows = new Gathering(ask, form);
  await rows.collect(root, ids);
  const printer = new Printer(rows, root, form);
  return ids.flatMap((id) => printer.root(id) ?? []);
}
