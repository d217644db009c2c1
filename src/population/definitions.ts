import type { Definition } from './population.types.js';

/** What each figure means; shown beside it. */
export const DEFINITIONS: readonly Definition[] = [
  { key: 'members', text: 'People whom the plan covered on at least one day of the period.' },
  { key: 'screened', text: 'Members who completed at least one screening in the period while the plan covered them.' },
  { key: 'membersWithNeed', text: 'Members with a need that they confirmed themselves, first identified in the period. A positive answer alone is not counted. In a breakdown, a member counts once in each category, in the month the need was first identified.' }, // prettier-ignore
  { key: 'closedByAgency', text: 'Referrals that the agency finished: completed, failed or declined. Base: all referrals sent in the period.' },
  { key: 'helpReceived', text: 'Referrals where the agency says that the person got help, in whole or in part. Base: referrals that the agency finished.' },
  { key: 'confirmedByPatient', text: 'Referrals where the patient says that help came, in whole or in part. Base: referrals where the patient was asked and could be reached.' },
  { key: 'suppression', text: 'Counts from 1 to 10 are withheld, and so are other counts from which one of them could be worked out.' },
  { key: 'snse', text: 'These are the hub’s own figures and not a HEDIS rate.' },
]; // prettier-ignore
