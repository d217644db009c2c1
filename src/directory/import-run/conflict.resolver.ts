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
  RetireProposal,
  RetireProposalConnection,
  SettleImportConflictInput,
  SettleRetireProposalInput,
} from './conflict.types.js';
import { saidValue } from '../said-value.js';
import type { Language } from '../../platform/words.js';
import { Service } from '../service/service.entity.js';
import { serviceById } from '../service/service.loaders.js';
import { settleConflict } from './settle-conflict.js';
import { settleProposal } from './settle-proposal.js';

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
  'hub.retire_proposal': {
    id: string;
    source_id: string;
    entity: string;
    entity_id: string;
    name: string | null;
    noted_at: string;
    decision: string | null;
  };
  'hub.import_source': { id: string; name: string };
}

/** What a row is called, by the table it is in. */
const calledBy = (entity: string, id: string) => sql<string | null>`case ${sql.ref(entity)}
  when 'service' then (select x.name from hub.service x where x.id = ${sql.ref(id)})
  when 'organization' then (select x.name from hub.organization x where x.id = ${sql.ref(id)})
  when 'location' then (select x.name from hub.location x where x.id = ${sql.ref(id)})
  when 'service_at_location' then (select v.name || coalesce(' · ' || l.name, '') from hub.service_at_location x
    join hub.service v on v.id = x.service_id join hub.location l on l.id = x.location_id where x.id = ${sql.ref(id)}) end`;

const shownValue = (field: string, value: string | null, language: Language): string | null =>
  value === null ? null : saidValue(field, value, language);

const latest = (table: string) =>
  [
    { by: `${table}.noted_at`, type: 'timestamptz', direction: 'desc' },
    { by: `${table}.id`, type: 'uuid', direction: 'desc' },
  ] as const;

@ObjectType({ description: 'The answer to `settleImportConflict`.' })
export class SettleImportConflictPayload extends Payload {
  @Field(() => Boolean, { nullable: true, description: 'Whether it was decided.' })
  settled!: boolean | null;
}

@ObjectType({ description: 'The answer to `settleRetireProposal`.' })
export class SettleRetireProposalPayload extends Payload {
  @Field(() => Boolean, { nullable: true, description: 'Whether it was decided.' })
  settled!: boolean | null;
}

@Resolver()
export class ImportConflictResolver {
  @Can('directory.write')
  @Query(() => ImportConflictConnection, {
    description: 'Fields that somebody here has set and their source has otherwise, the latest first.',
  })
  async importConflicts(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: HubContext,
  ): Promise<Connection<ImportConflict>> {
    const query = (await ctx.db.em())
      .getKysely<Tables>()
      .selectFrom('hub.import_conflict as c')
      .innerJoin('hub.import_source as s', 's.id', 'c.source_id')
      .where('c.decision', 'is', null)
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
  @Query(() => RetireProposalConnection, {
    description: 'Listings that their source no longer has, the latest first. They stay until somebody decides.',
  })
  async retireProposals(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: HubContext,
  ): Promise<Connection<RetireProposal>> {
    const query = (await ctx.db.em())
      .getKysely<Tables>()
      .selectFrom('hub.retire_proposal as p')
      .innerJoin('hub.import_source as s', 's.id', 'p.source_id')
      .where('p.decision', 'is', null)
      .select([
        'p.id',
        's.name as source',
        'p.entity',
        'p.entity_id',
        'p.noted_at',
        sql<string | null>`coalesce(p.name, ${calledBy('p.entity', 'p.entity_id')})`.as('called'),
      ]);
    return keysetPage(query, latest('p'), page, ({ id, source, entity, entity_id, noted_at, called }) => ({
      id,
      source,
      entity,
      name: called,
      serviceId: entity === 'service' ? entity_id : null,
      notedAt: toDate(noted_at),
    }));
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
  @Mutation(() => SettleRetireProposalPayload, {
    description: 'Decides what becomes of a listing that its source no longer has.',
  })
  async settleRetireProposal(
    @Arg('input', () => SettleRetireProposalInput) { id, decision }: SettleRetireProposalInput,
    @Ctx() ctx: HubContext,
  ): Promise<SettleRetireProposalPayload> {
    await settleProposal(ctx, id, decision);
    return { settled: true };
  }
}

const serviceOf = async (ctx: HubContext, id: string | null): Promise<Service | null> =>
  id === null ? null : ((await serviceById(ctx, id)) ?? null);

@Resolver(() => ImportConflict)
export class ImportConflictFields {
  @FieldResolver(() => Service, { nullable: true, description: 'The service, when it is one.' })
  service(@Root() { serviceId }: ImportConflict, @Ctx() ctx: HubContext): Promise<Service | null> {
    return serviceOf(ctx, serviceId);
  }
}

@Resolver(() => RetireProposal)
export class RetireProposalFields {
  @FieldResolver(() => Service, { nullable: true, description: 'The service, when it is one.' })
  service(@Root() { serviceId }: RetireProposal, @Ctx() ctx: HubContext): Promise<Service | null> {
    return serviceOf(ctx, serviceId);
  }
}
