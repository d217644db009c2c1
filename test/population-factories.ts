import { newId } from '../src/platform/id.js';
import { publishReports } from '../src/population/index.js';
import { asTask } from '../src/platform/database/operation.js';
import { consent, need, screening } from './caseload-factories.js';
import { insert, organization, user } from './factories.js';
import type { TestHub } from './hub.js';
import { service } from './referral-factories.js';

/** A care organization and an agency, and what happens to patients between them at given moments. */
export async function facts(hub: TestHub) {
  const { id: userId } = await user(hub);
  const { id: agencyId } = await organization(hub);
  const serviceId = await service(hub, agencyId);
  const care = await organization(hub, { kind: 'CARE' });
  const owner = { organizationId: care.id };
  return {
    owner,
    organization: care,
    screened: (patientId: string, at: string, given: object = {}) =>
      screening(hub, owner, patientId, { started_by: userId, started_at: at, completed_at: at, ...given }),
    needed: (patientId: string, at: string, given: object = {}) =>
      need(hub, owner, patientId, { identified_at: at, ...given }),
    referred: async (patientId: string, at: string, given: object = {}): Promise<string> => {
      const id = newId();
      await insert(hub, 'referral', {
        id,
        from_org_id: owner.organizationId,
        to_org_id: agencyId,
        patient_id: patientId,
        service_id: serviceId,
        status: 'REQUESTED',
        categories: ['food-insecurity'],
        consent_id: await consent(hub, owner, patientId, { recorded_by: userId }),
        shared: '[]',
        patient_label: 'A. B.',
        sent_by: userId,
        sent_by_name: 'Sender',
        sent_at: at,
        answer_due_at: at,
        ...given,
      });
      return id;
    },
  };
}

/** Publishes what is due by the hub's clock, as the nightly task does. */
export const publish = (hub: TestHub): Promise<void> =>
  asTask(hub.orm).write((em) => publishReports(em, hub.clock.now()));
