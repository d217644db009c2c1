import { sql } from 'kysely';
import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Can, type HubContext } from '../../access/index.js';
import { toDate } from '../../platform/database/rows.js';
import { PageArgs, type Connection } from '../../platform/graphql/connection.js';
import { keysetPage } from '../../platform/graphql/keyset.js';
import { Service } from '../service/service.entity.js';
import { BATCH_DAYS, BATCHES, DecidedTogetherPayload } from './decided-together.types.js';
import { calledBy, latest, serviceOf } from './decisions.queries.js';
import { keptByAgency, latestBatches, matches, previewOf } from './retire.queries.js';
import {
  RetireBatch,
  RetireFilter,
  RetirePreview,
  RetireProposal,
  RetireProposalConnection,
  SettleRetireProposalInput,
  SettleRetireProposalPayload,
  SettleRetireProposalsInput,
  UndoRetireBatchInput,
} from './retire.types.js';
import { settleProposal, settleProposals, undoBatch } from './settle-proposal.js';

interface Tables {
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

const ALL: RetireFilter = { source: null, entity: null, text: null };
const DAY_MS = 86_400_000;

@Resolver()
export class RetireResolver {
  @Can('directory.write')
  @Query(() => RetireProposalConnection, {
    description: 'Listings that their source no longer has, the latest first. They stay until somebody decides.',
  })
  async retireProposals(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => RetireFilter, { nullable: true, description: 'Only some of them.' })
    filter: RetireFilter | null,
    @Ctx() ctx: HubContext,
  ): Promise<Connection<RetireProposal>> {
    const query = (await ctx.db.em())
      .getKysely<Tables>()
      .selectFrom('hub.retire_proposal as p')
      .innerJoin('hub.import_source as s', 's.id', 'p.source_id')
      .where(matches(filter ?? ALL))
      .select([
        'p.id',
        's.name as source',
        'p.entity',
        'p.entity_id',
        'p.noted_at',
        sql<string | null>`coalesce(p.name, ${calledBy('p.entity', 'p.entity_id')})`.as('called'),
        keptByAgency.as('kept'),
      ]);
    return keysetPage(query, latest('p'), page, ({ id, source, entity, entity_id, noted_at, called, kept }) => ({
      id,
      source,
      entity,
      name: called,
      keptByAgency: kept,
      serviceId: entity === 'service' ? entity_id : null,
      notedAt: toDate(noted_at),
    }));
  }

  @Can('directory.write')
  @Query(() => RetirePreview, { description: 'What a decision about all of these would be about.' })
  async retirePreview(
    @Arg('filter', () => RetireFilter, { description: 'Which.' }) filter: RetireFilter,
    @Ctx() ctx: HubContext,
  ): Promise<RetirePreview> {
    return previewOf((await ctx.db.em()).getKysely<unknown>(), filter);
  }

  @Can('directory.write')
  @Query(() => [RetireBatch], {
    description: 'What was decided of several listings together in the last 30 days, the latest first; five at most.',
  })
  async retireBatches(@Ctx() ctx: HubContext): Promise<RetireBatch[]> {
    const since = new Date(ctx.clock.now().getTime() - BATCH_DAYS * DAY_MS);
    return latestBatches((await ctx.db.em()).getKysely<unknown>(), since, BATCHES);
  }

  @Can('directory.write')
  @Mutation(() => SettleRetireProposalPayload, {
    description: 'Decides what becomes of a listing that its source no longer has.',
  })
  async settleRetireProposal(
    @Arg('input', () => SettleRetireProposalInput) { id, decision }: SettleRetireProposalInput,
    @Ctx() ctx: HubContext,
  ): Promise<Partial<SettleRetireProposalPayload>> {
    return { settled: true, batch: await settleProposal(ctx, id, decision) };
  }

  @Can('directory.write')
  @Mutation(() => DecidedTogetherPayload, {
    description:
      'Decides what becomes of many listings that their source no longer has, some hundred a call. Those that their agencies keep, and what others still need, stay open.',
  })
  settleRetireProposals(
    @Arg('input', () => SettleRetireProposalsInput) input: SettleRetireProposalsInput,
    @Ctx() ctx: HubContext,
  ): Promise<Partial<DecidedTogetherPayload>> {
    return settleProposals(ctx, input);
  }

  @Can('directory.write')
  @Mutation(() => DecidedTogetherPayload, {
    description:
      'Takes back what was decided of listings together, some hundred a call. They wait for a decision again.',
  })
  undoRetireBatch(
    @Arg('input', () => UndoRetireBatchInput) input: UndoRetireBatchInput,
    @Ctx() ctx: HubContext,
  ): Promise<Partial<DecidedTogetherPayload>> {
    return undoBatch(ctx, input);
  }
}

@Resolver(() => RetireProposal)
export class RetireProposalFields {
  @FieldResolver(() => Service, { nullable: true, description: 'The service, when it is one.' })
  service(@Root() { serviceId }: RetireProposal, @Ctx() ctx: HubContext): Promise<Service | null> {
    return serviceOf(ctx, serviceId);
  }
}
