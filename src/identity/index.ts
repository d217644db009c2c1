import type { Feature } from '../platform/feature.js';
import { AccountResolver } from './account/account.resolver.js';
import { sendResetLetter } from './account/password-reset.js';
import { User } from './account/user.entity.js';
import { ApiKey } from './api-key/api-key.entity.js';
import { ApiKeyResolver } from './api-key/api-key.resolver.js';
import { serveFiles } from './file/file.routes.js';
import { clearFiles } from './file/nightly.js';
import { noticeTask } from './letters/notice.js';
import { Invitation } from './member/invitation.entity.js';
import { sendInvitation } from './member/invite-member.js';
import './member/member.policy.js';
import { MemberResolver } from './member/member.resolver.js';
import { Membership } from './member/membership.entity.js';
import { clearEnded, crons } from './nightly.js';
import { Organization } from './organization/organization.entity.js';
import { checkPolicy } from './second-factor/demanded.js';
import { TotpResolver } from './second-factor/totp.resolver.js';
import { SignInResolver } from './sign-in/sign-in.resolver.js';
import { serveSignOn } from './sign-on/sign-on.routes.js';
import { SignInOptionsResolver } from './viewer/sign-in-options.js';
import { ViewerMembershipResolver, ViewerResolver } from './viewer/viewer.resolver.js';
import { IDENTITY_SPANISH } from './spanish.js';

export { userById } from './account/user.loaders.js';
export { besideApi, problem, Unacceptable, type BesideApi } from './beside-api.js';
export { attachFiles } from './file/keep-file.js';
export { defineFileKind, StoredFile } from './file/file-kinds.js';
export type { DemoLink } from './viewer/sign-in-options.js';
export { asLink, findApart, findAtDoor, linkToken, type LinkHolder } from './link/as-link.js';
export { defineLink, listingOfLink } from './link/link-kinds.js';
export { closePage, openPage } from './link/page-session.js';
export { baseUrlOf, tokenLink } from './letters/link.js';
export { appointAdministrator } from './member/appoint.js';
export { callerName } from './member/caller-name.js';
export { inviteClaimant } from './member/invite-claimant.js';
export { Colleague, colleagueById } from './member/colleague.js';
export { Role } from './member/role.js';
export { openOperation } from './open-operation.js';
export { Organization, OrganizationKind } from './organization/organization.entity.js';
export {
  isOrganizationLine,
  ORGANIZATION_COLUMNS,
  organizationBeside,
  organizationById,
  shownOrganization,
} from './organization/organization.loaders.js';
export { networkOf } from './rate-limit/network.js';
export { handOver, holderOf, takeBack } from './session/hand-over.js';
export {
  afterRightProof,
  beforeAnswer,
  beforeLink,
  beforeList,
  beforeProof,
  beforeReport,
  beforeSelf,
  mayMailList,
  mayAskForCall,
  maySendCode,
} from './sign-in/attempts.js';
export { hashToken, hashWith, keyFor } from './token.js';

/** Who is calling: organizations, people, sessions, keys. */
export const identity: Feature = {
  name: 'identity',
  spanish: IDENTITY_SPANISH,
  open: async ({ config }) => checkPolicy(config),
  entities: [Organization, User, Membership, Invitation, ApiKey],
  resolvers: [
    ViewerResolver,
    ViewerMembershipResolver,
    SignInOptionsResolver,
    SignInResolver,
    AccountResolver,
    TotpResolver,
    MemberResolver,
    ApiKeyResolver,
  ],
  tasks: [sendResetLetter, sendInvitation, noticeTask, clearEnded, clearFiles],
  crons,
  routes: async (server, platform) => {
    await serveSignOn(server, platform);
    await serveFiles(server, platform);
  },
};
