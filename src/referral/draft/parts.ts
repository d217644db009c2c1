import './draft.policy.js';
import { ReferralDraft } from './draft.entity.js';
import { DraftFields, DraftPersonFields, DraftResolver, PatientDrafts, TodayDrafts } from './draft.resolver.js';
import { clearDrafts } from './draft.tasks.js';

/** What the feature needs of this folder. */
export const draft = {
  entities: [ReferralDraft],
  resolvers: [DraftResolver, DraftFields, DraftPersonFields, PatientDrafts, TodayDrafts],
  tasks: [clearDrafts],
  crons: [{ task: clearDrafts, match: '47 8 * * *' }],
};
