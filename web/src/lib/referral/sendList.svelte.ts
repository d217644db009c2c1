/** A service that was put by to be asked for this patient. */
export interface PutBy {
  serviceId: string;
  name: string;
  agency: string;
  siteId: string | null;
  codes: readonly string[];
}

const MOST = 8;

/**
 * The services to send a patient to, by patient, so that what was put by for one is never sent about another. Kept in
 * memory alone: gone with a reload and with signing out, since even the names of services can tell of somebody.
 */
class SendLists {
  #lists = $state<Record<string, PutBy[]>>({});

  of(patientId: string): readonly PutBy[] {
    return this.#lists[patientId] ?? [];
  }

  has(patientId: string, serviceId: string): boolean {
    return this.of(patientId).some((one) => one.serviceId === serviceId);
  }

  isFull(patientId: string): boolean {
    return this.of(patientId).length >= MOST;
  }

  add(patientId: string, one: PutBy): void {
    if (!this.has(patientId, one.serviceId)) this.#lists[patientId] = [...this.of(patientId), one].slice(0, MOST);
  }

  remove(patientId: string, serviceId: string): void {
    this.#lists[patientId] = this.of(patientId).filter((one) => one.serviceId !== serviceId);
  }
}

export const sendLists = new SendLists();
