import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Can, type HubContext } from '../../access/index.js';
import { connectionOf, PageArgs, type Connection } from '../../platform/graphql/connection.js';
import { payloadOf } from '../../platform/graphql/payload.js';
import { addSynonym, changeSynonym, removeSynonym } from './edit-synonym.js';
import { Synonym, SynonymChange } from './synonym.entity.js';
import { AddSynonymInput, ChangeSynonymInput, RemoveSynonymInput } from './synonym.inputs.js';
import { synonymChangePage, synonymPage } from './synonym.queries.js';

const SynonymConnection = connectionOf(Synonym, 'SearchSynonym');
const SynonymChangeConnection = connectionOf(SynonymChange);
const shape = 'The synonym as it stands now.';
const AddSynonymPayload = payloadOf('AddSynonym', 'synonym', Synonym, shape);
const ChangeSynonymPayload = payloadOf('ChangeSynonym', 'synonym', Synonym, shape);
const RemoveSynonymPayload = payloadOf('RemoveSynonym', 'synonym', Synonym, 'The synonym as it was.');

@Resolver(() => Synonym)
export class SynonymResolver {
  @Can('directory.write')
  @Query(() => SynonymConnection, { description: 'Synonyms of the search, in the order of the alphabet.' })
  searchSynonyms(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: HubContext,
    @Arg('text', () => String, { nullable: true, description: 'Part of the phrase, or of what it means.' })
    text?: string | null,
    @Arg('language', () => String, { nullable: true, description: 'Only `en` or `es`.' })
    language?: string | null,
  ): Promise<Connection<Synonym>> {
    return synonymPage(ctx, { text: text ?? null, language: language ?? null }, page);
  }

  @Can('directory.write')
  @Query(() => SynonymChangeConnection, { description: 'Who changed which synonym, the latest first.' })
  searchSynonymHistory(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: HubContext,
  ): Promise<Connection<SynonymChange>> {
    return synonymChangePage(ctx, page);
  }

  @Can('directory.write')
  @Mutation(() => AddSynonymPayload, { description: 'Adds a synonym; the search knows it at once.' })
  async addSynonym(@Arg('input', () => AddSynonymInput) input: AddSynonymInput, @Ctx() ctx: HubContext) {
    return { synonym: await addSynonym(ctx, input) };
  }

  @Can('directory.write')
  @Mutation(() => ChangeSynonymPayload, { description: 'Changes what a phrase means; the search knows it at once.' })
  async changeSynonym(@Arg('input', () => ChangeSynonymInput) input: ChangeSynonymInput, @Ctx() ctx: HubContext) {
    return { synonym: await changeSynonym(ctx, input) };
  }

  @Can('directory.write')
  @Mutation(() => RemoveSynonymPayload, {
    description: 'Takes a synonym out. One that came with the hub does not come back with the next release.',
  })
  async removeSynonym(@Arg('input', () => RemoveSynonymInput) input: RemoveSynonymInput, @Ctx() ctx: HubContext) {
    return { synonym: await removeSynonym(ctx, input) };
  }
}

@Resolver(() => SynonymChange)
export class SynonymChangeFields {
  @FieldResolver(() => [String], { description: 'What was looked for before; empty when it is new.' })
  meansBefore(@Root() change: SynonymChange): string[] {
    return change.before?.means ?? [];
  }

  @FieldResolver(() => [String], { description: 'What is looked for since; empty when it was taken out.' })
  meansAfter(@Root() change: SynonymChange): string[] {
    return change.after?.means ?? [];
  }
}
