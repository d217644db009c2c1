/** A timestamp as ISO 8601 in UTC with milliseconds, or all six digits where there are more. */
export function moment(column: string): string {
  return `regexp_replace(to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '000$', '') || 'Z'`;
}
