import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Apart, Can, loader, type Batch, type HubContext } from '../../access/index.js';
import { beforeLink, organizationById } from '../../identity/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { emailOf } from '../curation/check-input.js';
import { Service } from '../service/service.entity.js';
import { serviceById } from '../service/service.loaders.js';
import { mayKeep } from '../service/service.policy.js';
import { answerVerification } from './answer-verification.js';
import { checkedFields } from './check-page.js';
import { asLink, findLink } from './link.js';
import { requestVerification } from './request-verification.js';
import {
  AnswerVerificationInput,
  AnswerVerificationPayload,
  ListingCheck,
  RequestVerificationInput,
  RequestVerificationPayload,
} from './verification.types.js';
import { VerificationRequest } from './verification-request.entity.js';

/** The letter that was sent last about each listing. */
const lastRequests: Batch<string, VerificationRequest | null> = async (ctx, ids) => {
  const em = await ctx.db.em();
  const rows = await em.find(
    VerificationRequest,
    { serviceId: { $in: [...ids] }, revokedAt: null },
    { orderBy: { createdAt: 'asc' } },
  );
  const last = new Map(rows.map((row) => [row.serviceId, row]));
  return ids.map((id) => last.get(id) ?? null);
};

@Resolver(() => Service)
export class VerificationResolver {
  @Can('public')
  @Query(() => ListingCheck, {
    description: 'The page behind a letter’s link. Reading it changes nothing, however often a mail program opens it.',
  })
  async listingCheck(
    @Arg('token', () => String, { description: 'The token of the link.' }) token: string,
    @Ctx() ctx: HubContext,
  ): Promise<ListingCheck> {
    await beforeLink(ctx);
    const link = (await findLink(ctx, token)) ?? fail.notFound('Link');
    const found = await asLink(ctx, link, async (agency) => {
      const em = await agency.db.em();
      const request = await em.findOne(VerificationRequest, link.id);
      const fields = await checkedFields(agency, link.serviceId);
      return request && fields ? { expiresAt: request.expiresAt, fields } : null;
    });
    const service = await serviceById(ctx, link.serviceId);
    const agency = await organizationById(ctx, link.organizationId);
    if (!found || !service || service.organizationId !== link.organizationId) return fail.notFound('Link');
    return { ...found, service, agency: agency?.name ?? '' };
  }

  @Can('public')
  @Apart()
  @Mutation(() => AnswerVerificationPayload, {
    description: 'Answers a letter by its link, without an account: confirms and corrects one listing.',
  })
  async answerVerification(
    @Arg('input', () => AnswerVerificationInput) input: AnswerVerificationInput,
    @Ctx() ctx: HubContext,
  ) {
    await beforeLink(ctx);
    const { serviceId, waiting } = await answerVerification(ctx, input);
    return { service: await serviceById(ctx, serviceId), waiting };
  }

  @Can('directory.verify')
  @Mutation(() => RequestVerificationPayload, { description: 'Asks agencies to check their listings, by letter.' })
  async requestVerification(
    @Arg('input', () => RequestVerificationInput) input: RequestVerificationInput,
    @Ctx() ctx: HubContext,
  ) {
    const email = emailOf(input.email, 'email') ?? undefined;
    const { requests, withoutAddress } = await requestVerification(ctx, input.serviceIds, email);
    const services = await Promise.all(withoutAddress.map((id) => serviceById(ctx, id)));
    return { requests, withoutAddress: services.filter((service) => service !== null) };
  }

  @FieldResolver(() => VerificationRequest, {
    nullable: true,
    description: 'The last letter that asked the agency to check it; null for all but those who keep the listing.',
  })
  lastRequest(@Root() service: Service, @Ctx() ctx: HubContext): Promise<VerificationRequest | null> | null {
    return mayKeep(ctx.caller, service) ? loader(ctx, lastRequests, lastRequests).load(service.id) : null;
  }
}
