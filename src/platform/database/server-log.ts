import type { Client } from 'pg';

/**
 * What PostgreSQL writes into its own log may hold values, and so people: statements with literals, parameters, the row
 * that an error quotes. The embedded server writes none of it: no statement, and of errors only those that end it.
 */
export const quietLog = [
  'log_min_messages=log', // In this setting the level LOG lies above ERROR.
  'log_min_error_statement=panic',
  'log_error_verbosity=terse',
  'log_statement=none',
  'log_min_duration_statement=-1',
  'log_parameter_max_length=0',
  'log_parameter_max_length_on_error=0',
];

/** What a server that others run must be set to, so that its log names nobody. Durations may be told, without values. */
const wanted: Readonly<Record<string, readonly string[]>> = {
  log_min_error_statement: ['panic', 'fatal', 'log'],
  log_statement: ['none', 'ddl'],
  log_min_duration_statement: ['-1'],
  log_min_duration_sample: ['-1'],
  log_parameter_max_length_on_error: ['0'],
};

/** The settings of a server by which values of people would reach its log, as `name=value` to set instead. */
export async function loudSettings(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; setting: string }>(
    'select name, setting from pg_settings where name = any($1) order by name',
    [Object.keys(wanted)],
  );
  return rows.flatMap(({ name, setting }) => {
    const allowed = wanted[name] ?? [];
    return allowed.includes(setting) ? [] : [`${name}=${allowed[0]}`];
  });
}
