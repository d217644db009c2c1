import type { Feature } from '../platform/feature.js';
import { User } from './account/user.entity.js';
import { ApiKey } from './api-key/api-key.entity.js';
import { Invitation } from './member/invitation.entity.js';
import { Membership } from './member/membership.entity.js';
import { Organization } from './organization/organization.entity.js';

export { userById } from './account/user.loaders.js';
export { User } from './account/user.entity.js';
export { callerName } from './member/caller-name.js';
export { Colleague, colleagueById } from './member/colleague.js';
export { Role } from './member/role.js';
export { openOperation } from './open-operation.js';
export { Organization, OrganizationKind } from './organization/organization.entity.js';
export { organizationById } from './organization/organization.loaders.js';

/** Who is calling: organizations, people, sessions, keys. */
export const identity: Feature = {
  name: 'identity',
  entities: [Organization, User, Membership, Invitation, ApiKey],
};
