import { type HubContext } from '../../access/index.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { given } from '../given.js';
import type { Service } from '../service/service.entity.js';
import { toHsdsStatus } from '../service/service.enums.js';
import { propose } from '../suggestion/propose.js';
import { applyChanges } from './apply-changes.js';
import { loadListing, recordChanges, viaOf } from './change-listing.js';
import type { CorrectServiceInput } from './curation.inputs.js';
import { withRules } from './with-rules.js';
import { splitBySensitivity, type ListingChanges } from './listing-fields.js';

/** An agency keeps its listing, but only a curator takes one out of the directory or back into it. */
function checkStatus(ctx: HubContext, service: Service, { status }: ListingChanges): void {
  if (!given(status) || viaOf(ctx) === 'CURATOR') return;
  const wanted = toHsdsStatus(status);
  const own = ['active', 'temporarily closed'];
  if (wanted === service.status || (own.includes(wanted) && own.includes(service.status))) return;
  refuse('STATUS_NEEDS_CURATOR', 'Ask the curators of the directory to take it out or put it back.', 'status');
}

/** What became of a correction: the listing, and what waits for a curator. */
export interface Corrected {
  serviceId: string;
  suggestionId: string | null;
}

/**
 * Changes a listing by whoever keeps it. A curator's word counts at once; of an agency's, what is sensitive becomes a
 * suggestion.
 */
export async function changeByKeeper(ctx: HubContext, service: Service, wanted: ListingChanges): Promise<Corrected> {
  const em = await ctx.db.em();
  const curator = viaOf(ctx) === 'CURATOR';
  checkStatus(ctx, service, wanted);
  const { plain, sensitive } = curator ? { plain: wanted, sensitive: {} } : splitBySensitivity(wanted);
  const changes = await applyChanges(em, service, plain);
  if (changes.length > 0) await recordChanges(ctx, service, 'update', changes);
  return { serviceId: service.id, suggestionId: await propose(ctx, service, sensitive) };
}

/** Corrects a listing: only what changed is written, field by field into its history. */
export async function correctService(ctx: HubContext, input: CorrectServiceInput): Promise<Corrected> {
  const { id, expectedVersion, ...wanted } = input;
  const service = await loadListing(ctx, id, 'correct', expectedVersion);
  return changeByKeeper(ctx, service, withRules(service, wanted));
}
