import type { HubContext } from '../../access/index.js';
import { FIELD_GROUPS } from '../field-groups.js';
import { assurances } from '../verification/assure.js';
import { loadListing, recordChanges, todayAt } from './change-listing.js';
import { requiredText, textOf } from './check-input.js';
import type { RetireServiceInput, SetCapacityInput, VerifyServiceInput } from './curation.inputs.js';
import { sayRoom } from './say-room.js';

/** Confirms a listing as it stands; when it is due again follows from the harm that it would do if it were wrong. */
export async function verifyService(ctx: HubContext, input: VerifyServiceInput): Promise<string> {
  const service = await loadListing(ctx, input.id, 'verify', input.expectedVersion);
  const em = await ctx.db.em();
  const today = await todayAt(ctx, service);
  const note = textOf(input.note, 'note', 1000);
  const previous = service.assuredDate ?? '';
  const before = {
    assuredDate: service.assuredDate ?? null,
    nextVerificationOn: service.nextVerificationOn ?? null,
    groups: await assurances(em, service.id),
  };
  service.assuredDate = today;
  service.verifiedAt = ctx.clock.now();
  service.verifiedByUserId = ctx.caller?.userId ?? null;
  const changes = [
    { field: 'assured_date', previous, replacement: today, before, after: today },
    ...(note === null ? [] : [{ field: 'verification_note', previous: '', replacement: note }]),
  ];
  await recordChanges(ctx, service, 'verify', changes, { confirmed: FIELD_GROUPS });
  return service.id;
}

/** Takes a listing out of the directory, with the reason in its history. */
export async function retireService(ctx: HubContext, input: RetireServiceInput): Promise<string> {
  const service = await loadListing(ctx, input.id, 'retire', input.expectedVersion);
  const reason = requiredText(input.reason, 'reason', 1000);
  const previous = service.status;
  if (previous === 'defunct') return service.id;
  service.status = 'defunct';
  await recordChanges(ctx, service, 'retire', [
    { field: 'status', previous, replacement: 'defunct', before: previous, after: 'defunct' },
    { field: 'retirement_reason', previous: '', replacement: reason },
  ]);
  return service.id;
}

/** Says whether there is room, and how much of it; UNKNOWN without a count takes it back. */
export async function setCapacity(ctx: HubContext, input: SetCapacityInput): Promise<string> {
  const service = await loadListing(ctx, input.id, 'setCapacity');
  await sayRoom(ctx, service, input);
  return service.id;
}
