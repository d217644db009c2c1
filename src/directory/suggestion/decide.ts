import { LockMode } from '@mikro-orm/postgresql';
import { load, type HubContext } from '../../access/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { applyChanges } from '../curation/apply-changes.js';
import { loadListing, recordChanges } from '../curation/change-listing.js';
import { textOf } from '../curation/check-input.js';
import { keysOf, onlyKeys, type ListingChanges } from '../curation/listing-fields.js';
import { withRules } from '../curation/with-rules.js';
import { sayRoom } from '../curation/say-room.js';
import { countComplaints } from './count-complaints.js';
import { changesOf } from './diff.js';
import { Suggestion } from './suggestion.entity.js';
import type { AcceptSuggestionInput, RejectSuggestionInput, ReopenSuggestionInput } from './suggestion.inputs.js';

async function openSuggestion(ctx: HubContext, id: string, expectedVersion: number): Promise<Suggestion> {
  const suggestion = await load(ctx, Suggestion, id, 'decide', { lock: LockMode.PESSIMISTIC_WRITE });
  if (suggestion.status !== 'OPEN') refuse('ALREADY_DECIDED', 'Someone has decided this already.');
  if (suggestion.version !== expectedVersion) fail.conflict();
  return suggestion;
}

async function decided(
  ctx: HubContext,
  suggestion: Suggestion,
  status: 'ACCEPTED' | 'REJECTED',
  note: string | null | undefined,
): Promise<string> {
  const em = await ctx.db.em();
  suggestion.status = status;
  suggestion.decidedAt = ctx.clock.now();
  suggestion.updatedAt = suggestion.decidedAt;
  suggestion.decidedBy = ctx.caller?.userId ?? null;
  suggestion.decisionNote = textOf(note, 'note', 1000);
  await em.flush();
  await countComplaints(em, suggestion.serviceId);
  return suggestion.id;
}

/**
 * Changes the listing as suggested: the fields that the curator took, or what they say in their place. The listing must
 * still be the one they looked at. A report may be settled with other changes, but not with none.
 */
export async function acceptSuggestion(ctx: HubContext, input: AcceptSuggestionInput): Promise<string> {
  const suggestion = await openSuggestion(ctx, input.id, input.expectedVersion);
  const service = await loadListing(ctx, suggestion.serviceId, 'correct', input.serviceVersion);
  const suggested = changesOf(suggestion);
  const taken = input.fields ? onlyKeys(suggested, (key) => input.fields?.includes(key) ?? false) : suggested;
  const wanted: ListingChanges = { ...taken, ...onlyKeys(withRules(service, input.changes ?? {}), () => true) };
  const room = suggestion.signal === 'NO_ROOM' && (input.fields?.includes('capacity') ?? true);
  const em = await ctx.db.em();
  const changes = await applyChanges(em, service, wanted);
  if (changes.length > 0) await recordChanges(ctx, service, 'update', changes);
  const said = room ? await sayRoom(ctx, service, { status: 'NO_CAPACITY' }) : [];
  if (changes.length + said.length === 0) {
    refuse('NOTHING_TO_CHANGE', 'Nothing would change. Say what should stand there, or turn it down.');
  }
  suggestion.decidedFields = [...keysOf(wanted), ...(room ? ['capacity'] : [])];
  return decided(ctx, suggestion, 'ACCEPTED', input.note);
}

/** Leaves the listing as it is, with a word why. */
export async function rejectSuggestion(ctx: HubContext, input: RejectSuggestionInput): Promise<string> {
  return decided(ctx, await openSuggestion(ctx, input.id, input.expectedVersion), 'REJECTED', input.note);
}

/** Takes back that a suggestion was turned down; a listing that was changed is put back by its history instead. */
export async function reopenSuggestion(ctx: HubContext, input: ReopenSuggestionInput): Promise<string> {
  const suggestion = await load(ctx, Suggestion, input.id, 'decide', { lock: LockMode.PESSIMISTIC_WRITE });
  if (suggestion.version !== input.expectedVersion) fail.conflict();
  if (suggestion.status !== 'REJECTED') refuse('NOT_REJECTED', 'This was not turned down.');
  const em = await ctx.db.em();
  const { serviceId, signal, proposerOrgId } = suggestion;
  const same = signal === null ? { signal, proposerOrgId } : { signal };
  const newer = await em.findOne(Suggestion, { serviceId, status: 'OPEN', ...same });
  if (newer) refuse('OPEN_AGAIN', 'Somebody has said so again: it is open already.');
  suggestion.status = 'OPEN';
  suggestion.updatedAt = ctx.clock.now();
  suggestion.decidedAt = null;
  suggestion.decidedBy = null;
  suggestion.decisionNote = null;
  await em.flush();
  await countComplaints(em, serviceId);
  return suggestion.id;
}
