import { defineEntity, p } from '@mikro-orm/postgresql';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { DateTimeISO } from '../../platform/graphql/scalars.js';
import type { ListingChanges } from '../curation/listing-fields.js';
import type { Texts } from '../curation/listing-texts.js';
import {
  ListingSignal,
  SuggestionSource,
  SuggestionStatus,
  type ListingSignal as Signal,
  type SuggestionSource as Source,
  type SuggestionStatus as Status,
} from './suggestion.enums.js';

const SuggestionSchema = defineEntity({
  name: 'Suggestion',
  tableName: 'suggestion',
  properties: {
    id: p.uuid().primary(),
    serviceId: p.uuid(),
    organizationId: p.uuid(),
    proposerOrgId: p.uuid().nullable(),
    source: p.text().$type<Source>(),
    signal: p.text().$type<Signal>().nullable(),
    changes: p.json().$type<ListingChanges>(),
    base: p.json().$type<Texts>(),
    baseVersion: p.integer(),
    note: p.text().nullable(),
    evidence: p.integer(),
    status: p.text().$type<Status>(),
    decidedAt: p.datetime().nullable(),
    decidedBy: p.uuid().nullable(),
    decisionNote: p.text().nullable(),
    decidedFields: p.array<string>().nullable(),
    version: p.integer().version(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

/** What somebody thinks should change in a listing: values for fields, or a signal that many may give. */
@ObjectType('ListingSuggestion', { description: 'What somebody thinks should change in a listing.' })
export class Suggestion extends SuggestionSchema.class {
  @Field(() => ID, { description: 'A UUID.' })
  override id!: string;

  @Field(() => SuggestionSource, { description: 'Where it came from first.' })
  override source!: Source;

  @Field(() => ListingSignal, { nullable: true, description: 'What is wrong; null where values are suggested.' })
  override signal!: Signal | null | undefined;

  @Field(() => String, { nullable: true, description: 'What was added in words.' })
  override note!: string | null | undefined;

  @Field(() => Int, { description: 'How many said the same, each counted once; 0 where values are suggested.' })
  override evidence!: number;

  @Field(() => SuggestionStatus, { description: 'Where it stands.' })
  override status!: Status;

  @Field(() => DateTimeISO, { nullable: true, description: 'When a curator decided.' })
  override decidedAt!: Date | null | undefined;

  @Field(() => String, { nullable: true, description: 'What the curator said of it.' })
  override decisionNote!: string | null | undefined;

  @Field(() => Int, { description: 'Grows with each change; send it back as `expectedVersion`.' })
  override version!: number;

  @Field(() => DateTimeISO, { description: 'When it was made.' })
  override createdAt!: Date;

  @Field(() => DateTimeISO, { description: 'When somebody last joined it.' })
  override updatedAt!: Date;
}
SuggestionSchema.setClass(Suggestion);

@ObjectType({ description: 'One field of a suggestion: what stands there, and what should.' })
export class SuggestedField {
  @Field(() => String, { description: 'The field as the API writes it, such as `applicationProcess`.' })
  key!: string;

  @Field(() => String, { description: 'The field in HSDS’s spelling, such as `application_process`.' })
  field!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What stands there now; null for the place of a shelter, to all but those who keep the listing.',
  })
  current!: string | null;

  @Field(() => String, { nullable: true, description: 'What stood there when it was suggested.' })
  base!: string | null;

  @Field(() => String, { nullable: true, description: 'What should stand there; empty to clear it.' })
  suggested!: string | null;

  @Field(() => Boolean, { description: 'Whether the field was changed since it was suggested.' })
  changedSince!: boolean;

  @Field(() => Boolean, { description: 'Whether this is not shown to the viewer: a place that must stay secret.' })
  withheld!: boolean;
}

@ObjectType({ description: 'How many said so, by where they came from.' })
export class EvidenceCount {
  @Field(() => String, {
    description: '`PUBLIC`, `CARE`, `AGENCY`, `LINK`, `CURATOR`, `DECLINED` or `FAILED` (the last two are referrals).',
  })
  source!: string;

  @Field(() => Int, { description: 'How many.' })
  count!: number;
}
