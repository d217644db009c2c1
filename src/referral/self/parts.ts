import { SelfRequest } from './self-request.entity.js';
import { SelfReferralResolver } from './self.resolver.js';
import { clearSelfRequests, sendSelfCode } from './self.tasks.js';

/** What the feature needs of this folder. */
export const self = {
  entities: [SelfRequest],
  resolvers: [SelfReferralResolver],
  tasks: [sendSelfCode, clearSelfRequests],
  crons: [{ task: clearSelfRequests, match: '57 8 * * *' }],
};
