import { LockMode } from '@mikro-orm/postgresql';
import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  Float,
  ID,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { Can, load, loader, type Batch, type HubContext } from '../../access/index.js';
import { connectionOf, PageArgs, type Connection } from '../../platform/graphql/connection.js';
import { fail } from '../../platform/graphql/errors.js';
import { keysetPage } from '../../platform/graphql/keyset.js';
import { Payload, payloadOf } from '../../platform/graphql/payload.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { enqueue } from '../../platform/jobs/enqueue.js';
import { textOf } from '../curation/check-input.js';
import { Service } from '../service/service.entity.js';
import { listingById, serviceById } from '../service/service.loaders.js';
import { Duplicate, DuplicateStatus, ListingMerge } from './duplicate.entity.js';
import {
  FindDuplicatesInput,
  KeepApartInput,
  MergeListingsInput,
  ReopenDuplicateInput,
  UnmergeListingsInput,
} from './duplicate.inputs.js';
import { lookForDuplicates } from './find-duplicates.js';
import { decidePair, mergeListings, unmergeListings } from './merge.js';

const DuplicateConnection = connectionOf(Duplicate);
const MergeListingsPayload = payloadOf('MergeListings', 'merge', ListingMerge, 'The merge, to be taken back by.');
const UnmergeListingsPayload = payloadOf('UnmergeListings', 'merge', ListingMerge, 'The merge, taken back.');
const KeepApartPayload = payloadOf('KeepApart', 'duplicate', Duplicate, 'The pair as it stands now.');
const ReopenDuplicatePayload = payloadOf('ReopenDuplicate', 'duplicate', Duplicate, 'The pair, open again.');

@ObjectType({ description: 'The answer to `findDuplicates`.' })
export class FindDuplicatesPayload extends Payload {
  @Field(() => Boolean, { nullable: true, description: 'Whether it began; what it finds shows up in the list.' })
  started!: boolean | null;
}

interface DuplicateTables {
  'hub.duplicate_candidate': { id: string; status: string; score: number };
}

/** Merges into a listing that still hold, the latest first. */
const merges: Batch<string, ListingMerge[]> = async (ctx, ids) => {
  const rows = await (
    await ctx.db.em()
  ).find(ListingMerge, { keptId: { $in: [...ids] }, undoneAt: null }, { orderBy: { at: 'desc' }, limit: 500 });
  return ids.map((id) => rows.filter((row) => row.keptId === id));
};

@Resolver(() => Duplicate)
export class DuplicateResolver {
  @Can('directory.write')
  @Query(() => DuplicateConnection, { description: 'Listings that may be the same help, the likeliest first.' })
  async duplicates(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: HubContext,
    @Arg('status', () => DuplicateStatus, { nullable: true, description: 'OPEN when left out.' })
    status?: DuplicateStatus | null,
    @Arg('minimumScore', () => Float, { nullable: true, description: 'Only those at least as likely, 0 to 1.' })
    minimumScore?: number | null,
  ): Promise<Connection<Duplicate>> {
    const em = await ctx.db.em();
    let query = em
      .getKysely<DuplicateTables>()
      .selectFrom('hub.duplicate_candidate as d')
      .select('d.id')
      .where('d.status', '=', status ?? 'OPEN');
    if (typeof minimumScore === 'number') query = query.where('d.score', '>=', minimumScore);
    const order = [
      { by: 'd.score', type: 'float8', direction: 'desc' },
      { by: 'd.id', type: 'uuid', direction: 'desc' },
    ] as const;
    const ids = await keysetPage(query, order, page, (row) => row.id);
    const rows = await em.find(Duplicate, { id: { $in: ids.edges.map(({ node }) => node) } });
    const byId = new Map(rows.map((row) => [row.id, row]));
    const edges = ids.edges.flatMap(({ cursor, node }) => {
      const found = byId.get(node);
      return found ? [{ cursor, node: found }] : [];
    });
    return { edges, pageInfo: ids.pageInfo };
  }

  @Can('directory.write')
  @Query(() => Duplicate, { description: 'One pair of listings.' })
  duplicate(@Arg('id', () => ID) id: string, @Ctx() ctx: HubContext): Promise<Duplicate> {
    return load(ctx, Duplicate, id);
  }

  @Can('directory.write')
  @Mutation(() => MergeListingsPayload, {
    description: 'Makes one listing of two. Links and referrals of the one that goes lead to the other.',
  })
  async mergeListings(@Arg('input', () => MergeListingsInput) input: MergeListingsInput, @Ctx() ctx: HubContext) {
    return { merge: await mergeListings(ctx, input) };
  }

