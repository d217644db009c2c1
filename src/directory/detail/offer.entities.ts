import { defineEntity, p } from '@mikro-orm/postgresql';
import { Field, Float, ID, ObjectType } from 'type-graphql';
import { DateTimeISO, LocalDate } from '../../platform/graphql/scalars.js';

const ServiceAreaSchema = defineEntity({
  name: 'ServiceArea',
  tableName: 'service_area',
  properties: {
    id: p.uuid().primary(),
    serviceId: p.uuid().nullable(),
    serviceAtLocationId: p.uuid().nullable(),
    name: p.text().nullable(),
    description: p.text().nullable(),
    extent: p.text().nullable(),
    extentType: p.text().nullable(),
    uri: p.text().nullable(),
    covers: p.array(),
  },
});

@ObjectType({ description: 'Where people must live to be served (HSDS).' })
export class ServiceArea extends ServiceAreaSchema.class {
  @Field(() => ID, { description: 'A UUID.' })
  override id!: string;

  @Field(() => String, { nullable: true, description: 'Such as "Howard County".' })
  override name!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'More about it.' })
  override description!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'The area drawn, in the form of `extentType`.' })
  override extent!: string | null | undefined;

  @Field(() => String, { nullable: true, description: '`geojson`, `topojson`, `kml` or `text`.' })
  override extentType!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'Where the area is defined.' })
  override uri!: string | null | undefined;

  @Field(() => [String], {
    description: 'What it covers: `US`, `state:MD`, `county:MD/Howard`, `zip:21044`; empty when it is only prose.',
  })
  override covers!: string[];
}
ServiceAreaSchema.setClass(ServiceArea);

const LanguageSchema = defineEntity({
  name: 'SpokenLanguage',
  tableName: 'language',
  properties: {
    id: p.uuid().primary(),
    serviceId: p.uuid().nullable(),
    locationId: p.uuid().nullable(),
    phoneId: p.uuid().nullable(),
    name: p.text().nullable(),
    code: p.text().nullable(),
    note: p.text().nullable(),
  },
});

@ObjectType('Language', { description: 'A language that is spoken (HSDS).' })
export class SpokenLanguage extends LanguageSchema.class {
  @Field(() => ID, { description: 'A UUID.' })
  override id!: string;

  @Field(() => String, { nullable: true, description: 'English name.' })
  override name!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'ISO 639 code.' })
  override code!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'Such as "by appointment".' })
  override note!: string | null | undefined;
}
LanguageSchema.setClass(SpokenLanguage);

@ObjectType({ description: 'What a service costs (HSDS).' })
export class CostOption {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => LocalDate, { nullable: true, description: 'First day on which it holds.' })
  validFrom!: string | null;

  @Field(() => LocalDate, { nullable: true, description: 'Last day on which it holds.' })
  validTo!: string | null;

  @Field(() => String, { nullable: true, description: 'For whom or what, such as "Members".' })
  option!: string | null;

  @Field(() => String, { nullable: true, description: 'ISO 4217 code.' })
  currency!: string | null;

  @Field(() => Float, { nullable: true, description: 'In units of the currency, such as 12.5 dollars.' })
  amount!: number | null;

  @Field(() => String, { nullable: true, description: 'The price in words.' })
  amountDescription!: string | null;
}

@ObjectType({ description: 'A paper that has to be brought (HSDS).' })
export class RequiredDocument {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Such as "Proof of address".' })
  document!: string | null;

  @Field(() => String, { nullable: true, description: 'Where to get it.' })
  uri!: string | null;
}

@ObjectType({ description: 'Who pays for a service (HSDS).' })
export class Funding {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'In words.' })
  source!: string | null;
}

@ObjectType({ description: 'A programme that services belong to (HSDS).' })
export class Program {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => String, { description: 'What it is called.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Another name or an abbreviation.' })
  alternateName!: string | null;

  @Field(() => String, { description: 'What it is about; may be empty.' })
  description!: string;
}

@ObjectType({ description: 'A term of a taxonomy that a service is filed under (HSDS).' })
export class TaxonomyTerm {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Its code in the taxonomy.' })
  code!: string | null;

  @Field(() => String, { description: 'What it is called.' })
  name!: string;

  @Field(() => String, { description: 'What it means; may be empty.' })
  description!: string;

  @Field(() => String, { nullable: true, description: 'Name of the taxonomy it belongs to.' })
  taxonomy!: string | null;

  @Field(() => String, { nullable: true, description: 'ISO 639 code of the language it is written in.' })
  language!: string | null;

  @Field(() => String, { nullable: true, description: 'Where the term is defined.' })
  termUri!: string | null;

  parentId!: string | null;
  taxonomyId!: string | null;
}

@ObjectType({ description: 'Room counted in units such as beds (HSDS service_capacity).' })
export class ServiceCapacity {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => String, { description: 'What is counted, such as "Bed".' })
  unit!: string;

  @Field(() => Float, { description: 'How many are free.' })
  available!: number;

  @Field(() => Float, { nullable: true, description: 'How many there are.' })
  maximum!: number | null;

  @Field(() => String, { nullable: true, description: 'More about it.' })
  description!: string | null;

  @Field(() => DateTimeISO, { description: 'When that was said.' })
  updated!: Date;

  unitId!: string;
}
