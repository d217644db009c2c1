import { Field, ID, Int, ObjectType } from 'type-graphql';
import { LocalDate } from '../../platform/graphql/scalars.js';

@ObjectType({ description: 'A number by which an organization is known elsewhere (HSDS organization_identifier).' })
export class OrganizationIdentifier {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'The register, such as `US-EIN`.' })
  identifierScheme!: string | null;

  @Field(() => String, { description: 'What kind of number it is, in words.' })
  identifierType!: string;

  @Field(() => String, { description: 'The number.' })
  identifier!: string;
}

@ObjectType({ description: 'A term of a taxonomy, or a value, that something is marked with (HSDS attribute).' })
export class Attribute {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What the term says of it, such as `service_type` or `audience`.',
  })
  linkType!: string | null;

  @Field(() => String, { nullable: true, description: 'A value, where no term says it.' })
  value!: string | null;

  @Field(() => String, { nullable: true, description: 'What to call it.' })
  label!: string | null;

  taxonomyTermId!: string;
}

@ObjectType({ description: 'A change of one field of a row of the directory (HSDS metadata).' })
export class Metadata {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => LocalDate, { description: 'The day.' })
  lastActionDate!: string;

  @Field(() => String, { description: 'Such as `create`, `update` or `delete`.' })
  lastActionType!: string;

  @Field(() => String, { description: 'The field, in HSDS’s spelling.' })
  fieldName!: string;

  @Field(() => String, { description: 'What stood there; may be empty.' })
  previousValue!: string;

  @Field(() => String, { description: 'What stands there since; may be empty.' })
  replacementValue!: string;

  @Field(() => String, { description: 'Who changed it: an organization, or an import.' })
  updatedBy!: string;
}

@ObjectType({ description: 'A vocabulary that listings are filed under (HSDS taxonomy).' })
export class Taxonomy {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => String, { description: 'What it is called.' })
  name!: string;

  @Field(() => String, { description: 'What it is about; may be empty.' })
  description!: string;

  @Field(() => String, { nullable: true, description: 'Where it is published.' })
  uri!: string | null;

  @Field(() => String, { nullable: true, description: 'Its version.' })
  version!: string | null;

  @Field(() => String, { nullable: true, description: 'The licence under which it is used.' })
  licence!: string | null;
}

@ObjectType({ description: 'What room is counted in, such as beds (HSDS unit).' })
export class Unit {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => String, { description: 'What it is called.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'The scheme that defines it.' })
  scheme!: string | null;

  @Field(() => String, { nullable: true, description: 'Its code in the scheme.' })
  identifier!: string | null;

  @Field(() => String, { nullable: true, description: 'Where it is defined.' })
  uri!: string | null;
}

@ObjectType({ description: 'What is said of a table as a whole (HSDS meta_table_description).' })
export class MetaTableDescription {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Name of the table.' })
  name!: string | null;

  @Field(() => String, { nullable: true, description: 'Language of its texts.' })
  language!: string | null;

  @Field(() => String, { nullable: true, description: 'Character set of its texts.' })
  characterSet!: string | null;
}

@ObjectType({ description: 'What HSDS says of an organization beside its name and addresses.' })
export class OrganizationRegister {
  @Field(() => String, { nullable: true, description: 'How it is taxed, in words.' })
  taxStatus!: string | null;

  @Field(() => String, { nullable: true, description: 'Its tax number.' })
  taxId!: string | null;

  @Field(() => Int, { nullable: true, description: 'The year in which it was founded.' })
  yearIncorporated!: number | null;

  @Field(() => String, { nullable: true, description: 'Its legal form, in words.' })
  legalStatus!: string | null;

  @Field(() => String, { nullable: true, description: 'Address of its logo.' })
  logo!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'An address that stands for it, such as its entry in a register.',
  })
  uri!: string | null;

  @Field(() => Int, { description: 'Grows with each change; send it back as `expectedVersion`.' })
  version!: number;

  id!: string;
  parentOrganizationId!: string | null;
}
