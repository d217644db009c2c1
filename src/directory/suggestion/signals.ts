import { hashWith, keyFor } from '../../identity/index.js';
import { on } from '../../platform/events.js';
import { defineTask } from '../../platform/jobs/task.js';
import { addReport } from './report.js';
import type { ListingSignal } from './suggestion.enums.js';

/** What a referral tells of the listing that it went to; ids and codes only. */
interface Told {
  serviceId: string;
  signal: ListingSignal;
  source: 'DECLINED' | 'FAILED';
  /** The referral: it counts once, and stays unknown to the curators. */
  referralId: string;
}

declare module '../../platform/events.js' {
  interface Events {
    /** A referral was declined or failed for a reason that its listing could have told. */
    'listing.signal': Told;
    /** A referral was sent to a listing. */
    'listing.sent': { serviceId: string };
  }
}

/** Opens or joins the suggestion that a referral's end points to. */
export const noteSignal = defineTask<Told>(
  'directory.signal',
  async ({ serviceId, signal, source, referralId }, { db, platform }) => {
    const key = hashWith(keyFor(platform.config.secret, 'listing signal'), referralId);
    await db.write((em) =>
      addReport(em, { serviceId, signal, source, key, note: null, proposerOrgId: null }, platform.clock.now()),
    );
  },
);

export const signalSubscriptions = [on('listing.signal', noteSignal)];
