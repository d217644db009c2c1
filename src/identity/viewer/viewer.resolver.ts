import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Can, type HubContext } from '../../access/index.js';
import { Organization } from '../organization/organization.entity.js';
import { organizationById } from '../organization/organization.loaders.js';
import { Viewer, viewerOf, ViewerMembership } from './viewer.js';

@Resolver(() => Viewer)
export class ViewerResolver {
  @Can('public')
  @Query(() => Viewer, {
    nullable: true,
    description: 'Who is signed in; null for nobody, and for software with an API key.',
  })
  async viewer(@Ctx() ctx: HubContext): Promise<Viewer | null> {
    const { caller } = ctx;
    return caller?.via === 'SESSION' && caller.credentialId ? viewerOf(ctx.platform, caller.credentialId) : null;
  }

  @FieldResolver(() => Organization, { description: 'Where they work at the moment.' })
  organization(@Root() viewer: Viewer, @Ctx() ctx: HubContext): Promise<Organization | null> {
    return organizationById(ctx, viewer.organizationId);
  }
}

@Resolver(() => ViewerMembership)
export class ViewerMembershipResolver {
  @FieldResolver(() => Organization, { description: 'The organization.' })
  organization(@Root() membership: ViewerMembership, @Ctx() ctx: HubContext): Promise<Organization | null> {
    return organizationById(ctx, membership.organizationId);
  }
}
