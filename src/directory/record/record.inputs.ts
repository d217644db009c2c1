import { Field, Float, ID, InputType, Int, registerEnumType, type ClassType } from 'type-graphql';
import type { GraphQLScalarType } from 'graphql';
import { DateTimeISO, LocalDate } from '../../platform/graphql/scalars.js';
import type { Column, EntityName } from '../hsds/model.js';
import { camel, linkedEntity, recordKinds, recordNames, type RecordKind, type RecordName } from './record-kinds.js';

const enumName = (name: RecordName): string => name.toUpperCase();
export const RecordEntity = Object.fromEntries(recordNames.map((name) => [enumName(name), name])) as Record<
  string,
  RecordName
>;
registerEnumType(RecordEntity, { name: 'RecordEntity', description: 'A table of HSDS that is written row by row.' });

const SCALARS: Readonly<Record<string, typeof Float | typeof Int | GraphQLScalarType>> = {
  number: Float,
  integer: Int,
  date: LocalDate,
  datetime: DateTimeISO,
};
const FORMS: Readonly<Record<string, string>> = {
  line: 'one line of text',
  text: 'text',
  uri: 'a web address',
  email: 'an e-mail address',
  number: 'a number',
  integer: 'a whole number',
  date: 'a day',
  datetime: 'a time',
  time: 'a time of the day such as `09:00`',
  byday: 'days such as `MO,WE` or `2MO`',
  weekday: 'a day such as `MO`',
  freq: '`WEEKLY` or `MONTHLY`',
  location_type: '`physical`, `postal` or `virtual`',
  phone_type: '`voice`, `text`, `fax`, `cell`, `video`, `pager` or `textphone`',
  extent_type: '`geojson`, `topojson`, `kml` or `text`',
  state: 'a state of the United States',
  zip: 'a ZIP code',
  country: 'a country code such as `US`',
  currency: 'a currency code such as `USD`',
};

function describe(entity: EntityName, { name, kind, required }: Column): string {
  const linked = linkedEntity(entity, name);
  const form = linked ? `a ${linked.replaceAll('_', ' ')}` : (FORMS[kind] ?? 'the id of any row');
  return `\`${entity}.${name}\` of HSDS: ${form}.${required ? ' Needed in a new row.' : ''}`;
}

function inputOf(entity: RecordName, { owners, columns }: RecordKind): ClassType<object> {
  class RecordFields {}
  const title = camel(`_${entity}`);
  InputType(`${title}RecordInput`, {
    description: `A row of HSDS ${entity}. Left out: unchanged; null: cleared.`,
  })(RecordFields);
  const add = (column: Column, note = ''): void => {
    const isLink = linkedEntity(entity, column.name) !== undefined || column.kind === 'any';
    const type = isLink ? ID : (SCALARS[column.kind] ?? String);
    const description = `${describe(entity, column)}${note}`;
    Field(() => type, { nullable: true, description })(RecordFields.prototype, camel(column.name));
  };
  const several = owners.length > 1 && entity !== 'service_at_location';
  for (const name of owners) {
    const kind = entity === 'attribute' ? 'any' : (linkedEntity(entity, name) ?? 'any');
    add({ name, kind, required: !several && entity !== 'location' }, several ? ' A new row hangs on one thing.' : '');
  }
  if (entity === 'attribute') add({ name: 'link_entity', kind: 'line', required: true });
  for (const column of columns) add(column);
  return RecordFields;
}

/** Values of a row by the names of the API. */
export type RecordValues = Readonly<Record<string, unknown>>;

@InputType({ description: 'One row of HSDS: exactly one kind of row is sent.' })
export class SaveRecordInput {
  @Field(() => ID, { nullable: true, description: 'The row to change; left out to add one.' })
  id?: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Version of the service or organization that it hangs on, as it was read: CONFLICT when it has another.',
  })
  expectedVersion?: number | null;

  @Field(() => String, { nullable: true, description: 'Makes a repeated request harmless: 8 to 100 characters.' })
  idempotencyKey?: string | null;
}
for (const [entity, kind] of recordKinds) {
  const Type = inputOf(entity, kind);
  Field(() => Type, { nullable: true, description: `A row of HSDS ${entity}.` })(
    SaveRecordInput.prototype,
    camel(entity),
  );
}

@InputType({ description: 'A row of HSDS to take out.' })
export class DeleteRecordInput {
  @Field(() => RecordEntity, { description: 'Its table.' })
  entity!: RecordName;

  @Field(() => ID, { description: 'Which row.' })
  id!: string;

  @Field(() => Int, {
    nullable: true,
    description:
      'Version of the service or organization that it hangs on, as it was read: CONFLICT when it has another.',
  })
  expectedVersion?: number | null;
}

@InputType({ description: 'A row of HSDS whose last write is taken back.' })
export class UndoRecordInput {
  @Field(() => RecordEntity, { description: 'Its table.' })
  entity!: RecordName;

  @Field(() => ID, { description: 'Which row; also one that was taken out.' })
  id!: string;
}

/** The one kind of row that was sent, with its values; undefined when it is none or several. */
export function sentRecord(input: SaveRecordInput): { entity: RecordName; values: RecordValues } | undefined {
  const fields = input as unknown as Record<string, RecordValues | null | undefined>;
  const sent = recordNames.flatMap((entity) => {
    const values = fields[camel(entity)];
    return values === null || values === undefined ? [] : [{ entity, values }];
  });
  return sent.length === 1 ? sent[0] : undefined;
}
