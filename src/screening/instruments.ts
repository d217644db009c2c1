import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { byId, type HubContext } from '../access/index.js';
import { asTask } from '../platform/database/operation.js';
import { toDate } from '../platform/database/rows.js';
import type { Platform } from '../platform/platform.js';
import { StartError } from '../platform/start-error.js';
import { parseInstrument, seededInstruments } from './instrument-file.js';
import type { Instrument } from './instrument.js';

interface InstrumentTables {
  'hub.instrument': {
    key: string;
    version: string;
    title: string;
    panel_loinc: string | null;
    body: unknown;
    active: boolean;
    source: 'HUB' | 'UPLOAD';
    uploaded_by: string | null;
    uploaded_at: string | Date | null;
  };
  'hub.screening': { instrument_key: string; instrument_version: string };
}

/** Instruments by `key@version`. What stands behind one never changes, so they are kept for the life of the process. */
const known = new Map<string, Instrument>();
const nameOf = (key: string, version: string): string => `${key}@${version}`;

/**
 * Puts the instruments that come with the hub into the database. A version that is new and the highest of its key is in
 * use from then on; what a steward put in or out of use stays so.
 */
export async function loadInstruments(platform: Platform): Promise<void> {
  const seeds = seededInstruments();
  const db = asTask(platform.orm);
  await db.write(async (em) => {
    for (const seed of seeds) await keep(em, seed);
  });
  known.clear();
}

async function keep(em: EntityManager, seed: Instrument): Promise<void> {
  const db = em.getKysely<InstrumentTables>();
  const { key, version } = seed;
  const versions = await db
    .selectFrom('hub.instrument')
    .select(['version', 'body', 'active'])
    .where('key', '=', key)
    .execute();
  const stored = versions.find((one) => one.version === version);
  if (stored && canonical(stored.body) === canonical(seed)) return;
  if (stored && (await isAnswered(em, seed))) {
    throw new StartError(
      `seeds/instruments: ${key} ${version} has answers already; a change of it needs a new version.`,
    );
  }
  const active = stored?.active ?? versions.every((one) => isHigher(version, one.version));
  if (active) await db.updateTable('hub.instrument').set({ active: false }).where('key', '=', key).execute();
  const body = JSON.stringify(seed);
  const row = { title: seed.title.en, panel_loinc: seed.loinc, body, active, source: 'HUB' as const };
  await db
    .insertInto('hub.instrument')
    .values({ key, version, ...row, uploaded_by: null, uploaded_at: null })
    .onConflict((conflict) => conflict.columns(['key', 'version']).doUpdateSet(row))
    .execute();
}

/** Whether a version such as `1.10.0` comes after another, number by number. */
export function isHigher(version: string, than: string): boolean {
  const [mine, other] = [version, than].map((one) => one.split('.').map(Number)) as [number[], number[]];
  const at = mine.findIndex((number, place) => number !== (other[place] ?? 0));
  return at >= 0 && (mine[at] ?? 0) > (other[at] ?? 0);
}

async function isAnswered(em: EntityManager, { key, version }: Instrument): Promise<boolean> {
  const used = await em
    .getKysely<InstrumentTables>()
    .selectFrom('hub.screening')
    .select('instrument_key')
    .where('instrument_key', '=', key)
    .where('instrument_version', '=', version)
    .executeTakeFirst();
  return used !== undefined;
}

/** JSON whose keys are in order: the database keeps them in its own. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

const loadNamed = byId<{ id: string; instrument: Instrument }>(async (ctx, names) => {
  const db = (await ctx.db.em()).getKysely<InstrumentTables>();
  const rows = await db
    .selectFrom('hub.instrument')
    .select(['key', 'version', 'body'])
    .where(sql<string>`key || '@' || version`, 'in', [...names])
    .execute();
  return rows.map(({ key, version, body }) => ({ id: nameOf(key, version), instrument: parseInstrument(body, key) }));
});

/** The instrument that a screening was asked with. */
export async function instrumentOf(ctx: HubContext, key: string, version: string): Promise<Instrument> {
  const name = nameOf(key, version);
  const found = known.get(name) ?? (await loadNamed(ctx, name))?.instrument;
  if (!found) throw new Error(`Instrument ${name} is missing`);
  known.set(name, found);
  return found;
}

/** The instruments in use, by key; a screening is begun with one of them. */
export async function activeInstruments(ctx: HubContext): Promise<Instrument[]> {
  const rows = await (
    await ctx.db.em()
  )
    .getKysely<InstrumentTables>()
    .selectFrom('hub.instrument')
    .select(['key', 'version'])
    .where('active', '=', true)
    .orderBy('key')
    .execute();
  return Promise.all(rows.map(({ key, version }) => instrumentOf(ctx, key, version)));
}

/** All versions of all instruments, those of one together, the latest first. */
export async function instrumentVersions(ctx: HubContext) {
  const rows = await (
    await ctx.db.em()
  )
    .getKysely<InstrumentTables>()
    .selectFrom('hub.instrument')
    .select(['key', 'version', 'active', 'source', 'uploaded_by', 'uploaded_at'])
    .execute();
  const versions = rows.map(({ key, version, active, source, uploaded_by: uploadedBy, uploaded_at: at }) => {
    return {
      key,
      version,
      active,
      uploaded: source === 'UPLOAD',
      uploadedBy,
      uploadedAt: at === null ? null : toDate(at),
    };
  });
  return versions.toSorted((a, b) =>
    a.key === b.key ? (isHigher(a.version, b.version) ? -1 : 1) : a.key < b.key ? -1 : 1,
  );
}
