import { defineEntity, p } from '@mikro-orm/postgresql';
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { DateTimeISO } from '../../platform/graphql/scalars.js';
import { Sensitivity, type CapacityStatus, type HsdsStatus } from './service.enums.js';

const ServiceSchema = defineEntity({
  name: 'Service',
  tableName: 'service',
  properties: {
    id: p.uuid().primary(),
    organizationId: p.uuid(),
    programId: p.uuid().nullable(),
    name: p.text(),
    alternateName: p.text().nullable(),
    description: p.text().nullable(),
    url: p.text().nullable(),
    email: p.text().nullable(),
    status: p.text().$type<HsdsStatus>(),
    interpretationServices: p.text().nullable(),
    applicationProcess: p.text().nullable(),
    feesDescription: p.text().nullable(),
    accreditations: p.text().nullable(),
    eligibilityDescription: p.text().nullable(),
    minimumAge: p.decimal('number').columnType('numeric').nullable(),
    maximumAge: p.decimal('number').columnType('numeric').nullable(),
    assuredDate: p.date().nullable(),
    assurerEmail: p.text().nullable(),
    alert: p.text().nullable(),
    lastModified: p.datetime(),
    categories: p.array(),
    eligibilityRules: p.json().$type<unknown[]>(),
    takesReferrals: p.boolean(),
    referralEmail: p.text().nullable(),
    timeZone: p.text().nullable(),
    isFree: p.boolean().nullable(),
    capacityStatus: p.text().$type<Exclude<CapacityStatus, 'UNKNOWN'>>().nullable(),
    capacityNote: p.text().nullable(),
    capacityUpdatedAt: p.datetime().nullable(),
    sensitivity: p.text().$type<Sensitivity>(),
    verifiedByUserId: p.uuid().nullable(),
    verifiedAt: p.datetime().nullable(),
    nextVerificationOn: p.date().nullable(),
    mergedInto: p.uuid().nullable(),
    complaints: p.integer().default(0),
    useWeight: p.integer().default(0),
    version: p.integer().version(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

/** Help that an agency offers: the HSDS service, with what the hub adds. */
@ObjectType({ description: 'Help that an agency offers (the HSDS service).' })
export class Service extends ServiceSchema.class {
  @Field(() => ID, { description: 'A UUID.' })
  override id!: string;

  @Field(() => String, { description: 'What it is called.' })
  override name!: string;

  @Field(() => String, { nullable: true, description: 'Another name or an abbreviation.' })
  override alternateName!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'What it does, as plain text.' })
  override description!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'Its web page.' })
  override url!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'Its public e-mail address.' })
  override email!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'What everyone should know at the moment, such as a closure.' })
  override alert!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'How to get it.' })
  override applicationProcess!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'What interpretation there is.' })
  override interpretationServices!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'What it costs, in words.' })
  override feesDescription!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'Accreditations, in words.' })
  override accreditations!: string | null | undefined;

  @Field(() => Boolean, { nullable: true, description: 'Whether it costs nothing; null when that is not known.' })
  override isFree!: boolean | null | undefined;

  @Field(() => String, { nullable: true, description: 'Who it is for, in words.' })
  override eligibilityDescription!: string | null | undefined;

  @Field(() => Float, { nullable: true, description: 'Youngest age in years.' })
  override minimumAge!: number | null | undefined;

  @Field(() => Float, { nullable: true, description: 'Oldest age in years.' })
  override maximumAge!: number | null | undefined;

  @Field(() => Boolean, { description: 'Whether it takes referrals through the hub.' })
  override takesReferrals!: boolean;

  @Field(() => Sensitivity, { description: 'The class of information that a referral to it reveals.' })
  override sensitivity!: Sensitivity;

  @Field(() => DateTimeISO, { description: 'When the listing or anything of it last changed.' })
  override lastModified!: Date;

  @Field(() => Int, { description: 'Grows with each change; send it back as `expectedVersion`.' })
  override version!: number;
}
ServiceSchema.setClass(Service);

/** Where a survivor of violence is sheltered is told to nobody. The same as hub.is_confidential in the database. */
export function isConfidential(service: Pick<Service, 'sensitivity' | 'categories'>): boolean {
  return (
    service.sensitivity === 'INTIMATE_PARTNER_VIOLENCE' || service.categories.includes('intimate-partner-violence')
  );
}
