/** Rows read with SQL or Kysely carry timestamps as text; this is the one place that turns them into dates. */
export function toDate(value: string | number | Date): Date {
  const date = value instanceof Date ? value : new Date(value);
  if (Number.isNaN(date.getTime())) throw new TypeError('Not a point in time');
  return date;
}

/** {@link toDate} for a column that may be empty. */
export function toDateOrNull(value: string | number | Date | null | undefined): Date | null {
  return value === null || value === undefined ? null : toDate(value);
}
