import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { enumOf } from '../../platform/graphql/enum-of.js';
import { CapacityStatus } from '../service/service.enums.js';
import { CapacityUnitInput, HoursInput, ListingChangesInput, ListingWordsInput } from './changes.inputs.js';

export const CurationFilter = enumOf(['DUE', 'REPORTED', 'NEVER_VERIFIED', 'RETIRED', 'ALL']);
export type CurationFilter = keyof typeof CurationFilter;
registerEnumType(CurationFilter, {
  name: 'CurationFilter',
  description: 'Which listings a curator looks at.',
  valuesConfig: {
    DUE: { description: 'To be confirmed within 30 days or already late, the latest first.' },
    REPORTED: { description: 'Offered, with open reports that something is wrong, the most first.' },
    NEVER_VERIFIED: { description: 'Offered, and never confirmed.' },
    RETIRED: { description: 'No longer offered.' },
    ALL: { description: 'All listings, by name.' },
  },
});

@InputType({ description: 'A new listing, of an agency that is known or a new one.' })
export class AddServiceInput extends ListingWordsInput {
  @Field(() => ID, { nullable: true, description: 'The agency, when it is known.' })
  organizationId?: string | null;

  @Field(() => String, { nullable: true, description: 'Name of a new agency.' })
  organizationName?: string | null;

  @Field(() => String, { description: 'What the service is called.' })
  name!: string;

  @Field(() => [String], { description: 'Codes of the needs that it meets; at least one.' })
  categories!: string[];

  @Field(() => String, { nullable: true, description: 'Phone number.' })
  phone?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Street and number; with city, state and ZIP code, or none of them.',
  })
  address1?: string | null;

  @Field(() => String, { nullable: true, description: 'City.' })
  city?: string | null;

  @Field(() => String, { nullable: true, description: 'State, as code or name.' })
  stateProvince?: string | null;

  @Field(() => String, { nullable: true, description: 'ZIP code.' })
  postalCode?: string | null;

  @Field(() => [String], { nullable: true, description: 'ISO 639 codes of the languages spoken.' })
  languages?: string[] | null;

  @Field(() => [HoursInput], { nullable: true, description: 'The usual week.' })
  hours?: HoursInput[] | null;

  @Field(() => [String], { nullable: true, description: 'Areas served, such as "Howard County, MD", "MD", "21044".' })
  serviceAreas?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Makes a repeated request harmless: 8 to 100 characters.' })
  idempotencyKey?: string | null;
}

@InputType({ description: 'Changes of a listing. Left out: unchanged; null: cleared.' })
export class CorrectServiceInput extends ListingChangesInput {
  @Field(() => ID, { description: 'The listing.' })
  id!: string;

  @Field(() => Int, { description: 'The version that the change is based on.' })
  expectedVersion!: number;
}

@InputType({ description: 'Says that a listing is right as it stands.' })
export class VerifyServiceInput {
  @Field(() => ID, { description: 'The listing.' })
  id!: string;

  @Field(() => Int, { description: 'The version that was looked at.' })
  expectedVersion!: number;

  @Field(() => String, { nullable: true, description: 'How it was confirmed, such as "by phone".' })
  note?: string | null;
}

@InputType({ description: 'Takes a listing out of the directory. It stays readable by its link.' })
export class RetireServiceInput {
  @Field(() => ID, { description: 'The listing.' })
  id!: string;

  @Field(() => Int, { description: 'The version that was looked at.' })
  expectedVersion!: number;

  @Field(() => String, { description: 'Why.' })
  reason!: string;
}

@InputType({ description: 'Says whether there is room.' })
export class SetCapacityInput {
  @Field(() => ID, { description: 'The listing.' })
  id!: string;

  @Field(() => CapacityStatus, { description: 'UNKNOWN takes back what was said.' })
  status!: CapacityStatus;

  @Field(() => String, { nullable: true, description: 'More about it, such as "waiting list of two weeks".' })
  note?: string | null;

  @Field(() => [CapacityUnitInput], {
    nullable: true,
    description: 'Room counted in units, in place of what was counted before; at most 10.',
  })
  units?: CapacityUnitInput[] | null;
}

@InputType({ description: 'Takes one change of a listing back.' })
export class UndoChangeInput {
  @Field(() => ID, { description: 'The change, from the listing’s history.' })
  changeId!: string;

  @Field(() => Int, { description: 'The version of the listing that was looked at.' })
  expectedVersion!: number;
}
