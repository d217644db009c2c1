import { FollowResolver, TransferFields } from './follow.resolver.js';
import { ReferralTransfer } from './transfer.entity.js';

/** What the feature needs of this folder. */
export const follow = { entities: [ReferralTransfer], resolvers: [FollowResolver, TransferFields] };
