import { sql } from 'kysely';
import type { HubContext } from '../../access/index.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { newId } from '../../platform/id.js';
import type { Service } from '../service/service.entity.js';
import type { CapacityStatus } from '../service/service.enums.js';
import type { CapacityUnitInput } from './changes.inputs.js';
import { recordChanges, type Change } from './change-listing.js';
import { requiredText, textOf } from './check-input.js';

interface Said {
  status: CapacityStatus;
  note?: string | null;
  /** Left out: what was counted before stays. */
  units?: readonly CapacityUnitInput[] | null;
}

interface Counted {
  unit: string;
  available: number;
  maximum: number | null;
}

const MAX_UNITS = 10;
/** More than any agency has of anything. */
const MOST = 1_000_000;

function countedOf(units: readonly CapacityUnitInput[]): Counted[] {
  if (units.length > MAX_UNITS) refuse('TOO_MANY', `At most ${MAX_UNITS} units are possible.`, 'units');
  return units.map(({ unit, available, maximum = null }, index) => {
    const field = `units[${index}]`;
    const fits = (value: number): boolean => value >= 0 && value <= MOST;
    if (!fits(available) || (maximum !== null && !fits(maximum))) {
      refuse('BAD_NUMBER', 'A number from 0 is expected.', `${field}.available`);
    }
    if (maximum !== null && available > maximum) {
      refuse('MORE_THAN_ALL', 'More are free than there are.', `${field}.available`);
    }
    return { unit: requiredText(unit, `${field}.unit`, 50), available, maximum };
  });
}

const inWords = (counted: readonly Counted[]): string =>
  counted
    .map(({ unit, available, maximum }) => `${unit}: ${available}${maximum === null ? '' : `/${maximum}`}`)
    .join('; ');

async function countNow(ctx: HubContext, serviceId: string): Promise<Counted[]> {
  const { rows } =
    await sql<Counted>`select u.name as unit, c.available::float8 as available, c.maximum::float8 as maximum
    from hub.service_capacity c join hub.unit u on u.id = c.unit_id where c.service_id = ${serviceId}::uuid order by u.name, c.id`.execute(
      (await ctx.db.em()).getKysely<unknown>(),
    );
  return rows;
}

/** Writes what is counted in place of what was: a unit is one row for the whole directory, found by its name. */
async function count(ctx: HubContext, serviceId: string, counted: readonly Counted[], now: Date): Promise<void> {
  const db = (await ctx.db.em()).getKysely<unknown>();
  await sql`delete from hub.service_capacity where service_id = ${serviceId}::uuid`.execute(db);
  for (const { unit, available, maximum } of counted) {
    await sql`with known as (select id from hub.unit where hub.fold(name) = hub.fold(${unit}) order by id limit 1),
      made as (insert into hub.unit (id, name) select ${newId()}::uuid, ${unit} where not exists (select from known) returning id)
      insert into hub.service_capacity (id, service_id, unit_id, available, maximum, updated)
      select ${newId()}::uuid, ${serviceId}::uuid, id, ${available}, ${maximum}, ${now.toISOString()}::timestamptz
      from (select id from known union all select id from made) u`.execute(db);
  }
}

/** Room that is counted says by itself whether there is any. */
function statusOf(said: Said, counted: readonly Counted[] | null): Exclude<CapacityStatus, 'UNKNOWN'> | null {
  if (said.status !== 'UNKNOWN') return said.status;
  if (!counted || counted.length === 0) return null;
  return counted.some(({ available }) => available > 0) ? 'CAPACITY' : 'NO_CAPACITY';
}

/** Takes a word on room into a listing and its history. It needs no version: the last word counts. */
export async function sayRoom(ctx: HubContext, service: Service, said: Said): Promise<Change[]> {
  const now = ctx.clock.now();
  const note = textOf(said.note, 'note', 500);
  const counted = said.units ? countedOf(said.units) : null;
  const status = statusOf(said, counted);
  const before = {
    status: service.capacityStatus ?? null,
    note: service.capacityNote ?? null,
    at: service.capacityUpdatedAt?.toISOString() ?? null,
  };
  service.capacityStatus = status;
  service.capacityNote = status === null ? null : note;
  service.capacityUpdatedAt = status === null ? null : now;
  const changes: Change[] = [
    { field: 'capacity_status', previous: before.status ?? '', replacement: status ?? '', before, after: null },
  ];
  if (counted) {
    const known = await countNow(ctx, service.id);
    await count(ctx, service.id, counted, now);
    changes.push({
      field: 'capacities',
      previous: inWords(known),
      replacement: inWords(counted),
      before: known,
      after: counted,
    });
  }
  await recordChanges(ctx, service, 'capacity', changes);
  return changes;
}

/** Puts counts back that were replaced. */
export async function restoreCount(ctx: HubContext, serviceId: string, counted: unknown): Promise<void> {
  await count(ctx, serviceId, Array.isArray(counted) ? (counted as Counted[]) : [], ctx.clock.now());
}
