import { SelfRequest } from './self-request.entity.js';
import { SelfReferralResolver } from './self.resolver.js';
import { clearSelfRequests, sendSelfCode } from './self.tasks.js';
import { withdrawSelf } from './take-back.js';
import { tellSelf } from './tell-self.js';

/** What the feature needs of this folder. */
export const self = {
  entities: [SelfRequest],
  resolvers: [SelfReferralResolver],
  tasks: [sendSelfCode, clearSelfRequests, tellSelf, withdrawSelf],
  crons: [{ task: clearSelfRequests, match: '57 8 * * *' }],
};
