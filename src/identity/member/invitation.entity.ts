import { defineEntity, p } from '@mikro-orm/postgresql';
import { Field, ID, ObjectType } from 'type-graphql';
import { DateTimeISO } from '../../platform/graphql/scalars.js';
import { Role } from './role.js';

const InvitationSchema = defineEntity({
  name: 'Invitation',
  tableName: 'invitation',
  properties: {
    id: p.uuid().primary(),
    organizationId: p.uuid(),
    email: p.string().columnType('citext'),
    roles: p.array<Role>(),
    tokenHash: p.type('Buffer').columnType('bytea').lazy(),
    invitedBy: p.uuid(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
    acceptedAt: p.datetime().nullable(),
    revokedAt: p.datetime().nullable(),
  },
});

/** A letter that makes its reader a member. */
@ObjectType({ description: 'An invitation by e-mail to become a member. Good once, for seven days.' })
export class Invitation extends InvitationSchema.class {
  @Field(() => ID, { description: 'A UUID.' })
  override id!: string;

  @Field(() => String, { description: 'Where the letter went.' })
  override email!: string;

  @Field(() => [Role], { description: 'The roles that come with it.' })
  override roles!: Role[];

  @Field(() => DateTimeISO, { description: 'When it was sent.' })
  override createdAt!: Date;

  @Field(() => DateTimeISO, { description: 'Until when it is good.' })
  override expiresAt!: Date;

  @Field(() => DateTimeISO, { nullable: true, description: 'When it was used; null while it waits.' })
  override acceptedAt!: Date | null | undefined;

  @Field(() => DateTimeISO, { nullable: true, description: 'When it was withdrawn.' })
  override revokedAt!: Date | null | undefined;
}
InvitationSchema.setClass(Invitation);
