import { defineEntity, p } from '@mikro-orm/postgresql';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTimeISO } from '../../platform/graphql/scalars.js';

const SynonymSchema = defineEntity({
  name: 'Synonym',
  tableName: 'search_synonym',
  properties: {
    id: p.uuid().primary(),
    phrase: p.text(),
    means: p.array(),
    category: p.text().nullable(),
    language: p.text(),
    instead: p.boolean(),
    edited: p.boolean(),
    updatedAt: p.datetime(),
    version: p.integer().version(),
  },
});

@ObjectType('SearchSynonym', { description: 'What people say, and what listings say for it.' })
export class Synonym extends SynonymSchema.class {
  @Field(() => ID, { description: 'A UUID.' })
  override id!: string;

  @Field(() => String, { description: 'What people type, such as "light bill".' })
  override phrase!: string;

  @Field(() => [String], { description: 'What is looked for besides, the nearest in meaning first.' })
  override means!: string[];

  @Field(() => String, { nullable: true, description: 'Code of the SDOH category that the words tell.' })
  override category!: string | null | undefined;

  @Field(() => String, { description: '`en` or `es`.' })
  override language!: string;

  @Field(() => Boolean, {
    description:
      'Whether listings mean something else by the words themselves, so that what they stand for counts more.',
  })
  override instead!: boolean;

  @Field(() => Boolean, { description: 'Whether a curator has changed it; a new release leaves it as it is then.' })
  override edited!: boolean;

  @Field(() => DateTimeISO, { description: 'When it was last changed.' })
  override updatedAt!: Date;

  @Field(() => Int, { description: 'Grows with each change; send it back as `expectedVersion`.' })
  override version!: number;
}
SynonymSchema.setClass(Synonym);

export const SynonymAction = { ADDED: 'ADDED', CHANGED: 'CHANGED', REMOVED: 'REMOVED' } as const;
export type SynonymAction = keyof typeof SynonymAction;
registerEnumType(SynonymAction, { name: 'SynonymAction', description: 'What was done with a synonym.' });

/** A synonym as it was at a time. */
export interface SynonymState {
  phrase: string;
  means: string[];
  category: string | null;
  language: string;
  instead: boolean;
}

const SynonymChangeSchema = defineEntity({
  name: 'SynonymChange',
  tableName: 'synonym_change',
  properties: {
    id: p.uuid().primary(),
    synonymId: p.uuid(),
    phrase: p.text(),
    action: p.text().$type<SynonymAction>(),
    before: p.json().$type<SynonymState>().nullable(),
    after: p.json().$type<SynonymState>().nullable(),
    changedBy: p.uuid(),
    changedAt: p.datetime(),
  },
});

@ObjectType({ description: 'One change of a synonym.' })
export class SynonymChange extends SynonymChangeSchema.class {
  @Field(() => ID, { description: 'A UUID.' })
  override id!: string;

  @Field(() => String, { description: 'What people type.' })
  override phrase!: string;

  @Field(() => SynonymAction, { description: 'What was done.' })
  override action!: SynonymAction;

  @Field(() => DateTimeISO, { description: 'When.' })
  override changedAt!: Date;
}
SynonymChangeSchema.setClass(SynonymChange);
