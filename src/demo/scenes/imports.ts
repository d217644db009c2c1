import type { Player, Stage } from './stage.js';

const SOURCE = 'Neighbor Network list (demo)';
const AGENCIES = 8;

interface Listed {
  id: string;
  key: string;
  name: string;
}
interface Problem {
  severity?: 'ERROR';
  code: string;
  file?: string;
  line?: number;
  field?: string;
  /** What the file calls the row. */
  subject?: string;
  of?: Listed;
  message: string;
}
type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Rows of each table that came from the list, when `$1` are its agencies. */
const theirs = 'organization_id = any ($1::uuid[])';
const ofServices = `service_id in (select s.id from hub.service s where s.${theirs})`;
const TABLES: readonly (readonly [string, string])[] = [
  ['organization', 'id = any ($1::uuid[])'],
  ['service', theirs],
  ['location', theirs],
  ['service_at_location', ofServices],
  ['phone', ofServices],
];

/**
 * The list of another directory, as it came in half a year ago and again last week. Some agencies' listings are from it;
 * a curator has set a field of three since that the list has otherwise, and two services are no longer in it.
 */
export async function imports(stage: Stage, curator: Player, kept: readonly string[]): Promise<void> {
  const [first, again] = [stage.days(183), stage.days(6)];
  const source = stage.dice.id(first);
  await stage.rows('insert into hub.import_source (id, name, created_at) values ($1, $2, $3)', [source, SOURCE, first]);
  const counts = await adopt(stage, source, kept);
  const listed = await stage.rows<Listed>(
    'select id, source_key as key, name from hub.service where source_id = $1 order by md5(id::text)',
    [source],
  );
  const [gone, differ, dirty] = [listed.slice(0, 2), listed.slice(2, 5), listed.slice(5)];
  const runs = new Runs(stage, source, curator);
  await runs.add(first, counts, dirt(dirty));
  const changed = await differences(stage, curator, differ);
  const run = await runs.add(again, anew(counts, gone.length), [
    ...lost,
    ...dirt(dirty).slice(0, 1),
    ...changed.map(({ listing, field, theirs: value }) => ({
      code: 'KEPT_BY_CURATOR',
      field,
      of: listing,
      message: `The curator has set ${field.replaceAll('_', ' ')}; the source's "${value}" was noted beside it.`,
    })),
    ...gone.map((of) => ({
      code: 'GONE_FROM_SOURCE',
      of,
      message: `The source no longer has this service "${of.name}"; it stays until a curator retires it.`,
    })),
  ]);
  for (const { listing, field, ours, theirs: value } of changed) {
    await stage.rows(
      `insert into hub.import_conflict (id, source_id, run_id, entity, entity_id, field, owner, source_value, kept_value, noted_at)
       values ($1, $2, $3, 'service', $4, $5, 'CURATOR', $6, $7, $8)`,
      [stage.dice.id(again), source, run, listing.id, field, value, ours, again],
    );
  }
  for (const { id, key, name } of gone) {
    await stage.rows(
      `insert into hub.retire_proposal (id, source_id, run_id, entity, entity_id, name, source_key, noted_at)
       values ($1, $2, $3, 'service', $4, $5, $6, $7)`,
      [stage.dice.id(again), source, run, id, name, key, again],
    );
  }
}

/** Gives the listings of a few agencies to the list; returns how many rows of each table these are. */
async function adopt(stage: Stage, source: string, kept: readonly string[]): Promise<Counts> {
  const agencies = await stage.rows<{ id: string }>(
    `select o.id from hub.organization o where o.id <> all ($1::uuid[])
       and not exists (select from hub.membership m where m.organization_id = o.id)
       and exists (select from hub.service s where s.organization_id = o.id)
       and not exists (select from hub.service s where s.organization_id = o.id and (s.sensitivity <> 'NONE' or s.status <> 'active'
         or exists (select from hub.suggestion g where g.service_id = s.id)
         or exists (select from hub.field_owner f where f.entity_id = s.id)))
     order by md5(o.id::text) limit ${AGENCIES}`,
    [kept],
  );
  const ids = agencies.map(({ id }) => id);
  const counts: Record<string, Record<string, number>> = {};
  for (const [table, which] of TABLES) {
    const [{ n = 0 } = {}] = await stage.rows<{ n: number }>(
      `with given as (update hub.${table} t set source_id = $2, source_key = 'nn-' || left(md5(t.id::text), 8) where ${which} returning 1)
       select count(*)::int as n from given`,
      [ids, source],
    );
    counts[table] = { read: n, created: n };
  }
  return counts;
}

