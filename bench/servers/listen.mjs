// What the hand-written server and the comparison servers share: the pool, who calls, and listening.
import { createHash } from 'node:crypto';
import { Pool, types } from 'pg';

/** The same size as the hub's pool. */
export const pool = new Pool({ connectionString: process.env['BENCH_DATABASE_URL'], max: 10 });
pool.on('error', (error) => process.stderr.write(`${error.message}\n`));

// Dates stay text: nobody here computes with them.
for (const type of [1082, 1114, 1184]) types.setTypeParser(type, (text) => text);

const callers = {
  name: 'caller',
  text: `select s.user_id as "userId", u.name, m.organization_id as "organizationId", m.roles
    from hub.session s join hub.user_account u on u.id = s.user_id and u.disabled_at is null
    join hub.membership m on m.id = s.membership_id and m.ended_at is null
    join hub.organization o on o.id = m.organization_id and o.retired_at is null
    where s.token_hash = $1 and s.stage = 'OPEN' and s.expires_at > now() and s.seen_at + s.idle > now()`,
};

/** Who holds the token of `Authorization: Bearer …`; undefined for nobody. */
export async function callerOf(header) {
  const token = /^Bearer ([\w-]{43})$/.exec(header ?? '')?.[1];
  if (!token) return undefined;
  const hash = createHash('sha256').update(token).digest();
  return (await pool.query({ ...callers, values: [hash] })).rows[0];
}

/** Says to the benchmark that requests are taken. */
export function listening() {
  process.stdout.write('listening\n');
}

export const port = Number(process.env['BENCH_PORT']);

/** A timestamp as the hub writes it: UTC, milliseconds, Z. */
export const iso = (column) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
