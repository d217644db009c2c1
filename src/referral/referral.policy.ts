import { definePolicy, type Caller } from '../access/index.js';
import { Referral } from './referral.entity.js';

/** The care organization's own, and what was sent to the agency: a draft is nobody's business but the sender's. */
const eitherSide = (caller: Caller) =>
  caller.permissions.has('referral.read') && {
    $or: [{ fromOrgId: caller.organizationId }, { toOrgId: caller.organizationId, status: { $ne: 'DRAFT' as const } }],
  };
const sender = (caller: Caller) => caller.permissions.has('referral.send') && { fromOrgId: caller.organizationId };
const receiver = (caller: Caller) =>
  caller.permissions.has('referral.answer') && { toOrgId: caller.organizationId, status: { $ne: 'DRAFT' as const } };

definePolicy(Referral, {
  read: eitherSide,
  answer: receiver,
  send: sender,
  message: (caller) => caller.permissions.has('referral.message') && eitherSide(caller),
  cancel: (caller) =>
    (caller.permissions.has('referral.send') || caller.permissions.has('referral.answer')) && eitherSide(caller),
});
