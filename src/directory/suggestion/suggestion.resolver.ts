import { sql } from 'kysely';
import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { Apart, Can, load, loader, type Batch, type HubContext } from '../../access/index.js';
import { Organization, organizationById } from '../../identity/index.js';
import { connectionOf, PageArgs, type Connection } from '../../platform/graphql/connection.js';
import { fail } from '../../platform/graphql/errors.js';
import { Payload, payloadOf } from '../../platform/graphql/payload.js';
import { loadListing } from '../curation/change-listing.js';
import { textOf } from '../curation/check-input.js';
import { withRules } from '../curation/with-rules.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { Service } from '../service/service.entity.js';
import { serviceById } from '../service/service.loaders.js';
import { mayKeep } from '../service/service.policy.js';
import { acceptSuggestion, rejectSuggestion, reopenSuggestion } from './decide.js';
import { diffsOf } from './diff.js';
import { propose } from './propose.js';
import { reportListing } from './report.js';
import { EvidenceCount, SuggestedField, Suggestion } from './suggestion.entity.js';
import {
  AcceptSuggestionInput,
  RejectSuggestionInput,
  ReopenSuggestionInput,
  ReportListingInput,
  SuggestChangeInput,
  SuggestionFilter,
} from './suggestion.inputs.js';
import { suggestionPage } from './suggestion.queries.js';

export const SuggestionConnection = connectionOf(Suggestion, 'ListingSuggestion');
const shape = 'The suggestion as it stands now.';
const SuggestChangePayload = payloadOf('SuggestChange', 'suggestion', Suggestion, shape);
const AcceptSuggestionPayload = payloadOf('AcceptSuggestion', 'suggestion', Suggestion, shape);
const RejectSuggestionPayload = payloadOf('RejectSuggestion', 'suggestion', Suggestion, shape);
const ReopenSuggestionPayload = payloadOf('ReopenSuggestion', 'suggestion', Suggestion, shape);

@ObjectType({ description: 'The answer to `reportListing`.' })
export class ReportListingPayload extends Payload {
  @Field(() => Boolean, { nullable: true, description: 'Whether it was taken down. A curator will look at it.' })
  reported!: boolean | null;
}

const diffs: Batch<Suggestion, SuggestedField[]> = (ctx, suggestions) => diffsOf(ctx, suggestions);
const evidences: Batch<string, EvidenceCount[]> = async (ctx, ids) => {
  const { rows } = await sql<EvidenceCount & { id: string }>`select suggestion_id as id, source, count(*)::int as count
    from hub.suggestion_evidence where suggestion_id = any (${[...ids]}::uuid[]) group by 1, 2 order by 3 desc, 2`.execute(
    (await ctx.db.em()).getKysely<unknown>(),
  );
  return ids.map((id) => rows.filter((row) => row.id === id));
};
const MOST_NOTES = 20;
const notes: Batch<string, string[]> = async (ctx, ids) => {
  // Of each its own latest, so that one that many wrote about takes no words from the others.
  const { rows } = await sql<{
    id: string;
    note: string;
  }>`select asked.id, e.note from unnest(${[...ids]}::uuid[]) asked (id)
    cross join lateral (select note from hub.suggestion_evidence where suggestion_id = asked.id and note is not null
      order by on_day desc, id limit ${MOST_NOTES}) e`.execute((await ctx.db.em()).getKysely<unknown>());
  return ids.map((id) => rows.filter((row) => row.id === id).map(({ note }) => note));
};

@Resolver(() => Suggestion)
export class SuggestionResolver {
  @Can('directory.write', 'listing.write')
  @Query(() => SuggestionConnection, {
    description: 'What should change, the latest first: in the whole directory, or in the caller’s own listings.',
  })
  suggestions(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: HubContext,
    @Arg('filter', () => SuggestionFilter, { nullable: true, description: 'OPEN when left out.' })
    filter?: SuggestionFilter | null,
    @Arg('serviceId', () => ID, { nullable: true, description: 'Only about this listing.' }) serviceId?: string | null,
    @Arg('organizationId', () => ID, { nullable: true, description: 'Only about listings of this agency.' })
    organizationId?: string | null,
  ): Promise<Connection<Suggestion>> {
    return suggestionPage(ctx, { filter: filter ?? 'OPEN', serviceId, organizationId }, page);
  }

  @Can('search.read')
  @Query(() => Suggestion, { description: 'One suggestion.' })
  suggestion(@Arg('id', () => ID) id: string, @Ctx() ctx: HubContext): Promise<Suggestion> {
    return load(ctx, Suggestion, id);
  }

