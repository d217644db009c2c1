// How many SQL statements a request takes, as the database counts them.

const CONTROL = /^\s*(begin|start transaction|commit|rollback|savepoint|release)/i;
/** The context of a transaction, sent together with its begin. */
const CONTEXT = /^\s*select\s+set_config/i;

async function calls(owner) {
  const { rows } = await owner.query(
    `select queryid::text as id, query, sum(calls)::int as calls from pg_stat_statements
     where dbid = (select oid from pg_database where datname = current_database()) and query not like '%pg_stat_statements%'
     group by 1, 2`,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Runs `work` and returns the statements it sent, with how often; begin, its context and commit apart. */
export async function countStatements(owner, work) {
  const before = await calls(owner);
  await work();
  const after = await calls(owner);
  const counted = { statements: 0, control: 0, texts: [] };
  for (const [id, { query, calls: now }] of after) {
    const times = now - (before.get(id)?.calls ?? 0);
    if (times === 0) continue;
    if (CONTROL.test(query) || CONTEXT.test(query)) counted.control += times;
    else {
      counted.statements += times;
      counted.texts.push({ times, query });
    }
  }
  return counted;
}
