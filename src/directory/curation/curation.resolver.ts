import { Arg, Args, Ctx, Field, ID, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { Can, load, type HubContext } from '../../access/index.js';
import { PageArgs, type Connection } from '../../platform/graphql/connection.js';
import { Payload, payloadOf } from '../../platform/graphql/payload.js';
import { Service } from '../service/service.entity.js';
import { serviceById } from '../service/service.loaders.js';
import { byName, selectServices, ServiceConnection, servicePage } from '../service/service.queries.js';
import { Suggestion } from '../suggestion/suggestion.entity.js';
import { addService } from './add-service.js';
import { correctService } from './correct-service.js';
import {
  AddServiceInput,
  CorrectServiceInput,
  CurationFilter,
  RetireServiceInput,
  SetCapacityInput,
  UndoChangeInput,
  VerifyServiceInput,
} from './curation.inputs.js';
import { retireService, setCapacity, verifyService } from './keep-service.js';
import { CurationOrder, inCounty, inQueue, named, orderOf } from './queue.js';
import { undoChange } from './undo-change.js';

const shape = 'The listing as it stands now.';
const AddServicePayload = payloadOf('AddService', 'service', Service, shape);
const VerifyServicePayload = payloadOf('VerifyService', 'service', Service, shape);
const RetireServicePayload = payloadOf('RetireService', 'service', Service, shape);
const SetCapacityPayload = payloadOf('SetCapacity', 'service', Service, shape);
const UndoChangePayload = payloadOf('UndoChange', 'service', Service, shape);

@ObjectType({ description: 'The answer to `correctService`.' })
export class CorrectServicePayload extends Payload {
  @Field(() => Service, { nullable: true, description: shape })
  service!: Service | null;

  @Field(() => Suggestion, {
    nullable: true,
    description: 'What a curator has to look at first: an agency’s word on what is sensitive. null when nothing is.',
  })
  suggestion!: Suggestion | null;
}

interface Saved {
  service: Service | null;
}

async function saved(ctx: HubContext, id: Promise<string>): Promise<Saved> {
  return { service: await serviceById(ctx, await id) };
}

@Resolver(() => Service)
export class CurationResolver {
  @Can('directory.write')
  @Query(() => ServiceConnection, { description: 'Listings to look after.' })
  async curationQueue(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: HubContext,
    @Arg('filter', () => CurationFilter, { nullable: true, description: 'DUE when left out.' })
    filter?: CurationFilter | null,
    @Arg('text', () => String, { nullable: true, description: 'Part of the name of the listing or its agency.' })
    text?: string | null,
    @Arg('order', () => CurationOrder, {
      nullable: true,
      description: 'What comes first; as fits the filter when left out.',
    })
    order?: CurationOrder | null,
    @Arg('county', () => String, { nullable: true, description: 'Only of this county, such as `MD/Howard`.' })
    county?: string | null,
    @Arg('organizationId', () => ID, { nullable: true, description: 'Only of this agency.' })
    organizationId?: string | null,
  ): Promise<Connection<Service>> {
    const wanted = filter ?? 'DUE';
    const queue = inCounty(named(inQueue(await selectServices(ctx), wanted, ctx.clock.now()), text), county);
    const query = organizationId ? queue.where('s.organization_id', '=', organizationId) : queue;
    return servicePage(ctx, query, orderOf(wanted, order), page);
  }

  @Can('listing.write')
  @Query(() => ServiceConnection, { description: 'All listings of the caller’s organization, by name.' })
  async myListings(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: HubContext): Promise<Connection<Service>> {
    const mine = ctx.caller?.organizationId ?? '';
    return servicePage(
      ctx,
      (await selectServices(ctx)).where('s.organization_id', '=', mine).where('s.merged_into', 'is', null),
      byName,
      page,
    );
  }

  @Can('directory.write')
  @Mutation(() => AddServicePayload, { description: 'Adds a listing to the directory.' })
  addService(@Arg('input', () => AddServiceInput) input: AddServiceInput, @Ctx() ctx: HubContext): Promise<Saved> {
    return saved(ctx, addService(ctx, input));
  }

  @Can('directory.write', 'listing.write')
  @Mutation(() => CorrectServicePayload, {
    description: 'Corrects a listing; agencies only their own, and what is sensitive of it waits for a curator.',
  })
  async correctService(
    @Arg('input', () => CorrectServiceInput) input: CorrectServiceInput,
    @Ctx() ctx: HubContext,
  ): Promise<CorrectServicePayload> {
    const { serviceId, suggestionId } = await correctService(ctx, input);
    const suggestion = suggestionId === null ? null : await load(ctx, Suggestion, suggestionId);
    return { service: await serviceById(ctx, serviceId), suggestion };
  }

  @Can('directory.write', 'listing.write')
  @Mutation(() => UndoChangePayload, {
    description: 'Takes one change of a listing back; agencies only of their own, and nothing that is sensitive.',
  })
  undoChange(@Arg('input', () => UndoChangeInput) input: UndoChangeInput, @Ctx() ctx: HubContext): Promise<Saved> {
    return saved(ctx, undoChange(ctx, input));
  }

  @Can('directory.write', 'listing.write')
  @Mutation(() => VerifyServicePayload, { description: 'Confirms that a listing is right; agencies only their own.' })
  verifyService(
    @Arg('input', () => VerifyServiceInput) input: VerifyServiceInput,
    @Ctx() ctx: HubContext,
  ): Promise<Saved> {
    return saved(ctx, verifyService(ctx, input));
  }

  @Can('directory.write')
  @Mutation(() => RetireServicePayload, { description: 'Takes a listing out of the directory.' })
  retireService(
    @Arg('input', () => RetireServiceInput) input: RetireServiceInput,
    @Ctx() ctx: HubContext,
  ): Promise<Saved> {
    return saved(ctx, retireService(ctx, input));
  }

  @Can('directory.write', 'listing.write')
  @Mutation(() => SetCapacityPayload, {
    description: 'Says whether there is room; agencies only of their own listings.',
  })
  setCapacity(@Arg('input', () => SetCapacityInput) input: SetCapacityInput, @Ctx() ctx: HubContext): Promise<Saved> {
    return saved(ctx, setCapacity(ctx, input));
  }
}