  @Can('search.read')
  @Mutation(() => SuggestChangePayload, {
    description: 'Suggests what should stand in a listing; nothing changes yet.',
  })
  async suggestChange(@Arg('input', () => SuggestChangeInput) input: SuggestChangeInput, @Ctx() ctx: HubContext) {
    const service = await loadListing(ctx, input.serviceId, 'read');
    const id = await propose(ctx, service, withRules(service, input.changes), textOf(input.note, 'note', 1000));
    if (id === null) return refuse('NOTHING_TO_CHANGE', 'That is what the listing says already.', 'changes');
    return { suggestion: await load(ctx, Suggestion, id) };
  }

  @Can('public')
  @Apart()
  @Mutation(() => ReportListingPayload, {
    description: 'Says that a listing is wrong, at most 20 times an hour. Nothing changes before a curator looked.',
  })
  async reportListing(@Arg('input', () => ReportListingInput) input: ReportListingInput, @Ctx() ctx: HubContext) {
    await reportListing(ctx, input);
    return { reported: true };
  }

  @Can('directory.write')
  @Mutation(() => AcceptSuggestionPayload, { description: 'Changes a listing as suggested, in whole or in part.' })
  async acceptSuggestion(
    @Arg('input', () => AcceptSuggestionInput) input: AcceptSuggestionInput,
    @Ctx() ctx: HubContext,
  ) {
    return { suggestion: await load(ctx, Suggestion, await acceptSuggestion(ctx, input)) };
  }

  @Can('directory.write')
  @Mutation(() => RejectSuggestionPayload, { description: 'Turns a suggestion down.' })
  async rejectSuggestion(
    @Arg('input', () => RejectSuggestionInput) input: RejectSuggestionInput,
    @Ctx() ctx: HubContext,
  ) {
    return { suggestion: await load(ctx, Suggestion, await rejectSuggestion(ctx, input)) };
  }

  @Can('directory.write')
  @Mutation(() => ReopenSuggestionPayload, {
    description: 'Takes back that a suggestion was turned down: it waits for a curator again.',
  })
  async reopenSuggestion(
    @Arg('input', () => ReopenSuggestionInput) input: ReopenSuggestionInput,
    @Ctx() ctx: HubContext,
  ) {
    return { suggestion: await load(ctx, Suggestion, await reopenSuggestion(ctx, input)) };
  }

  @FieldResolver(() => Service, { description: 'The listing.' })
  async service(@Root() { serviceId }: Suggestion, @Ctx() ctx: HubContext): Promise<Service> {
    return (await serviceById(ctx, serviceId)) ?? fail.notFound('Service');
  }

  @FieldResolver(() => Organization, { nullable: true, description: 'Who suggested it first; null for no account.' })
  proposer(@Root() { proposerOrgId }: Suggestion, @Ctx() ctx: HubContext): Promise<Organization | null> | null {
    return proposerOrgId ? organizationById(ctx, proposerOrgId) : null;
  }

  @FieldResolver(() => [SuggestedField], { description: 'Field by field, against the listing as it stands now.' })
  fields(@Root() suggestion: Suggestion, @Ctx() ctx: HubContext): Promise<SuggestedField[]> {
    return loader(ctx, diffs, diffs).load(suggestion);
  }

  @FieldResolver(() => [EvidenceCount], { description: 'Who said so, in numbers; empty for all but curators.' })
  evidenceBySource(@Root() { id }: Suggestion, @Ctx() ctx: HubContext): Promise<EvidenceCount[]> {
    return loader(ctx, evidences, evidences).load(id);
  }

  @FieldResolver(() => [String], {
    description: 'What was added in words, the latest first, at most 20; empty for all but curators.',
  })
  notes(@Root() { id }: Suggestion, @Ctx() ctx: HubContext): Promise<string[]> {
    return loader(ctx, notes, notes).load(id);
  }

  @FieldResolver(() => Boolean, { description: 'Whether the viewer may decide on it.' })
  viewerCanDecide(@Root() { status }: Suggestion, @Ctx() ctx: HubContext): boolean {
    return status === 'OPEN' && ctx.caller?.permissions.has('directory.write') === true;
  }
}

/** What suggestions add to listings. */
@Resolver(() => Service)
export class ServiceReports {
  @FieldResolver(() => Int, { description: 'Open reports that something is wrong; 0 for all but those who keep it.' })
  complaints(@Root() service: Service, @Ctx() ctx: HubContext): number {
    return mayKeep(ctx.caller, service) ? service.complaints : 0;
  }
}
