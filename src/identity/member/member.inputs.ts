import { MaxLength } from 'class-validator';
import { Field, ID, InputType } from 'type-graphql';
import { Role } from './role.js';

@InputType({ description: 'What `inviteMember` takes.' })
export class InviteMemberInput {
  @Field(() => String, { description: 'Where the letter goes, and the address to sign in with.' })
  @MaxLength(254)
  email!: string;

  @Field(() => [Role], { description: 'What the person will do; roles of this kind of organization.' })
  roles!: Role[];
}

@InputType({ description: 'What `revokeInvitation` takes.' })
export class RevokeInvitationInput {
  @Field(() => ID, { description: 'The invitation.' })
  id!: string;
}

@InputType({ description: 'What `acceptInvitation` takes.' })
export class AcceptInvitationInput {
  @Field(() => String, { description: 'The token of the link.' })
  @MaxLength(200)
  token!: string;

  @Field(() => String, { description: 'The name colleagues will see; ignored for somebody with an account.' })
  @MaxLength(1000)
  name!: string;

  @Field(() => String, { description: 'A new password, or that of the account one has already.' })
  @MaxLength(1000)
  password!: string;
}

@InputType({ description: 'What `changeMemberRoles` takes.' })
export class ChangeMemberRolesInput {
  @Field(() => ID, { description: 'The membership.' })
  membershipId!: string;

  @Field(() => [Role], { description: 'All roles from now on.' })
  roles!: Role[];
}

@InputType({ description: 'What `endMembership` takes.' })
export class EndMembershipInput {
  @Field(() => ID, { description: 'The membership.' })
  membershipId!: string;
}

@InputType({ description: 'What `resetSecondFactor` takes.' })
export class ResetSecondFactorInput {
  @Field(() => ID, { description: 'The membership of the colleague who lost phone and recovery codes.' })
  membershipId!: string;
}
