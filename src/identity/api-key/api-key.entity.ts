import { defineEntity, p } from '@mikro-orm/postgresql';
import { Field, ID, ObjectType } from 'type-graphql';
import { DateTimeISO } from '../../platform/graphql/scalars.js';
import { Role } from '../member/role.js';

const ApiKeySchema = defineEntity({
  name: 'ApiKey',
  tableName: 'api_key',
  properties: {
    id: p.uuid().primary(),
    organizationId: p.uuid(),
    name: p.text(),
    tokenHash: p.type('Buffer').columnType('bytea').lazy(),
    hint: p.text(),
    roles: p.array<Role>(),
    createdBy: p.uuid(),
    createdAt: p.datetime(),
    expiresAt: p.datetime().nullable(),
    lastUsedAt: p.datetime().nullable(),
    revokedAt: p.datetime().nullable(),
  },
});

/** A key with which other software acts for an organization. */
@ObjectType({
  description: 'A key with which other software acts for the organization. Its token is shown once, when it is made.',
})
export class ApiKey extends ApiKeySchema.class {
  @Field(() => ID, { description: 'A UUID.' })
  override id!: string;

  @Field(() => String, { description: 'What it is for.' })
  override name!: string;

  @Field(() => String, { description: 'The last four characters, to tell keys apart.' })
  override hint!: string;

  @Field(() => [Role], { description: 'What it may do: never more than its maker.' })
  override roles!: Role[];

  @Field(() => DateTimeISO, { description: 'When it was made.' })
  override createdAt!: Date;

  @Field(() => DateTimeISO, { nullable: true, description: 'When it stops working; null for never.' })
  override expiresAt!: Date | null | undefined;

  @Field(() => DateTimeISO, { nullable: true, description: 'When it was last used, to the minute; null for never.' })
  override lastUsedAt!: Date | null | undefined;

  @Field(() => DateTimeISO, { nullable: true, description: 'When it was withdrawn.' })
  override revokedAt!: Date | null | undefined;
}
ApiKeySchema.setClass(ApiKey);
