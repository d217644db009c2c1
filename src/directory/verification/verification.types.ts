import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Payload } from '../../platform/graphql/payload.js';
import { DateTimeISO } from '../../platform/graphql/scalars.js';
import { CapacityUnitInput, ListingChangesInput } from '../curation/changes.inputs.js';
import type { FieldGroup as Group } from '../field-groups.js';
import { CapacityStatus } from '../service/service.enums.js';
import { Service } from '../service/service.entity.js';
import { FieldGroup } from './field-ages.js';
import { VerificationRequest } from './verification-request.entity.js';

@ObjectType({ description: 'One field of a listing that an agency is asked to look at.' })
export class CheckedField {
  @Field(() => String, { description: 'The field as the API writes it, such as `applicationProcess`.' })
  key!: string;

  @Field(() => String, { description: 'The field in HSDS’s spelling.' })
  field!: string;

  @Field(() => FieldGroup, { description: 'The fields that it ages with.' })
  group!: Group;

  @Field(() => String, { description: 'What stands there; empty when nothing does.' })
  current!: string;

  @Field(() => Boolean, { description: 'Whether it is due.' })
  due!: boolean;
}

@ObjectType({ description: 'The page behind the link of a letter: one listing, field by field.' })
export class ListingCheck {
  @Field(() => DateTimeISO, { description: 'Until when the link works.' })
  expiresAt!: Date;

  @Field(() => String, { description: 'The agency that was written to.' })
  agency!: string;

  @Field(() => Service, { description: 'The listing as everybody sees it.' })
  service!: Service;

  @Field(() => [CheckedField], {
    description: 'What to look at, in order. The place of a shelter is not among it.',
  })
  fields!: CheckedField[];
}

@InputType({ description: 'Asks agencies to check listings, by a letter with a link for each.' })
export class RequestVerificationInput {
  @Field(() => [ID], { description: 'The listings, 1 to 50.' })
  serviceIds!: string[];

  @Field(() => String, { nullable: true, description: 'Where to write; the agency’s own address when left out.' })
  email?: string | null;
}

@ObjectType({ description: 'The answer to `requestVerification`.' })
export class RequestVerificationPayload extends Payload {
  @Field(() => [VerificationRequest], { nullable: true, description: 'The letters that are on their way.' })
  requests!: VerificationRequest[] | null;

  @Field(() => [Service], { nullable: true, description: 'Listings of agencies that gave no address: call them.' })
  withoutAddress!: Service[] | null;
}

@InputType({ description: 'What an agency says of its room.' })
export class RoomInput {
  @Field(() => CapacityStatus, { description: 'Whether there is room.' })
  status!: CapacityStatus;

  @Field(() => String, { nullable: true, description: 'More about it.' })
  note?: string | null;

  @Field(() => [CapacityUnitInput], { nullable: true, description: 'Room counted in units.' })
  units?: CapacityUnitInput[] | null;
}

@InputType({ description: 'An agency’s answer to a letter: what is right, and what is not.' })
export class AnswerVerificationInput {
  @Field(() => String, { description: 'The token of the link.' })
  token!: string;

  @Field(() => [String], { description: 'The fields that are right, by `key`.' })
  confirmed!: string[];

  @Field(() => ListingChangesInput, {
    nullable: true,
    description: 'What should stand in other fields: plain ones change at once, sensitive ones wait for a curator.',
  })
  changes?: ListingChangesInput | null;

  @Field(() => RoomInput, { nullable: true, description: 'Whether there is room.' })
  room?: RoomInput | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether this help is no longer offered. A curator looks at it.',
  })
  notOffered?: boolean | null;

  @Field(() => String, { nullable: true, description: 'A word to the curators.' })
  note?: string | null;
}

@ObjectType({ description: 'The answer to `answerVerification`.' })
export class AnswerVerificationPayload extends Payload {
  @Field(() => Service, { nullable: true, description: 'The listing as it stands now.' })
  service!: Service | null;

  @Field(() => [String], { nullable: true, description: 'Fields, by `key`, that a curator looks at first.' })
  waiting!: string[] | null;
}
