import { defineEntity, p } from '@mikro-orm/postgresql';
import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTimeISO } from '../../platform/graphql/scalars.js';
import { EVIDENCE_KINDS, type Evidence, type EvidenceKind as Kind } from './score.js';

export const DuplicateStatus = { OPEN: 'OPEN', MERGED: 'MERGED', DIFFERENT: 'DIFFERENT' } as const;
export type DuplicateStatus = keyof typeof DuplicateStatus;
registerEnumType(DuplicateStatus, {
  name: 'DuplicateStatus',
  description: 'What is known of two listings that may be the same help.',
  valuesConfig: {
    OPEN: { description: 'Nobody has looked yet.' },
    MERGED: { description: 'They were the same, and are one listing now.' },
    DIFFERENT: { description: 'They are two; that is remembered.' },
  },
});

export const EvidenceKind = Object.fromEntries(EVIDENCE_KINDS.map((kind) => [kind, kind])) as { [K in Kind]: K };
registerEnumType(EvidenceKind, {
  name: 'EvidenceKind',
  description: 'What speaks for or against two listings being the same help.',
  valuesConfig: {
    NAME: { description: 'For: their names share words.' },
    ORGANIZATION: { description: 'For: it is one agency, or agencies of like names.' },
    PHONE: { description: 'For: they share a number.' },
    ADDRESS: { description: 'For: they share a door.' },
    NEAR: { description: 'For: they are within a tenth of a mile.' },
    WEBSITE: { description: 'For: they share a web page.' },
    TEXT: { description: 'For: they are described alike.' },
    OWN_WORDS: { description: 'Against: each name has words that the other has not.' },
    FAR: { description: 'Against: they are more than half a mile apart.' },
    OTHER_NUMBER: { description: 'Against: each has numbers that the other has not.' },
    OTHER_AGENCY: { description: 'Against: agencies with other names.' },
    OTHER_TEXT: { description: 'Against: they are described in other words.' },
  },
});

@ObjectType({ description: 'One thing that speaks for or against two listings being the same help.' })
export class DuplicateEvidence {
  @Field(() => EvidenceKind, { description: 'What it is.' })
  kind!: Kind;

  @Field(() => Float, { description: 'How much of it there is, 0 to 1.' })
  weight!: number;
}

const DuplicateSchema = defineEntity({
  name: 'Duplicate',
  tableName: 'duplicate_candidate',
  properties: {
    id: p.uuid().primary(),
    serviceA: p.uuid(),
    serviceB: p.uuid(),
    score: p.float().columnType('double precision'),
    evidence: p.json().$type<Evidence[]>(),
    status: p.text().$type<DuplicateStatus>(),
    foundAt: p.datetime(),
    decidedAt: p.datetime().nullable(),
    decidedBy: p.uuid().nullable(),
    note: p.text().nullable(),
    version: p.integer().version(),
  },
});

@ObjectType({ description: 'Two listings that may be the same help.' })
export class Duplicate extends DuplicateSchema.class {
  @Field(() => ID, { description: 'A UUID.' })
  override id!: string;

  @Field(() => Float, { description: 'How likely that is, 0 to 1.' })
  override score!: number;

  @Field(() => [DuplicateEvidence], { description: 'What speaks for and against it.' })
  override evidence!: Evidence[];

  @Field(() => DuplicateStatus, { description: 'What is known of it.' })
  override status!: DuplicateStatus;

  @Field(() => DateTimeISO, { description: 'When it was found.' })
  override foundAt!: Date;

  @Field(() => DateTimeISO, { nullable: true, description: 'When it was decided.' })
  override decidedAt!: Date | null | undefined;

  @Field(() => Int, { description: 'Grows with each change; send it back as `expectedVersion`.' })
  override version!: number;
}
DuplicateSchema.setClass(Duplicate);

const ListingMergeSchema = defineEntity({
  name: 'ListingMerge',
  tableName: 'listing_merge',
  properties: {
    id: p.uuid().primary(),
    keptId: p.uuid(),
    mergedId: p.uuid(),
    at: p.datetime(),
    byUserId: p.uuid().nullable(),
    previousStatus: p.text(),
    copiedSites: p.array<string>().columnType('uuid[]'),
    repointed: p.array<string>().columnType('uuid[]'),
    changes: p.array<string>().columnType('uuid[]'),
    undoneAt: p.datetime().nullable(),
    undoneBy: p.uuid().nullable(),
  },
});

@ObjectType({ description: 'A listing that was merged into another.' })
export class ListingMerge extends ListingMergeSchema.class {
  @Field(() => ID, { description: 'A UUID.' })
  override id!: string;

  @Field(() => DateTimeISO, { description: 'When.' })
  override at!: Date;

  @Field(() => DateTimeISO, { nullable: true, description: 'When it was taken back.' })
  override undoneAt!: Date | null | undefined;
}
ListingMergeSchema.setClass(ListingMerge);
