import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { byId, type HubContext } from '../access/index.js';
import { asTask } from '../platform/database/operation.js';
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
  };
  'hub.screening': { instrument_key: string; instrument_version: string };
}

/** Instruments by `key@version`. What stands behind one never changes, so they are kept for the life of the process. */
const known = new Map<string, Instrument>();
const nameOf = (key: string, version: string): string => `${key}@${version}`;

/** Puts the instruments that come with the hub into the database, each as the active version of its key. */
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
  const body = JSON.stringify(seed);
  const row = { title: seed.title.en, panel_loinc: seed.loinc, body, active: true };
  const stored = await db
    .selectFrom('hub.instrument')
    .select(['body', 'active'])
    .where('key', '=', key)
    .where('version', '=', version)
    .executeTakeFirst();
  const same = stored !== undefined && canonical(stored.body) === canonical(seed);
  if (same && stored.active) return;
  if (stored && !same && (await isAnswered(em, seed))) {
    throw new StartError(
      `seeds/instruments: ${key} ${version} has answers already; a change of it needs a new version.`,
    );
  }
  await db.updateTable('hub.instrument').set({ active: false }).where('key', '=', key).execute();
  await db
    .insertInto('hub.instrument')
    .values({ key, version, ...row })
    .onConflict((conflict) => conflict.columns(['key', 'version']).doUpdateSet(row))
    .execute();
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
