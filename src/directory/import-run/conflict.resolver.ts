import { sql } from 'kysely';
import { Arg, Args, Ctx, Field, FieldResolver, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { Can, type HubContext } from '../../access/index.js';
import { toDate } from '../../platform/database/rows.js';
import { PageArgs, type Connection } from '../../platform/graphql/connection.js';
import { keysetPage } from '../../platform/graphql/keyset.js';
import { Payload } from '../../platform/graphql/payload.js';
import {
  ImportConflict,
  ImportConflictConnection,
  ImportDecisions,
  SettleImportConflictInput,
  UndoImportConflictInput,
} from './conflict.types.js';
import { conflictBatches, conflictMatches, conflictPreview } from './conflicts-together.queries.js';
import {
  ConflictBatch,
  ConflictFilter,
  ConflictPreview,
  SettleImportConflictsInput,
  UndoConflictBatchInput,
} from './conflicts-together.types.js';
import { BATCH_DAYS, DecidedTogetherPayload } from './decided-together.types.js';
import { saidValue } from '../said-value.js';
import type { Language } from '../../platform/words.js';
import { Service } from '../service/service.entity.js';
import { calledBy, latest, serviceOf } from './decisions.queries.js';
import { settleConflict, undoConflict } from './settle-conflict.js';
import { settleConflicts, undoConflicts } from './settle-conflicts.js';

interface Tables {
  'hub.import_conflict': {
    id: string;
    source_id: string;
    entity: string;
    entity_id: string;
    field: string;
    owner: 'CURATOR' | 'AGENCY';
    source_value: string | null;
    kept_value: string | null;
    noted_at: string;
    decision: string | null;
  };
  'hub.import_source': { id: string; name: string };
}

const shownValue = (field: string, value: string | null, language: Language): string | null =>
  value === null ? null : saidValue(field, value, language);

@ObjectType({ description: 'The answer to `settleImportConflict`.' })
export class SettleImportConflictPayload extends Payload {
  @Field(() => Boolean, { nullable: true, description: 'Whether it was decided.' })
  settled!: boolean | null;
}

@ObjectType({ description: 'The answer to `undoImportConflict`.' })
export class UndoImportConflictPayload extends Payload {
  @Field(() => Boolean, { nullable: true, description: 'Whether it was taken back.' })
  undone!: boolean | null;
}

const ALL: ConflictFilter = { source: null, field: null, text: null };
const DAY_MS = 86_400_000;

@Resolver()
export class ImportConflictResolver {
  @Can('directory.write')
  @Query(() => ImportConflictConnection, {
    description: 'Fields that somebody here has set and their source has otherwise, the latest first.',
  })
  async importConflicts(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => ConflictFilter, { nullable: true, description: 'Only some of them.' })
    filter: ConflictFilter | null,
    @Ctx() ctx: HubContext,
  ): Promise<Connection<ImportConflict>> {
    const query = (await ctx.db.em())
      .getKysely<Tables>()
      .selectFrom('hub.import_conflict as c')
      .innerJoin('hub.import_source as s', 's.id', 'c.source_id')
      .where(conflictMatches(filter ?? ALL))
      .select([
        'c.id',
        's.name as source',
        'c.entity',
        'c.entity_id',
        'c.field',
        'c.owner',
        'c.source_value',
        'c.kept_value',
        'c.noted_at',
        calledBy('c.entity', 'c.entity_id').as('called'),
      ]);
    return keysetPage(
      query,
      latest('c'),
      page,
      ({ id, source, entity, entity_id, field, owner, source_value, kept_value, noted_at, called }) => ({
        id,
        source,
        entity,
        field,
        name: called,
        serviceId: entity === 'service' ? entity_id : null,
        theirs: shownValue(field, source_value, ctx.language),
        ours: shownValue(field, kept_value, ctx.language),
        setByAgency: owner === 'AGENCY',
        notedAt: toDate(noted_at),
      }),
    );
  }

  @Can('directory.write')
  @Query(() => ImportDecisions, { description: 'How much waits for a decision after imports.' })
  async importDecisions(@Ctx() ctx: HubContext): Promise<ImportDecisions> {
    const { rows } = await sql<ImportDecisions>`select
      (select count(*)::int from hub.import_conflict where decision is null) as conflicts,
      (select count(*)::int from hub.retire_proposal where decision is null) as proposals`.execute(
      (await ctx.db.em()).getKysely<unknown>(),
    );
    return rows[0] ?? { conflicts: 0, proposals: 0 };
  }

  @Can('directory.write')
  @Mutation(() => SettleImportConflictPayload, { description: 'Decides who is right about a field.' })
  async settleImportConflict(
    @Arg('input', () => SettleImportConflictInput) { id, decision }: SettleImportConflictInput,
    @Ctx() ctx: HubContext,
  ): Promise<SettleImportConflictPayload> {
    await settleConflict(ctx, id, decision);
    return { settled: true };
  }

  @Can('directory.write')
  @Query(() => ConflictPreview, { description: 'What a decision about all of these differences would be about.' })
  async conflictPreview(
    @Arg('filter', () => ConflictFilter, { description: 'Which.' }) filter: ConflictFilter,
    @Ctx() ctx: HubContext,
  ): Promise<ConflictPreview> {
    return conflictPreview((await ctx.db.em()).getKysely<unknown>(), filter);
  }

  @Can('directory.write')
  @Query(() => [ConflictBatch], {
    description:
      'What was decided of several differences together in the last 30 days, the latest first; five at most.',
  })
  async conflictBatches(@Ctx() ctx: HubContext): Promise<ConflictBatch[]> {
    const since = new Date(ctx.clock.now().getTime() - BATCH_DAYS * DAY_MS);
    return conflictBatches((await ctx.db.em()).getKysely<unknown>(), since);
  }

  @Can('directory.write')
  @Mutation(() => DecidedTogetherPayload, {
    description:
      'Decides who is right about many fields, some hundred a call. What agencies have set themselves stays open.',
  })
  settleImportConflicts(
    @Arg('input', () => SettleImportConflictsInput) input: SettleImportConflictsInput,
    @Ctx() ctx: HubContext,
  ): Promise<Partial<DecidedTogetherPayload>> {
    return settleConflicts(ctx, input);
  }

  @Can('directory.write')
  @Mutation(() => DecidedTogetherPayload, {
    description:
      'Takes back what was decided of differences together, some hundred a call. They wait for a decision again; what was changed since stays.',
  })
  undoConflictBatch(
    @Arg('input', () => UndoConflictBatchInput) input: UndoConflictBatchInput,
    @Ctx() ctx: HubContext,
  ): Promise<Partial<DecidedTogetherPayload>> {
    return undoConflicts(ctx, input);
  }

  @Can('directory.write')
  @Mutation(() => UndoImportConflictPayload, {
    description:
      'Takes back what was decided about a field: what stood there before stands there again, and waits for a decision.',
  })
  async undoImportConflict(
    @Arg('input', () => UndoImportConflictInput) { id }: UndoImportConflictInput,
    @Ctx() ctx: HubContext,
  ): Promise<Partial<UndoImportConflictPayload>> {
    await undoConflict(ctx, id);
    return { undone: true };
  }
}

@Resolver(() => ImportConflict)
export class ImportConflictFields {
  @FieldResolver(() => Service, { nullable: true, description: 'The service, when it is one.' })
  service(@Root() { serviceId }: ImportConflict, @Ctx() ctx: HubContext): Promise<Service | null> {
    return serviceOf(ctx, serviceId);
  }
}
