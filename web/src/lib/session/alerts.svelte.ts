import { request } from '#lib/api/index';
import {
  AgencyAlertsDocument,
  CareAlertsDocument,
  type AgencyAlertsQuery,
  type InboxNewsSubscription,
} from '#lib/gql/graphql';
import { session } from './session.svelte.js';

export type News = InboxNewsSubscription['inboxNews'];
/** While much happens, the numbers are asked for at most so often. */
const EVERY_MS = 3000;

/** How much waits for this person: new and late referrals for an agency, stuck and open loops for a care team. */
class Alerts {
  count = $state(0);
  /** The numbers of an agency's queues, as lately as they are known. */
  inbox = $state.raw<AgencyAlertsQuery['inboxCounts'] | null>(null);
  href = $derived(session.can('referral.answer') ? '/inbox' : '/today');
  #followers = new Set<(news: News | null) => void>();
  #asked = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;

  async refresh(): Promise<void> {
    this.#asked = performance.now();
    try {
      if (session.can('referral.answer')) {
        this.inbox = (await request(AgencyAlertsDocument)).inboxCounts;
        this.count = this.inbox.new + this.inbox.overdue;
      } else if (session.can('referral.send')) {
        const { counts } = (await request(CareAlertsDocument)).today;
        this.count = counts.overdueReferrals + counts.toConfirm + counts.declined;
      }
    } catch {
      // A count that cannot be had is not worth an error on every page.
    }
  }

  /** News of the inbox came; null when some may have been missed. */
  heard(news: News | null): void {
    for (const tell of this.#followers) tell(news);
    if (this.#timer) return;
    const wait = Math.max(0, this.#asked + EVERY_MS - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.refresh();
    }, wait);
  }

  /** Tells of news until the returned function is called. */
  follow(tell: (news: News | null) => void): () => void {
    this.#followers.add(tell);
    return () => this.#followers.delete(tell);
  }
}

export const alerts = new Alerts();
