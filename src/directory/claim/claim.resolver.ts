import { Arg, Args, Ctx, Field, FieldResolver, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { Apart, Can, load, type HubContext } from '../../access/index.js';
import { Organization, organizationById } from '../../identity/index.js';
import { connectionOf, PageArgs, type Connection } from '../../platform/graphql/connection.js';
import { fail } from '../../platform/graphql/errors.js';
import { keysetPage } from '../../platform/graphql/keyset.js';
import { Payload, payloadOf } from '../../platform/graphql/payload.js';
import { Service } from '../service/service.entity.js';
import { serviceById } from '../service/service.loaders.js';
import { ClaimStatus, ListingClaim } from './claim.entity.js';
import { ApproveClaimInput, ClaimListingInput, RejectClaimInput } from './claim.inputs.js';
import { claimListing } from './claim-listing.js';
import { approveClaim, rejectClaim } from './decide-claim.js';

const ListingClaimConnection = connectionOf(ListingClaim);
const shape = 'The claim as it stands now.';
const ApproveClaimPayload = payloadOf('ApproveClaim', 'claim', ListingClaim, shape);
const RejectClaimPayload = payloadOf('RejectClaim', 'claim', ListingClaim, shape);

@ObjectType({ description: 'The answer to `claimListing`.' })
export class ClaimListingPayload extends Payload {
  @Field(() => Boolean, { nullable: true, description: 'Whether it was taken down. A curator will look at it.' })
  claimed!: boolean | null;
}

interface ClaimTables {
  'hub.listing_claim': { id: string; status: string; created_at: string };
}

@Resolver(() => ListingClaim)
export class ClaimResolver {
  @Can('directory.write')
  @Query(() => ListingClaimConnection, { description: 'Claims of listings, the oldest first.' })
  async listingClaims(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: HubContext,
    @Arg('status', () => ClaimStatus, { nullable: true, description: 'OPEN when left out.' })
    status?: ClaimStatus | null,
  ): Promise<Connection<ListingClaim>> {
    const em = await ctx.db.em();
    const query = em
      .getKysely<ClaimTables>()
      .selectFrom('hub.listing_claim as c')
      .select('c.id')
      .where('c.status', '=', status ?? 'OPEN');
    const order = [
      { by: 'c.created_at', type: 'timestamptz' },
      { by: 'c.id', type: 'uuid' },
    ] as const;
    const ids = await keysetPage(query, order, page, (row) => row.id);
    const rows = await em.find(ListingClaim, { id: { $in: ids.edges.map(({ node }) => node) } });
    const byId = new Map(rows.map((row) => [row.id, row]));
    const edges = ids.edges.flatMap(({ cursor, node }) => {
      const found = byId.get(node);
      return found ? [{ cursor, node: found }] : [];
    });
    return { edges, pageInfo: ids.pageInfo };
  }

  @Can('public')
  @Apart()
  @Mutation(() => ClaimListingPayload, {
    description: 'Says that a listing is of the sender’s agency. Nothing changes before a curator looked.',
  })
  async claimListing(@Arg('input', () => ClaimListingInput) input: ClaimListingInput, @Ctx() ctx: HubContext) {
    await claimListing(ctx, input);
    return { claimed: true };
  }

  @Can('directory.write')
  @Mutation(() => ApproveClaimPayload, { description: 'Hands a listing to those who claimed it.' })
  async approveClaim(@Arg('input', () => ApproveClaimInput) input: ApproveClaimInput, @Ctx() ctx: HubContext) {
    return { claim: await load(ctx, ListingClaim, await approveClaim(ctx, input)) };
  }

  @Can('directory.write')
  @Mutation(() => RejectClaimPayload, { description: 'Turns a claim down.' })
  async rejectClaim(@Arg('input', () => RejectClaimInput) input: RejectClaimInput, @Ctx() ctx: HubContext) {
    return { claim: await load(ctx, ListingClaim, await rejectClaim(ctx, input)) };
  }

  @FieldResolver(() => Service, { description: 'The listing.' })
  async service(@Root() { serviceId }: ListingClaim, @Ctx() ctx: HubContext): Promise<Service> {
    return (await serviceById(ctx, serviceId)) ?? fail.notFound('Service');
  }

  @FieldResolver(() => Organization, {
    nullable: true,
    description: 'The agency of whoever asked while signed in; null for no account.',
  })
  claimant(@Root() { claimantOrgId }: ListingClaim, @Ctx() ctx: HubContext): Promise<Organization | null> | null {
    return claimantOrgId ? organizationById(ctx, claimantOrgId) : null;
  }
}
