import { sql } from 'kysely';
import { Arg, Args, Ctx, Field, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { Can, load, type HubContext } from '../../access/index.js';
import { PageArgs, type Connection } from '../../platform/graphql/connection.js';
import type { OrderBy } from '../../platform/graphql/keyset.js';
import { Payload, payloadOf } from '../../platform/graphql/payload.js';
import { isoDate, parseDay } from '../calendar-day.js';
import { Service } from '../service/service.entity.js';
import { serviceById } from '../service/service.loaders.js';
import {
  byName,
  selectServices,
  ServiceConnection,
  servicePage,
  type ServiceQuery,
} from '../service/service.queries.js';
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

/** A listing is looked at this many days before it is due. */
const DUE_BEFORE_DAYS = 30;
const byDue: readonly OrderBy[] = [
  { by: 's.next_verification_on', type: 'date', nulls: 'first' },
  { by: 's.id', type: 'uuid' },
];

interface Saved {
  service: Service | null;
}

async function saved(ctx: HubContext, id: Promise<string>): Promise<Saved> {
  return { service: await serviceById(ctx, await id) };
}

function inQueue(query: ServiceQuery, filter: CurationFilter, now: Date): ServiceQuery {
  const until = isoDate((parseDay(now.toISOString()) ?? 0) + DUE_BEFORE_DAYS);
  switch (filter) {
    case 'DUE':
      return query
        .where('s.status', '=', 'active')
        .where((eb) =>
          eb.or([
            eb('s.next_verification_on', '<=', until),
            eb.and([eb('s.next_verification_on', 'is', null), eb('s.assured_date', 'is not', null)]),
          ]),
        );
    case 'NEVER_VERIFIED':
      return query.where('s.status', '=', 'active').where('s.assured_date', 'is', null);
    case 'RETIRED':
      return query.where('s.status', 'in', ['inactive', 'defunct']);
    case 'ALL':
      return query;
  }
}

function named(query: ServiceQuery, text: string | null | undefined): ServiceQuery {
  const part = text?.trim().slice(0, 100);
  if (!part) return query;
  const like = `%${part.replace(/[\\%_]/g, String.raw`\$&`)}%`;
  return query.where(sql<boolean>`(hub.fold(s.name) like hub.fold(${like})
    or s.organization_id in (select o.id from hub.organization o where hub.fold(o.name) like hub.fold(${like})))`);
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
  ): Promise<Connection<Service>> {
    const wanted = filter ?? 'DUE';
    const query = named(inQueue(await selectServices(ctx), wanted, ctx.clock.now()), text);
    return servicePage(ctx, query, wanted === 'DUE' ? byDue : byName, page);
  }

  @Can('listing.write')
  @Query(() => ServiceConnection, { description: 'All listings of the caller’s organization, by name.' })
  async myListings(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: HubContext): Promise<Connection<Service>> {
    const mine = ctx.caller?.organizationId ?? '';
    return servicePage(ctx, (await selectServices(ctx)).where('s.organization_id', '=', mine), byName, page);
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
