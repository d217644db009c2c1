import { definePolicy, type Caller } from '../../access/index.js';
import { ApiKey } from '../api-key/api-key.entity.js';
import { Invitation } from './invitation.entity.js';
import { Membership } from './membership.entity.js';

const ours = ({ organizationId }: Caller) => ({ organizationId });
const managed = (caller: Caller) => caller.permissions.has('member.manage') && ours(caller);

definePolicy(Membership, { read: ours, manage: managed });
definePolicy(Invitation, { read: managed, manage: managed });
const keyed = (caller: Caller) => caller.permissions.has('apikey.manage') && ours(caller);
definePolicy(ApiKey, { read: keyed, manage: keyed });
