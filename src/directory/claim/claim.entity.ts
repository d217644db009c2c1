import { defineEntity, p } from '@mikro-orm/postgresql';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTimeISO } from '../../platform/graphql/scalars.js';

export const ClaimStatus = { OPEN: 'OPEN', APPROVED: 'APPROVED', REJECTED: 'REJECTED' } as const;
export type ClaimStatus = keyof typeof ClaimStatus;
registerEnumType(ClaimStatus, {
  name: 'ClaimStatus',
  description: 'Where a claim stands.',
  valuesConfig: {
    OPEN: { description: 'A curator has to decide.' },
    APPROVED: { description: 'The agency keeps the listing from now on.' },
    REJECTED: { description: 'It was turned down.' },
  },
});

const ListingClaimSchema = defineEntity({
  name: 'ListingClaim',
  tableName: 'listing_claim',
  properties: {
    id: p.uuid().primary(),
    serviceId: p.uuid(),
    organizationId: p.uuid(),
    claimantOrgId: p.uuid().nullable(),
    claimantUserId: p.uuid().nullable(),
    name: p.text(),
    email: p.text(),
    phone: p.text().nullable(),
    position: p.text().nullable(),
    note: p.text().nullable(),
    matches: p.array<string>(),
    status: p.text().$type<ClaimStatus>(),
    callbackNote: p.text().nullable(),
    decidedAt: p.datetime().nullable(),
    decidedBy: p.uuid().nullable(),
    decisionNote: p.text().nullable(),
    version: p.integer().version(),
    createdAt: p.datetime(),
  },
});

@ObjectType({ description: 'Somebody says that a listing is their agency’s, and wants to keep it.' })
export class ListingClaim extends ListingClaimSchema.class {
  @Field(() => ID, { description: 'A UUID.' })
  override id!: string;

  @Field(() => String, { description: 'Who asks.' })
  override name!: string;

  @Field(() => String, { description: 'Their e-mail address.' })
  override email!: string;

  @Field(() => String, { nullable: true, description: 'Their phone number, to call back.' })
  override phone!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'What they do there.' })
  override position!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'What they add.' })
  override note!: string | null | undefined;

  @Field(() => [String], {
    description:
      'What speaks for them: `website` or `email` (the listing has the domain of their address), `link` (they had a letter of ours), `referral` (they had the letter with a referral to it).',
  })
  override matches!: string[];

  @Field(() => ClaimStatus, { description: 'Where it stands.' })
  override status!: ClaimStatus;

  @Field(() => String, { nullable: true, description: 'What was learned by calling back.' })
  override callbackNote!: string | null | undefined;

  @Field(() => DateTimeISO, { nullable: true, description: 'When it was decided.' })
  override decidedAt!: Date | null | undefined;

  @Field(() => String, { nullable: true, description: 'Why it was turned down.' })
  override decisionNote!: string | null | undefined;

  @Field(() => Int, { description: 'Grows with each change; send it back as `expectedVersion`.' })
  override version!: number;

  @Field(() => DateTimeISO, { description: 'When it was made.' })
  override createdAt!: Date;
}
ListingClaimSchema.setClass(ListingClaim);
