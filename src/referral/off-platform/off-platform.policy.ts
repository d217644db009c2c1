import { definePolicy, type Permission } from '../../access/index.js';
import { ownedBy } from '../../caseload/index.js';
import { FollowUp } from '../follow-up/follow-up.entity.js';
import { OffPlatformReferral } from './off-platform.entity.js';

const send: Permission = 'referral.send';

definePolicy(OffPlatformReferral, { read: ownedBy(send), update: ownedBy(send) });
definePolicy(FollowUp, { read: ownedBy(send), update: ownedBy(send) });
