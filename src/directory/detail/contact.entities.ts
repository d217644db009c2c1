import { defineEntity, p } from '@mikro-orm/postgresql';
import { Field, ID, ObjectType } from 'type-graphql';

const PhoneSchema = defineEntity({
  name: 'Phone',
  tableName: 'phone',
  properties: {
    id: p.uuid().primary(),
    locationId: p.uuid().nullable(),
    serviceId: p.uuid().nullable(),
    organizationId: p.uuid().nullable(),
    contactId: p.uuid().nullable(),
    serviceAtLocationId: p.uuid().nullable(),
    number: p.text(),
    extension: p.text().nullable(),
    type: p.text().nullable(),
    description: p.text().nullable(),
    callable: p.text().fieldName('e164').nullable(),
  },
});

@ObjectType({ description: 'A phone number (HSDS).' })
export class Phone extends PhoneSchema.class {
  @Field(() => ID, { description: 'A UUID.' })
  override id!: string;

  @Field(() => String, { description: 'As people write it.' })
  override number!: string;

  @Field(() => String, { nullable: true, description: 'Extension.' })
  override extension!: string | null | undefined;

  @Field(() => String, { nullable: true, description: '`voice`, `fax`, `text`, `cell`, `textphone` …' })
  override type!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'What it is for, such as "Hotline, day and night".' })
  override description!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'E.164 form for a `tel:` link; null when it cannot be dialled.' })
  override callable!: string | null | undefined;
}
PhoneSchema.setClass(Phone);

@ObjectType({ description: 'Whom to speak to (HSDS).' })
export class Contact {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Name of the person or office.' })
  name!: string | null;

  @Field(() => String, { nullable: true, description: 'Position.' })
  title!: string | null;

  @Field(() => String, { nullable: true, description: 'Department.' })
  department!: string | null;

  @Field(() => String, { nullable: true, description: 'E-mail address.' })
  email!: string | null;
}

@ObjectType({ description: 'A further web page (HSDS).' })
export class Url {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'What it leads to.' })
  label!: string | null;

  @Field(() => String, { description: 'The address.' })
  url!: string;
}
