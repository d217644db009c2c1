import { defineEntity, p } from '@mikro-orm/postgresql';
import { Field, Float, ID, ObjectType } from 'type-graphql';

const LocationSchema = defineEntity({
  name: 'Location',
  tableName: 'location',
  properties: {
    id: p.uuid().primary(),
    organizationId: p.uuid().nullable(),
    locationType: p.text().$type<'physical' | 'postal' | 'virtual'>(),
    url: p.text().nullable(),
    name: p.text().nullable(),
    alternateName: p.text().nullable(),
    description: p.text().nullable(),
    transportation: p.text().nullable(),
    latitude: p.float().columnType('double precision').nullable(),
    longitude: p.float().columnType('double precision').nullable(),
    externalIdentifier: p.text().nullable(),
    externalIdentifierType: p.text().nullable(),
  },
});

/** A place where help is given, never one that must stay secret. */
@ObjectType({ description: 'A place where help is given (HSDS location).' })
export class Location extends LocationSchema.class {
  @Field(() => ID, { description: 'A UUID.' })
  override id!: string;

  @Field(() => String, { nullable: true, description: 'What the place is called.' })
  override name!: string | null | undefined;

  @Field(() => String, { description: '`physical`, `postal` or `virtual`.' })
  override locationType!: 'physical' | 'postal' | 'virtual';

  @Field(() => String, { nullable: true, description: 'Another name of it.' })
  override alternateName!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'Its web page; for a virtual place the place itself.' })
  override url!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'Its number in a register.' })
  override externalIdentifier!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'Which register that is.' })
  override externalIdentifierType!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'About the place.' })
  override description!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'How to get there.' })
  override transportation!: string | null | undefined;

  @Field(() => Float, { nullable: true, description: 'Degrees north, WGS 84.' })
  override latitude!: number | null | undefined;

  @Field(() => Float, { nullable: true, description: 'Degrees east, WGS 84.' })
  override longitude!: number | null | undefined;
}
LocationSchema.setClass(Location);

const ServiceAtLocationSchema = defineEntity({
  name: 'ServiceAtLocation',
  tableName: 'service_at_location',
  properties: {
    id: p.uuid().primary(),
    serviceId: p.uuid(),
    locationId: p.uuid(),
    description: p.text().nullable(),
  },
});

@ObjectType({ description: 'A service at one of its places (HSDS service_at_location).' })
export class ServiceAtLocation extends ServiceAtLocationSchema.class {
  @Field(() => ID, { description: 'A UUID.' })
  override id!: string;

  @Field(() => String, { nullable: true, description: 'What is special about the service here.' })
  override description!: string | null | undefined;
}
ServiceAtLocationSchema.setClass(ServiceAtLocation);

const AddressSchema = defineEntity({
  name: 'Address',
  tableName: 'address',
  properties: {
    id: p.uuid().primary(),
    locationId: p.uuid().nullable(),
    attention: p.text().nullable(),
    address1: p.text().fieldName('address_1'),
    address2: p.text().fieldName('address_2').nullable(),
    city: p.text(),
    region: p.text().nullable(),
    stateProvince: p.text(),
    postalCode: p.text(),
    country: p.text(),
    addressType: p.text(),
  },
});

@ObjectType({ description: 'A postal address (HSDS).' })
export class Address extends AddressSchema.class {
  @Field(() => ID, { description: 'A UUID.' })
  override id!: string;

  @Field(() => String, { nullable: true, description: 'Whom to write to.' })
  override attention!: string | null | undefined;

  @Field(() => String, { description: 'Street and number.' })
  override address1!: string;

  @Field(() => String, { nullable: true, description: 'Suite, floor.' })
  override address2!: string | null | undefined;

  @Field(() => String, { description: 'City.' })
  override city!: string;

  @Field(() => String, { nullable: true, description: 'Part of the city, or the county.' })
  override region!: string | null | undefined;

  @Field(() => String, { description: 'Two-letter code of the state.' })
  override stateProvince!: string;

  @Field(() => String, { description: 'ZIP code.' })
  override postalCode!: string;

  @Field(() => String, { description: 'Two-letter country code.' })
  override country!: string;

  @Field(() => String, { description: '`physical`, `postal` or `virtual`.' })
  override addressType!: string;
}
AddressSchema.setClass(Address);

@ObjectType({ description: 'How a place can be reached and used by people with a disability (HSDS).' })
export class Accessibility {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Such as "Wheelchair ramp".' })
  description!: string | null;

  @Field(() => String, { nullable: true, description: 'More about it.' })
  details!: string | null;

  @Field(() => String, { nullable: true, description: 'Where more is said.' })
  url!: string | null;
}
