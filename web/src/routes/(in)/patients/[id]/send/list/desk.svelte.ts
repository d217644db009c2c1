import { request } from '#lib/api/index';
import { failureWords } from '#lib/form/form.svelte';
import {
  PreviewReferralsDocument,
  type HouseholdPersonInput,
  type NeedFieldsFragment,
  type PreviewReferralsQuery,
  type SendReferralsMutation,
} from '#lib/gql/graphql';
import { sendLists, type PutBy } from '#lib/referral/sendList.svelte';

export type Seen = PreviewReferralsQuery['previewReferrals'][number];
export type Sent = NonNullable<SendReferralsMutation['sendReferrals']['results']>[number];

/** What stands on the list, what each agency would see, and which of them are to be sent. */
export class Desk {
  seen = $state.raw<Record<string, Seen>>({});
  /** Those that somebody took out of the sending, and those that are sent although they are full. */
  off = $state<string[]>([]);
  evenIfFull = $state<string[]>([]);
  share = $state<string[] | null>(null);
  /** Who else it is for; each agency reads of them what the consent lets it know. */
  household = $state<HouseholdPersonInput[]>([]);
  needIds = $state<Record<string, string[]>>({});
  problem = $state('');
  busy = $state(false);
  results = $state.raw<Sent[]>([]);

  constructor(
    readonly patientId: string,
    needs: readonly NeedFieldsFragment[],
  ) {
    for (const { serviceId, codes } of this.list) {
      const fitting = needs.filter((need) => codes.includes(need.category.code));
      this.needIds[serviceId] = (fitting.length > 0 ? fitting : needs.length === 1 ? needs : []).map(({ id }) => id);
    }
  }

  get list(): readonly PutBy[] {
    return sendLists.of(this.patientId);
  }

  /** What would be sent now. */
  get going(): PutBy[] {
    return this.list.filter(({ serviceId }) => this.goes(serviceId));
  }

  goes(serviceId: string): boolean {
    const one = this.seen[serviceId];
    if (!one?.preview || one.preview.missingConsent.length > 0 || this.off.includes(serviceId)) return false;
    if (!this.needIds[serviceId]?.length) return false;
    return !one.leftOut || (one.leftOut.code === 'NO_ROOM' && this.evenIfFull.includes(serviceId));
  }

  items(list: readonly PutBy[]) {
    return list.map(({ serviceId, siteId }) => ({
      serviceId,
      siteId,
      needIds: this.needIds[serviceId] ?? [],
      share: this.share,
      evenIfFull: this.evenIfFull.includes(serviceId),
    }));
  }

  get persons(): HouseholdPersonInput[] {
    return this.household.map((person) => ({ ...person }));
  }

  /** Asks the server what each agency would see; those without a need wait until one is chosen. */
  async look(): Promise<void> {
    const asked = this.list.filter(({ serviceId }) => (this.needIds[serviceId]?.length ?? 0) > 0);
    if (asked.length === 0) return;
    this.busy = true;
    this.problem = '';
    try {
      const input = { patientId: this.patientId, items: this.items(asked), household: this.persons };
      const { previewReferrals } = await request(PreviewReferralsDocument, { input });
      this.seen = { ...this.seen, ...Object.fromEntries(previewReferrals.map((one) => [one.service.id, one])) };
    } catch (cause) {
      this.problem = failureWords(cause);
    } finally {
      this.busy = false;
    }
  }

  /** What was sent leaves the list; what was left out stays on it. */
  settle(results: readonly Sent[]): void {
    this.results = [...this.results.filter((one) => one.referral), ...results];
    for (const { referral, service } of results) if (referral) sendLists.remove(this.patientId, service.id);
  }
}