/** The same list half a year later: a few rows are otherwise, one hangs on nothing, and some are gone. */
function anew(counts: Counts, gone: number): Counts {
  const later = Object.entries(counts).map(([table, { read = 0 }]) => {
    const isService = table === 'service';
    const there = read - (isService ? gone : 0);
    const updated = isService || table === 'phone' ? 3 : 0;
    return [
      table,
      { read: there + (isService ? 1 : 0), updated, unchanged: there - updated, rejected: isService ? 1 : 0 },
    ];
  });
  return Object.fromEntries(later) as Counts;
}

/** A row whose agency the list does not have, and what that means. */
const lost: readonly Problem[] = [
  {
    severity: 'ERROR',
    code: 'MISSING_PARENT',
    file: 'services.csv',
    line: 14,
    field: 'organization_id',
    subject: 'Cooking together (demo)',
    message: 'The organization "nn-9999" it belongs to is not in the package.',
  },
  {
    code: 'DEPENDANTS_LOST',
    message: 'The organization "nn-9999" is not in the package and took with it: 1 service.',
  },
];

const dirt = ([number, hours]: readonly Listed[]): Problem[] => [
  ...(number
    ? [
        {
          code: 'BAD_PHONE',
          file: 'phones.csv',
          line: 7,
          field: 'number',
          of: number,
          message: '"410-555-01" is not a number that can be dialled; it was kept as written.',
        },
      ]
    : []),
  ...(hours
    ? [
        {
          code: 'HOURS_AS_TEXT',
          file: 'schedules.csv',
          line: 12,
          field: 'description',
          of: hours,
          message: '"most mornings" cannot be read as hours for certain; it was kept as text.',
        },
      ]
    : []),
];

interface Difference {
  listing: Listed;
  field: string;
  ours: string;
  theirs: string;
}

/** A curator called the agency and set a field; the list still has what stood there before, or something new. */
async function differences(stage: Stage, curator: Player, listed: readonly Listed[]): Promise<Difference[]> {
  const said = [
    ['application_process', 'applicationProcess', 'Call first and ask for the front desk.', 'Walk in on weekdays.'],
    ['fees_description', 'feesDescription', 'Free for everyone in the county.', 'Five dollars a visit.'],
    ['url', 'url', 'https://neighbors.example.org/help', 'https://old.example.org/help'],
  ] as const;
  const at = stage.days(40);
  const found: Difference[] = [];
  for (const [index, listing] of listed.entries()) {
    const [field, name, ours, theirs] = said[index % said.length] ?? said[0];
    await stage.rows(`update hub.service set ${field} = $2, last_modified = $3 where id = $1`, [listing.id, ours, at]);
    await stage.rows(
      `insert into hub.field_owner (entity, entity_id, field, owner, set_by, set_at, source_value) values ('service', $1, $2, 'CURATOR', $3, $4, $5)`,
      [listing.id, name, curator.id, at, theirs],
    );
    found.push({ listing, field, ours, theirs });
  }
  return found;
}

/** What was brought in, each after its trial. */
class Runs {
  constructor(
    readonly stage: Stage,
    readonly source: string,
    readonly curator: Player,
  ) {}

  /** Returns the id of the run that changed the directory. */
  async add(at: Date, counts: Counts, problems: readonly Problem[]): Promise<string> {
    const { dice } = this.stage;
    const upload = dice.id(at);
    await this.stage.rows(
      `insert into hub.import_upload (id, file_name, kind, bytes, sha256, uploaded_by, uploaded_at, removed_at)
       values ($1, 'neighbor-network.zip', 'zip', 18432, encode(sha256($1::uuid::text::bytea), 'hex'), $2, $3, $3)`,
      [upload, this.curator.id, at],
    );
    const trial = await this.#run(at, null, upload, counts, problems);
    return this.#run(new Date(at.getTime() + 240_000), trial, upload, counts, problems);
  }

  async #run(at: Date, trial: string | null, upload: string, counts: Counts, problems: readonly Problem[]) {
    const id = this.stage.dice.id(at);
    await this.stage.rows(
      `insert into hub.import_run (id, source_id, format, path, dry_run, status, started_at, finished_at, started_by, counts, upload_id, trial_id)
       values ($1, $2, 'hsds-3', 'neighbor-network.zip', $3, 'DONE', $4, $5, $6, $7, $8, $9)`,
      [
        id,
        this.source,
        trial === null,
        at,
        new Date(at.getTime() + 2000),
        this.curator.id,
        JSON.stringify(counts),
        upload,
        trial,
      ],
    );
    for (const { severity = 'WARNING', code, file = '', line, field, subject, of, message } of problems) {
      await this.stage.rows(
        `insert into hub.import_problem (run_id, severity, code, file, line, entity, source_key, field, subject, service_id, message)
         values ($1, $2, $3, $4, $5, 'service', $6, $7, $8, $9, $10)`,
        [id, severity, code, file, line, of?.key, field, subject, of?.id, message],
      );
    }
    return id;
  }
}
