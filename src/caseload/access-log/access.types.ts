import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Organization, Role } from '../../identity/index.js';
import { connectionOf } from '../../platform/graphql/connection.js';
import { DateTimeISO } from '../../platform/graphql/scalars.js';

export const AccessOutcome = { ALLOWED: 'ALLOWED', REFUSED: 'REFUSED' } as const;
export type AccessOutcome = keyof typeof AccessOutcome;
registerEnumType(AccessOutcome, {
  name: 'AccessOutcome',
  description: 'Whether what somebody wanted to do was done.',
  valuesConfig: {
    ALLOWED: { description: 'It was done.' },
    REFUSED: { description: 'It was tried and refused; nothing was changed.' },
  },
});

/** A line of the audit about one person, as it is read from the table. */
export interface AccessRow {
  id: string;
  at: Date;
  actorId: string | null;
  organizationId: string;
  via: string;
  roles: Role[];
  action: string;
  purpose: string | null;
  outcome: AccessOutcome;
  entity: string | null;
  detail: Record<string, unknown> | null;
  times: number;
}

@ObjectType({
  description:
    'That somebody saw or changed something of a person’s record. How often they had the person in a list on a day is one.',
})
export class Access implements Pick<
  AccessRow,
  'id' | 'at' | 'roles' | 'action' | 'purpose' | 'outcome' | 'entity' | 'times'
> {
  @Field(() => ID, { description: 'Its own id.' })
  id!: string;

  @Field(() => DateTimeISO, { description: 'When it was; of several times, the last.' })
  at!: Date;

  @Field(() => String, {
    description: 'Who it was: a colleague by name, someone of another organization by its name, or the hub itself.',
  })
  actorName!: string;

  @Field(() => Organization, { nullable: true, description: 'The organization they acted for.' })
  organization?: Organization | null;

  @Field(() => [Role], { description: 'The roles they held at that moment.' })
  roles!: Role[];

  @Field(() => String, { description: 'What was done, by its name, such as `patient.read`.' })
  action!: string;

  @Field(() => String, { description: 'What was done, in words of the reader’s language (Accept-Language).' })
  words!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What it was done for, such as `REFERRAL`; null when it was not said.',
  })
  purpose!: string | null;

  @Field(() => AccessOutcome, { description: 'Whether it was done or refused.' })
  outcome!: AccessOutcome;

  @Field(() => String, { nullable: true, description: 'What kind of thing it was about, such as `referral`.' })
  entity!: string | null;

  @Field(() => Int, { description: 'How many times it was that day: lists are counted together.' })
  times!: number;

  @Field(() => String, {
    nullable: true,
    description: 'Numbers and codes beside it, as `name: value`, separated by commas.',
  })
  detail?: string | null;
}

export const AccessConnection = connectionOf(Access);
