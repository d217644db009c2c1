import { definePolicy, type Caller } from '../../access/index.js';
import { ReferralDraft } from './draft.entity.js';

/** The care organization’s own; what somebody typed is changed by themselves alone. */
const own = (caller: Caller) => caller.permissions.has('referral.send') && { fromOrgId: caller.organizationId };
definePolicy(ReferralDraft, {
  read: own,
  update: (caller) => own(caller) && { fromOrgId: caller.organizationId, madeBy: caller.userId ?? '' },
});
