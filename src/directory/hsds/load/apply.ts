import type { ClientBase } from 'pg';
import { lookForDuplicates } from '../../duplicate/find-duplicates.js';
import { deriveIncoming, keepDerived } from '../../plain/derive-incoming.js';
import { indexServices } from '../../search/index-services.js';
import { recountSearch } from '../../search/sync.js';
import { short } from '../clean-value.js';
import { entityNames, type EntityName } from '../model.js';
import type { Problem } from '../problems.js';
import { spoken } from '../say.js';
import type { Beside } from './beside.js';
import { listings } from './columns.js';
import { stage } from './columns.js';
import { keepOwnedFields, leaveClaimedLists } from './owned-fields.js';
import { keepOwnedPlaces } from './owned-places.js';
import type { OnProgress } from './progress.js';
import { takeBackProposals } from './proposals.js';
import { endRun } from './run-record.js';
import { setCategories } from './term-categories.js';
import { touchedServices } from './settle.js';
import type { Stage } from './stage.js';
import { foreseeTimeZones, setTimeZones } from './time-zones.js';
import type { Tally } from './tally.js';
import { adoptLinks, createChanges, type Run, settleGone, upsert } from './upsert.js';

/** Told, in the import's transaction, which services changed in themselves or around them. */
export type AfterImport = (client: ClientBase, serviceIds: readonly string[]) => Promise<void>;

const indexedAtOnce = 500;
/** So many services change how often words are written. */
const MANY = 1000;

/** Has the search look at services again once the transaction has ended. */
export const indexLater: AfterImport = async (client, touched) => {
  const serviceIds = touched.length < MANY ? touched : await byTheMap(client, touched);
  for (let at = 0; at < serviceIds.length; at += indexedAtOnce) {
    const payload = JSON.stringify({ serviceIds: serviceIds.slice(at, at + indexedAtOnce) });
    await client.query('select hub.enqueue($1, $2::json)', [indexServices.name, payload]);
  }
  if (serviceIds.length === 0) return;
  if (serviceIds.length >= MANY) {
    // A moment later than the documents, so that it comes after them.
    await client.query(`select hub.enqueue($1, '{}', now() + interval '1 second', $1)`, [recountSearch.name]);
  }
  // What came in may be listed already, by another source.
  await client.query(
    `select hub.enqueue($1, json_build_object('sinceMs', floor(extract(epoch from now()) * 1000)::bigint - 60000), job_key => $1)`,
    [lookForDuplicates.name],
  );
};

/**
 * In the order of the map: documents that are written one after another lie beside each other, and so does then what is near.
 * Putting the whole table in order afterwards would lock it: see 0038. All sites are read at once: looked up service by service,
 * in tables that were filled a moment ago and never analyzed, 100,000 took minutes.
 */
async function byTheMap(client: ClientBase, serviceIds: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select s.id from unnest($1::uuid[]) s (id) left join (
       select distinct on (x.service_id) x.service_id, l.latitude, l.longitude
       from hub.service_at_location x join hub.location l on l.id = x.location_id
       where x.service_id = any ($1) and l.latitude is not null order by x.service_id, x.id) p on p.service_id = s.id
     order by hub.map_order(p.latitude, p.longitude) nulls last, s.id`,
    [serviceIds],
  );
  return rows.map(({ id }) => id);
}

export interface Applying {
  after: AfterImport;
  beside: Beside | undefined;
  onProgress: OnProgress | undefined;
  /** Takes what there is to say about it, before it is on record as done: whoever reads that it is, reads all of it. */
  tell(problems: readonly Problem[]): Promise<void>;
}

/** The one transaction in which the directory changes. */
export async function apply(
  run: Run,
  staged: Stage,
  leftOut: ReadonlyMap<EntityName, string[]>,
  tally: Tally,
  { after, beside, onProgress, tell }: Applying,
): Promise<void> {
  const { client, dryRun, fresh, sourceId } = run;
  const problems: Problem[] = [];
  const rows = [...staged.counts.values()].reduce((sum, count) => sum + count, 0);
  const entities = entityNames.filter((entity) => staged.entities.includes(entity));
  await client.query(`begin; set local work_mem = '64MB'`);
  await createChanges(client);
  if (!fresh) await keepOwnedPlaces(run, entities);
  else await foreseeTimeZones(client, entities);
  const listed = incomingTables(entities);
  if (listed) await deriveIncoming(client, listed);
  for (const entity of entities) {
    if (entity === 'service_at_location') await adoptLinks(run, entities);
    if (!fresh && listings.has(entity)) await takeBackProposals(run, entity);
    onProgress?.({ step: 'WRITING', rows, entity });
    problems.push(...(await keepCorrections(run, entity)));
    const { created, updated, taken } = await upsert(run, entity);
    const unchanged = (staged.counts.get(entity) ?? 0) - created - updated - taken;
    Object.assign(tally.of(entity), { created, updated, taken, unchanged });
    if (taken > 0) problems.push(aside('ID_TAKEN', entity, `${taken} rows of ${spoken(entity)} ${takenAdvice}`));
  }
  if (listed) await keepDerived(client, listed);
  if (!fresh) {
    for (const entity of entities.toReversed()) {
      const gone = await settleGone(run, entity, leftOut.get(entity) ?? []);
      tally.of(entity).removed = gone.removed;
      problems.push(...gone.problems);
    }
  }
  if (!fresh) await setTimeZones(client);
  await beside?.apply();
  await setCategories(client, sourceId);
  const services = await touchedServices(client, entities, fresh);
  if (!dryRun && services.length > 0) await after(client, services);
  if (dryRun) await client.query('rollback');
  await tell(problems);
  await endRun(run, tally);
  if (!dryRun) await client.query('commit');
}

/** Where what tells the kind of a service is; null when no services come in. */
function incomingTables(entities: readonly EntityName[]) {
  const table = (entity: EntityName): string | null => (entities.includes(entity) ? stage(entity) : null);
  const [service, organization, attribute] = [table('service'), table('organization'), table('attribute')];
  return service === null ? null : { service, organization, attribute, taxonomy_term: table('taxonomy_term') };
}

const takenAdvice =
  "have ids that belong to another source or to the hub itself; they were left as they are. Import them under the source's own name.";

function aside(code: Problem['code'], entity: EntityName, message: string): Problem {
  return { severity: 'WARNING', code, file: '', entity, message };
}

/** Fields and lists that a curator or the agency keeps stay as they are; the rest of the row comes in. */
async function keepCorrections(run: Run, entity: EntityName): Promise<Problem[]> {
  if (run.fresh) return [];
  const kept = await keepOwnedFields(run, entity);
  const problems = kept.map(({ key, line, field, owner, sourceValue }): Problem => {
    const message = `The ${owner === 'AGENCY' ? 'agency' : 'curator'} has set ${spoken(field)}; the source's "${short(sourceValue ?? '')}" was noted beside it.`;
    return {
      ...aside('KEPT_BY_CURATOR', entity, message),
      line,
      sourceId: key,
      field,
      ...(entity === 'service' && { serviceKey: key }),
    };
  });
  const claimed = await leaveClaimedLists(run, entity);
  if (claimed === 0) return problems;
  const message = `${claimed} rows of ${spoken(entity)} belong to services whose list a curator or the agency keeps; they were left as they are.`;
  return [...problems, aside('KEPT_BY_CURATOR', entity, message)];
}
