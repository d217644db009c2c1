import { request } from '#lib/api/index';
import { AgencyAlertsDocument, CareAlertsDocument } from '#lib/gql/graphql';
import { session } from './session.svelte.js';

/** How much waits for this person: new and late referrals for an agency, stuck and open loops for a care team. */
class Alerts {
  count = $state(0);
  href = $derived(session.can('referral.answer') ? '/inbox' : '/today');

  async refresh(): Promise<void> {
    try {
      if (session.can('referral.answer')) {
        const { inboxCounts } = await request(AgencyAlertsDocument);
        this.count = inboxCounts.new + inboxCounts.overdue;
      } else if (session.can('referral.send')) {
        const { counts } = (await request(CareAlertsDocument)).today;
        this.count = counts.overdueReferrals + counts.toConfirm + counts.declined;
      }
    } catch {
      // A count that cannot be had is not worth an error on every page.
    }
  }
}

export const alerts = new Alerts();
