import { defineEntity, p } from '@mikro-orm/postgresql';
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { LocalDate } from '../../platform/graphql/scalars.js';

const ScheduleSchema = defineEntity({
  name: 'Schedule',
  tableName: 'schedule',
  properties: {
    id: p.uuid().primary(),
    serviceId: p.uuid().nullable(),
    locationId: p.uuid().nullable(),
    serviceAtLocationId: p.uuid().nullable(),
    validFrom: p.date().nullable(),
    validTo: p.date().nullable(),
    dtstart: p.date().nullable(),
    timezone: p.decimal('number').columnType('numeric').nullable(),
    until: p.date().nullable(),
    count: p.integer().nullable(),
    wkst: p.text().nullable(),
    freq: p.text().$type<'WEEKLY' | 'MONTHLY'>().nullable(),
    interval: p.integer().nullable(),
    byday: p.text().nullable(),
    byweekno: p.text().nullable(),
    bymonthday: p.text().nullable(),
    byyearday: p.text().nullable(),
    description: p.text().nullable(),
    opensAt: p.text().nullable(),
    closesAt: p.text().nullable(),
    scheduleLink: p.text().nullable(),
    attendingType: p.text().nullable(),
    notes: p.text().nullable(),
  },
});

@ObjectType({ description: 'When a service is open: parts of a recurrence rule (HSDS).' })
export class Schedule extends ScheduleSchema.class {
  @Field(() => ID, { description: 'A UUID.' })
  override id!: string;

  @Field(() => String, { nullable: true, description: 'HH:MM on the wall clock.' })
  override opensAt!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'HH:MM on the wall clock.' })
  override closesAt!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'Days such as `MO,WE` or `2MO`.' })
  override byday!: string | null | undefined;

  @Field(() => String, { nullable: true, description: '`WEEKLY` or `MONTHLY`.' })
  override freq!: 'WEEKLY' | 'MONTHLY' | null | undefined;

  @Field(() => Int, { nullable: true, description: 'Every how many weeks or months.' })
  override interval!: number | null | undefined;

  @Field(() => String, { nullable: true, description: 'Days of the month, such as `1,15`.' })
  override bymonthday!: string | null | undefined;

  @Field(() => LocalDate, { nullable: true, description: 'First day on which it holds.' })
  override validFrom!: string | null | undefined;

  @Field(() => LocalDate, { nullable: true, description: 'Last day on which it holds.' })
  override validTo!: string | null | undefined;

  @Field(() => LocalDate, { nullable: true, description: 'First day of the rule.' })
  override dtstart!: string | null | undefined;

  @Field(() => LocalDate, { nullable: true, description: 'Last day of the rule: it ends then.' })
  override until!: string | null | undefined;

  @Field(() => Int, { nullable: true, description: 'How many times it happens in all.' })
  override count!: number | null | undefined;

  @Field(() => String, { nullable: true, description: 'Day on which a week begins, such as `MO`.' })
  override wkst!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'Weeks of the year, such as `41,42`.' })
  override byweekno!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'Days of the year, such as `1,200`.' })
  override byyearday!: string | null | undefined;

  @Field(() => Float, {
    nullable: true,
    description: 'Hours from UTC, as the source gave them; the hub goes by the time zone of the service.',
  })
  override timezone!: number | null | undefined;

  @Field(() => String, { nullable: true, description: 'Where the hours are kept.' })
  override scheduleLink!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'The hours in words.' })
  override description!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'More about them.' })
  override notes!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'In person, by phone, online.' })
  override attendingType!: string | null | undefined;
}
ScheduleSchema.setClass(Schedule);
