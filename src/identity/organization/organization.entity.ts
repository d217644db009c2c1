import { defineEntity, p } from '@mikro-orm/postgresql';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';

/** What an organization is to the hub. */
export enum OrganizationKind {
  CARE = 'CARE',
  AGENCY = 'AGENCY',
  PLAN = 'PLAN',
  STEWARD = 'STEWARD',
}
registerEnumType(OrganizationKind, {
  name: 'OrganizationKind',
  description: 'What an organization is to the hub.',
  valuesConfig: {
    CARE: { description: 'Looks after patients and sends referrals.' },
    AGENCY: { description: 'Gives help in the community and answers referrals.' },
    PLAN: { description: 'A health plan: sees counts over its members.' },
    STEWARD: { description: 'Keeps the directory and runs the hub.' },
  },
});

const OrganizationSchema = defineEntity({
  name: 'Organization',
  tableName: 'organization',
  properties: {
    id: p.uuid().primary(),
    kind: p.enum(() => OrganizationKind),
    /** Whether it stands in the public directory. */
    listed: p.boolean(),
    name: p.text(),
    alternateName: p.text().nullable(),
    description: p.text(),
    email: p.text().nullable(),
    website: p.text().nullable(),
    taxStatus: p.text().nullable(),
    taxId: p.text().nullable(),
    yearIncorporated: p.integer().nullable(),
    legalStatus: p.text().nullable(),
    logo: p.text().nullable(),
    uri: p.text().nullable(),
    parentOrganizationId: p.uuid().nullable(),
    timeZone: p.text(),
    referralEmail: p.text().nullable(),
    claimedAt: p.datetime().nullable(),
    retiredAt: p.datetime().nullable(),
    sourceId: p.uuid().nullable(),
    sourceKey: p.text().nullable(),
    version: p.integer().version(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

/** An organization: the HSDS organization, and every care organization and health plan, in one table. */
@ObjectType({ description: 'An agency, a care organization, a health plan or the steward of the directory.' })
export class Organization extends OrganizationSchema.class {
  @Field(() => ID, { description: 'A UUID.' })
  override id!: string;

  @Field(() => OrganizationKind, { description: 'What it is to the hub.' })
  override kind!: OrganizationKind;

  @Field(() => String, { description: 'The name it goes by.' })
  override name!: string;

  @Field(() => String, { nullable: true, description: 'Another name or an abbreviation.' })
  override alternateName!: string | null | undefined;

  @Field(() => String, { description: 'What it does; may be empty.' })
  override description!: string;

  @Field(() => String, { nullable: true, description: 'The public e-mail address.' })
  override email!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'The public web address.' })
  override website!: string | null | undefined;

  @Field(() => String, { description: 'IANA time zone in which its opening hours and answering times count.' })
  override timeZone!: string;

  @Field(() => Boolean, { description: 'Whether it has accounts in the hub, so that referrals reach somebody.' })
  get claimed(): boolean {
    return Boolean(this.claimedAt);
  }
}
OrganizationSchema.setClass(Organization);
