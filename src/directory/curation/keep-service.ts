import type { HubContext } from '../../access/index.js';
import { dayIn, isoDate } from '../calendar-day.js';
import { listingRisk, nextVerificationOn } from '../freshness.js';
import { zoneOf } from '../service/hours.js';
import { loadListing, recordChanges } from './change-listing.js';
import { requiredText, textOf } from './check-input.js';
import type { RetireServiceInput, SetCapacityInput, VerifyServiceInput } from './curation.inputs.js';

/** Confirms a listing as it stands; when it is due again follows from the harm that it would do if it were wrong. */
export async function verifyService(ctx: HubContext, input: VerifyServiceInput): Promise<string> {
  const service = await loadListing(ctx, input.id, 'verify', input.expectedVersion);
  const now = ctx.clock.now();
  const today = isoDate(dayIn(await zoneOf(ctx, service), now));
  const note = textOf(input.note, 'note', 1000);
  const previous = service.assuredDate ?? '';
  service.assuredDate = today;
  service.verifiedAt = now;
  service.verifiedByUserId = ctx.caller?.userId ?? null;
  service.nextVerificationOn = nextVerificationOn(today, listingRisk(service));
  await recordChanges(ctx, service, 'verify', [
    { field: 'assured_date', previous, replacement: today },
    ...(note === null ? [] : [{ field: 'verification_note', previous: '', replacement: note }]),
  ]);
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
    { field: 'status', previous, replacement: 'defunct' },
    { field: 'retirement_reason', previous: '', replacement: reason },
  ]);
  return service.id;
}

/** Says whether there is room; UNKNOWN takes it back. It needs no version: the last word counts. */
export async function setCapacity(ctx: HubContext, input: SetCapacityInput): Promise<string> {
  const service = await loadListing(ctx, input.id, 'setCapacity');
  const note = textOf(input.note, 'note', 500);
  const previous = service.capacityStatus ?? '';
  const status = input.status === 'UNKNOWN' ? null : input.status;
  service.capacityStatus = status;
  service.capacityNote = status === null ? null : note;
  service.capacityUpdatedAt = status === null ? null : ctx.clock.now();
  await recordChanges(ctx, service, 'capacity', [{ field: 'capacity_status', previous, replacement: status ?? '' }]);
  return service.id;
}
