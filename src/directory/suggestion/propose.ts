import type { HubContext } from '../../access/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { newId } from '../../platform/id.js';
import { keysOf, onlyKeys, type ListingChanges } from '../curation/listing-fields.js';
import { textsNow, textsOf } from '../curation/listing-texts.js';
import type { Service } from '../service/service.entity.js';
import { Suggestion } from './suggestion.entity.js';
import type { SuggestionSource } from './suggestion.enums.js';

/** Where a signed-in caller's suggestion about a listing comes from. */
export function sourceOf({ caller }: Pick<HubContext, 'caller'>, service: Pick<Service, 'organizationId'>) {
  if (!caller) return 'PUBLIC' satisfies SuggestionSource;
  if (caller.via === 'LINK') return 'LINK' satisfies SuggestionSource;
  if (caller.permissions.has('directory.write')) return 'CURATOR' satisfies SuggestionSource;
  return (caller.organizationId === service.organizationId ? 'AGENCY' : 'CARE') satisfies SuggestionSource;
}

/**
 * Suggests values for fields of a listing, as far as they differ from what stands there; returns the suggestion's id, or
 * null when nothing differs. What an organization suggests about one listing is one suggestion until it is decided.
 */
export async function propose(
  ctx: HubContext,
  service: Service,
  wanted: ListingChanges,
  note: string | null = null,
): Promise<string | null> {
  const caller = ctx.caller ?? fail.unauthenticated();
  const em = await ctx.db.em();
  const suggested = textsOf(wanted);
  const base = await textsNow(em, service, keysOf(wanted));
  const changes = onlyKeys(wanted, (key) => suggested[key] !== base[key]);
  if (keysOf(changes).length === 0) return null;
  const kept = Object.fromEntries(keysOf(changes).map((key) => [key, base[key] ?? '']));
  const now = ctx.clock.now();
  const open = await em.findOne(Suggestion, {
    serviceId: service.id,
    proposerOrgId: caller.organizationId,
    signal: null,
    status: 'OPEN',
  });
  if (open) {
    // The first word on a field says what it was suggested against.
    open.base = { ...kept, ...open.base };
    open.changes = { ...open.changes, ...changes };
    open.note = note ?? open.note ?? null;
    open.updatedAt = now;
    await em.flush();
    return open.id;
  }
  const suggestion = em.create(Suggestion, {
    id: newId(),
    serviceId: service.id,
    organizationId: service.organizationId,
    proposerOrgId: caller.organizationId,
    source: sourceOf(ctx, service),
    signal: null,
    changes,
    base: kept,
    baseVersion: service.version,
    note,
    evidence: 0,
    status: 'OPEN',
    version: 1,
    createdAt: now,
    updatedAt: now,
  });
  await em.flush();
  return suggestion.id;
}
