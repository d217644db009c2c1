import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Can, type HubContext } from '../../access/index.js';
import { Organization, organizationById } from '../../identity/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { PageArgs, type Connection } from '../../platform/graphql/connection.js';
import { isId } from '../../platform/id.js';
import { Phone } from '../detail/contact.entities.js';
import { useOf } from '../verification/use.js';
import { Location } from '../place/place.entities.js';
import { locationsOfOrganization } from '../place/place.loaders.js';
import { Service } from './service.entity.js';
import { phonesOfOrganization, serviceById } from './service.loaders.js';
import { byName, selectServices, ServiceConnection, servicePage } from './service.queries.js';

@Resolver(() => Service)
export class ServiceResolver {
  @Can('public')
  @Query(() => Service, { description: 'A listing, also one that is no longer offered: its status says so.' })
  async service(@Arg('id', () => ID) id: string, @Ctx() ctx: HubContext): Promise<Service> {
    const service = (isId(id) ? await serviceById(ctx, id) : null) ?? fail.notFound('Service');
    useOf(ctx.platform).opened(service.id);
    return service;
  }
}

/** What the directory adds to organizations. */
@Resolver(() => Organization)
export class OrganizationListing {
  @Can('public')
  @Query(() => Organization, { description: 'An agency of the directory.' })
  async organization(@Arg('id', () => ID) id: string, @Ctx() ctx: HubContext): Promise<Organization> {
    const found = isId(id) ? await organizationById(ctx, id) : null;
    return found?.listed || (found && ctx.caller) ? found : fail.notFound('Organization');
  }

  @FieldResolver(() => [Phone], { description: 'Numbers of the agency itself.' })
  phones(@Root() organization: Organization, @Ctx() ctx: HubContext): Promise<readonly Phone[]> {
    return phonesOfOrganization(ctx, organization.id);
  }

  @FieldResolver(() => [Location], { description: 'Its places, but for those that must stay secret.' })
  locations(@Root() organization: Organization, @Ctx() ctx: HubContext): Promise<readonly Location[]> {
    return locationsOfOrganization(ctx, organization.id);
  }

  @FieldResolver(() => ServiceConnection, { description: 'What it offers now, by name.' })
  async services(
    @Root() organization: Organization,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: HubContext,
  ): Promise<Connection<Service>> {
    const query = (await selectServices(ctx)).where('s.organization_id', '=', organization.id);
    return servicePage(ctx, query.where('s.status', 'in', ['active', 'temporarily closed']), byName, page);
  }
}
