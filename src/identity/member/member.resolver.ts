import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Apart, Can, type HubContext } from '../../access/index.js';
import { PageArgs, type Connection } from '../../platform/graphql/connection.js';
import { payloadOf } from '../../platform/graphql/payload.js';
import { User } from '../account/user.entity.js';
import { userById } from '../account/user.loaders.js';
import { SignInPayload, signInPayload } from '../sign-in/sign-in.payload.js';
import { acceptInvitation } from './accept-invitation.js';
import { changeMemberRoles, endMembership } from './change-members.js';
import { Colleague, colleagues } from './colleague.js';
import { Invitation } from './invitation.entity.js';
import { inviteMember } from './invite-member.js';
import {
  AcceptInvitationInput,
  ChangeMemberRolesInput,
  EndMembershipInput,
  InviteMemberInput,
  ResetSecondFactorInput,
  RevokeInvitationInput,
} from './member.inputs.js';
import {
  InvitationConnection,
  invitationPage,
  memberPage,
  MembershipConnection,
  type InvitationRow,
  type MemberRow,
} from './member.queries.js';
import { Membership } from './membership.entity.js';
import { resetSecondFactor } from './reset-second-factor.js';
import { revokeInvitation } from './revoke-invitation.js';

const maxColleagues = 500;

const InviteMemberPayload = payloadOf(
  'InviteMember',
  'invitation',
  Invitation,
  'The invitation; its letter is on the way.',
);
const RevokeInvitationPayload = payloadOf('RevokeInvitation', 'invitation', Invitation, 'The invitation, withdrawn.');
const ChangeMemberRolesPayload = payloadOf(
  'ChangeMemberRoles',
  'membership',
  Membership,
  'The member with the new roles.',
);
const ResetSecondFactorPayload = payloadOf(
  'ResetSecondFactor',
  'membership',
  Membership,
  'The member, who signs in without a second factor the next time.',
);
const EndMembershipPayload = payloadOf('EndMembership', 'membership', Membership, 'The membership, ended.');

@Resolver(() => Membership)
export class MemberResolver {
  @Can('member.manage')
  @Query(() => MembershipConnection, { description: 'Present and former members of one’s organization, by name.' })
  members(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: HubContext): Promise<Connection<MemberRow>> {
    return memberPage(ctx, page);
  }

  @Can('viewer.read')
  @Query(() => [Colleague], { description: 'Who works in one’s organization now, by name; at most 500.' })
  colleagues(@Ctx() ctx: HubContext): Promise<Colleague[]> {
    return colleagues(ctx, maxColleagues);
  }

  @Can('member.manage')
  @Query(() => InvitationConnection, { description: 'The invitations of one’s organization, the latest first.' })
  invitations(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: HubContext): Promise<Connection<InvitationRow>> {
    return invitationPage(ctx, page);
  }

  @FieldResolver(() => User, { description: 'The person.' })
  user(@Root() membership: Membership, @Ctx() ctx: HubContext): Promise<User | null> {
    return userById(ctx, membership.userId);
  }

  @Can('member.manage')
  @FieldResolver(() => Boolean, {
    description: 'Whether the person has an authenticator app. If they lost it, `resetSecondFactor`.',
  })
  async secondFactor(@Root() membership: Membership, @Ctx() ctx: HubContext): Promise<boolean> {
    return Boolean((await userById(ctx, membership.userId))?.totpConfirmedAt);
  }

  @Can('member.manage')
  @Mutation(() => InviteMemberPayload, {
    description:
      'Invites somebody by e-mail; an older invitation to the same address stops working. ' +
      'Codes: NOT_AN_ADDRESS, ALREADY_MEMBER, ROLES_MISSING, ROLE_DOES_NOT_FIT, TOO_MANY_INVITATIONS.',
  })
  async inviteMember(
    @Arg('input', () => InviteMemberInput) { email, roles }: InviteMemberInput,
    @Ctx() ctx: HubContext,
  ) {
    return { invitation: await inviteMember(ctx, email, roles) };
  }

  @Can('member.manage')
  @Mutation(() => RevokeInvitationPayload, { description: 'Withdraws an invitation. Code: ALREADY_ACCEPTED.' })
  async revokeInvitation(
    @Arg('input', () => RevokeInvitationInput) { id }: RevokeInvitationInput,
    @Ctx() ctx: HubContext,
  ) {
    return { invitation: await revokeInvitation(ctx, id) };
  }

  @Can('public')
  @Apart()
  @Mutation(() => SignInPayload, {
    description:
      'Becomes a member by an invitation, and signs in. ' +
      'Codes: LINK_ENDED, OTHER_ACCOUNT, ACCOUNT_EXISTS, NAME_LENGTH, WEAK_PASSWORD; error RATE_LIMITED.',
  })
  async acceptInvitation(
    @Arg('input', () => AcceptInvitationInput) input: AcceptInvitationInput,
    @Ctx() ctx: HubContext,
  ): Promise<SignInPayload> {
    return signInPayload(ctx, await acceptInvitation(ctx, input));
  }

  @Can('member.manage')
  @Mutation(() => ChangeMemberRolesPayload, {
    description:
      'Gives a member other roles. Codes: NOT_A_MEMBER, ROLES_MISSING, ROLE_DOES_NOT_FIT, OWN_ROLES, LAST_ADMINISTRATOR.',
  })
  async changeMemberRoles(
    @Arg('input', () => ChangeMemberRolesInput) { membershipId, roles }: ChangeMemberRolesInput,
    @Ctx() ctx: HubContext,
  ) {
    return { membership: await changeMemberRoles(ctx, membershipId, roles) };
  }

  @Can('member.manage')
  @Mutation(() => EndMembershipPayload, {
    description: 'Ends a membership, its sessions and the API keys the person made. Code: LAST_ADMINISTRATOR.',
  })
  async endMembership(
    @Arg('input', () => EndMembershipInput) { membershipId }: EndMembershipInput,
    @Ctx() ctx: HubContext,
  ) {
    return { membership: await endMembership(ctx, membershipId) };
  }

  @Can('member.manage')
  @Apart()
  @Mutation(() => ResetSecondFactorPayload, {
    description:
      'Takes the second factor of a colleague away who lost it, ends their sessions and writes them a letter. ' +
      'Codes: NOT_A_MEMBER, OWN_SECOND_FACTOR, NO_SECOND_FACTOR.',
  })
  async resetSecondFactor(
    @Arg('input', () => ResetSecondFactorInput) { membershipId }: ResetSecondFactorInput,
    @Ctx() ctx: HubContext,
  ) {
    return { membership: await resetSecondFactor(ctx, membershipId) };
  }
}
