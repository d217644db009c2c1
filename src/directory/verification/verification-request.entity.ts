import { defineEntity, p } from '@mikro-orm/postgresql';
import { Field, ID, ObjectType } from 'type-graphql';
import { DateTimeISO } from '../../platform/graphql/scalars.js';

const VerificationRequestSchema = defineEntity({
  name: 'VerificationRequest',
  tableName: 'verification_request',
  properties: {
    id: p.uuid().primary(),
    serviceId: p.uuid(),
    organizationId: p.uuid(),
    email: p.text(),
    tokenHash: p.blob(),
    createdBy: p.uuid().nullable(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
    answeredAt: p.datetime().nullable(),
    revokedAt: p.datetime().nullable(),
    answers: p.json().$type<{ confirmed?: string[]; changed?: string[] }>(),
  },
});

@ObjectType({ description: 'A letter that asked an agency to check one of its listings.' })
export class VerificationRequest extends VerificationRequestSchema.class {
  @Field(() => ID, { description: 'A UUID.' })
  override id!: string;

  @Field(() => String, { description: 'Where it went.' })
  override email!: string;

  @Field(() => DateTimeISO, { description: 'When it was asked for.' })
  override createdAt!: Date;

  @Field(() => DateTimeISO, { description: 'Until when its link works.' })
  override expiresAt!: Date;

  @Field(() => DateTimeISO, { nullable: true, description: 'When the agency answered.' })
  override answeredAt!: Date | null | undefined;
}
VerificationRequestSchema.setClass(VerificationRequest);
