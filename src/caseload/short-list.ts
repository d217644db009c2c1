import { cutPage, readsBackward, type Connection, type PageArgs } from '../platform/graphql/connection.js';
import { decodeCursor, encodeCursor, fingerprint } from '../platform/graphql/cursor.js';
import { fail } from '../platform/graphql/errors.js';

/**
 * A page of a list that is short for each of its owners (a patient's needs) and was read whole by a loader: so a list
 * of patients with their needs takes one statement, where a page of its own for each would take twenty.
 */
export function shortListPage<T extends { id: string }>(
  name: string,
  rows: readonly T[],
  page: PageArgs,
): Connection<T> {
  const print = fingerprint(name);
  const { backward, size } = readsBackward(page);
  const placeOf = (cursor: string, field: string): number => {
    const [id] = decodeCursor(cursor, print, ['uuid'], field);
    const place = rows.findIndex((row) => row.id === id);
    return place >= 0 ? place : fail.badInput(field, 'a cursor that this list returned is expected');
  };
  const from = page.after ? placeOf(page.after, 'after') + 1 : 0;
  const to = page.before ? placeOf(page.before, 'before') : rows.length;
  const between = rows.slice(from, Math.max(from, to));
  const reading = backward ? between.toReversed() : between;
  return cutPage(
    reading.slice(0, size + 1),
    page,
    (row) => encodeCursor(print, [row.id]),
    (row) => row,
  );
}
