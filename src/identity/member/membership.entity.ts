import { defineEntity, p } from '@mikro-orm/postgresql';
import { Field, ID, ObjectType } from 'type-graphql';
import { DateTimeISO } from '../../platform/graphql/scalars.js';
import { Role } from './role.js';

const MembershipSchema = defineEntity({
  name: 'Membership',
  tableName: 'membership',
  properties: {
    id: p.uuid().primary(),
    userId: p.uuid(),
    organizationId: p.uuid(),
    roles: p.array<Role>(),
    createdAt: p.datetime(),
    endedAt: p.datetime().nullable(),
  },
});

/** A person's place in an organization. There is one for each pair; when it has ended, it can be taken up again. */
@ObjectType({ description: 'A person in an organization, with the roles they hold there.' })
export class Membership extends MembershipSchema.class {
  @Field(() => ID, { description: 'A UUID.' })
  override id!: string;

  @Field(() => [Role], { description: 'What the person does there.' })
  override roles!: Role[];

  @Field(() => DateTimeISO, { description: 'Since when.' })
  override createdAt!: Date;

  @Field(() => DateTimeISO, { nullable: true, description: 'Since when no longer; null for a current member.' })
  override endedAt!: Date | null | undefined;
}
MembershipSchema.setClass(Membership);