  @Can('directory.write')
  @Mutation(() => UnmergeListingsPayload, { description: 'Takes a merge back.' })
  async unmergeListings(@Arg('input', () => UnmergeListingsInput) input: UnmergeListingsInput, @Ctx() ctx: HubContext) {
    return { merge: await unmergeListings(ctx, input) };
  }

  @Can('directory.write')
  @Mutation(() => KeepApartPayload, { description: 'Says that two listings are two, until somebody takes that back.' })
  async keepApart(@Arg('input', () => KeepApartInput) input: KeepApartInput, @Ctx() ctx: HubContext) {
    const pair = await load(ctx, Duplicate, input.id, 'decide', { lock: LockMode.PESSIMISTIC_WRITE });
    if (pair.status !== 'OPEN') refuse('ALREADY_DECIDED', 'Someone has decided this already.');
    if (pair.version !== input.expectedVersion) fail.conflict();
    pair.note = textOf(input.note, 'note', 1000);
    await (await ctx.db.em()).flush();
    await decidePair(ctx, pair.serviceA, pair.serviceB, 'DIFFERENT');
    await (await ctx.db.em()).refresh(pair);
    return { duplicate: pair };
  }

  @Can('directory.write')
  @Mutation(() => ReopenDuplicatePayload, { description: 'Takes back that two listings are two.' })
  async reopenDuplicate(
    @Arg('input', () => ReopenDuplicateInput) input: ReopenDuplicateInput,
    @Ctx() ctx: HubContext,
  ): Promise<{ duplicate: Duplicate }> {
    const pair = await load(ctx, Duplicate, input.id, 'decide', { lock: LockMode.PESSIMISTIC_WRITE });
    if (pair.status !== 'DIFFERENT') refuse('NOT_KEPT_APART', 'Nobody said that these are two.');
    if (pair.version !== input.expectedVersion) fail.conflict();
    pair.note = null;
    await (await ctx.db.em()).flush();
    await decidePair(ctx, pair.serviceA, pair.serviceB, 'OPEN');
    await (await ctx.db.em()).refresh(pair);
    return { duplicate: pair };
  }

  @Can('directory.write')
  @Mutation(() => FindDuplicatesPayload, { description: 'Has listings compared again, as every night.' })
  async findDuplicates(@Arg('input', () => FindDuplicatesInput) input: FindDuplicatesInput, @Ctx() ctx: HubContext) {
    const days = input.changedWithinDays;
    const since = typeof days === 'number' ? { sinceMs: ctx.clock.now().getTime() - days * 86_400_000 } : {};
    await enqueue(await ctx.db.em(), lookForDuplicates, since, { jobKey: lookForDuplicates.name });
    return { started: true };
  }

  @FieldResolver(() => Service, { description: 'The one.' })
  async first(@Root() { serviceA }: Duplicate, @Ctx() ctx: HubContext): Promise<Service> {
    return (await listingById(ctx, serviceA)) ?? fail.notFound('Service');
  }

  @FieldResolver(() => Service, { description: 'The other.' })
  async second(@Root() { serviceB }: Duplicate, @Ctx() ctx: HubContext): Promise<Service> {
    return (await listingById(ctx, serviceB)) ?? fail.notFound('Service');
  }
}

@Resolver(() => ListingMerge)
export class ListingMergeFields {
  @FieldResolver(() => Service, { description: 'The listing that stays.' })
  async kept(@Root() { keptId }: ListingMerge, @Ctx() ctx: HubContext): Promise<Service> {
    return (await serviceById(ctx, keptId)) ?? fail.notFound('Service');
  }

  @FieldResolver(() => Service, { description: 'The listing that went into it, as it stood.' })
  async merged(@Root() { mergedId }: ListingMerge, @Ctx() ctx: HubContext): Promise<Service> {
    return (await listingById(ctx, mergedId)) ?? fail.notFound('Service');
  }
}

/** What duplicates add to listings. */
@Resolver(() => Service)
export class ServiceMerges {
  @FieldResolver(() => [ListingMerge], {
    description: 'Listings that were merged into this one and may be taken out again; empty for all but curators.',
  })
  merges(@Root() service: Service, @Ctx() ctx: HubContext): Promise<ListingMerge[]> | [] {
    return ctx.caller?.permissions.has('directory.write') ? loader(ctx, merges, merges).load(service.id) : [];
  }
}
