import { Arg, Ctx, Field, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { Can, type HubContext } from '../../access/index.js';
import { Service, serviceById } from '../../directory/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { once } from '../../platform/graphql/idempotency.js';
import { Payload } from '../../platform/graphql/payload.js';
import { UserError } from '../../platform/graphql/refusal.js';
import { inLanguage } from '../../platform/sentences.js';
import { prepare } from '../prepare-referral.js';
import { previewOf, ReferralPreview } from '../preview.js';
import { Referral } from '../referral.entity.js';
import { referralById } from '../referral.loaders.js';
import { BasketItemInput, PreviewReferralsInput, SendReferralsInput } from './basket.inputs.js';
import { checkItems, demandFresh, reasonOf, sendBasket, type Sent } from './send-basket.js';

@ObjectType({ description: 'What would become of one service on the list.' })
export class BasketPreview {
  @Field(() => Service, { description: 'The service.' })
  service!: Service;

  @Field(() => ReferralPreview, {
    nullable: true,
    description: 'What its agency would see; null when it cannot be asked.',
  })
  preview!: ReferralPreview | null;

  @Field(() => UserError, { nullable: true, description: 'Why it would be left out; null when it would be sent.' })
  leftOut!: UserError | null;
}

@ObjectType({ description: 'What became of one service on the list.' })
export class BasketResult {
  @Field(() => Service, { description: 'The service.' })
  service!: Service;

  @Field(() => Referral, { nullable: true, description: 'The referral that was sent; null when none was.' })
  referral!: Referral | null;

  @Field(() => UserError, { nullable: true, description: 'Why none was sent; null when one was.' })
  leftOut!: UserError | null;
}

@ObjectType({ description: 'The answer to `sendReferrals`.' })
class SendReferralsPayload extends Payload {
  @Field(() => [BasketResult], {
    nullable: true,
    description: 'What became of each service, in the order of the list.',
  })
  results!: BasketResult[] | null;
}

const leftOut = (ctx: HubContext, code: string, message: string): UserError =>
  Object.assign(new UserError(), { code, message: inLanguage(message, ctx.language), field: null });

const serviceOf = async (ctx: HubContext, id: string): Promise<Service> =>
  (await serviceById(ctx, id)) ?? fail.notFound('Service');

async function look(
  ctx: HubContext,
  { patientId, household }: PreviewReferralsInput,
  item: BasketItemInput,
): Promise<BasketPreview> {
  const service = await serviceOf(ctx, item.serviceId);
  try {
    const prepared = await prepare(ctx, { patientId, household, ...item }, 'looked at');
    const preview = await previewOf(ctx, prepared);
    const reason = await demandFresh(ctx, prepared, item).then(() => null, reasonOf);
    return { service, preview, leftOut: reason && leftOut(ctx, reason.code, reason.message) };
  } catch (error) {
    const { code, message } = reasonOf(error);
    return { service, preview: null, leftOut: leftOut(ctx, code, message) };
  }
}

async function resultsOf(ctx: HubContext, sent: readonly Sent[]): Promise<BasketResult[]> {
  const services = await Promise.all(sent.map((one) => serviceOf(ctx, one.serviceId)));
  const referrals = await Promise.all(sent.map(({ referralId: id }) => (id ? referralById(ctx, id) : null)));
  return sent.map(({ code, message }, index) => ({
    service: services[index] ?? fail.notFound('Service'),
    referral: (referrals[index] ?? null) as Referral | null,
    leftOut: code && message ? leftOut(ctx, code, message) : null,
  }));
}

/** Referrals to several services of one list at once. */
@Resolver()
export class BasketResolver {
  @Can('referral.send')
  @Query(() => [BasketPreview], {
    description: 'What each agency of a list would see, on which consent, and which would be left out and why.',
  })
  async previewReferrals(
    @Arg('input', () => PreviewReferralsInput) input: PreviewReferralsInput,
    @Ctx() ctx: HubContext,
  ): Promise<BasketPreview[]> {
    checkItems(input);
    const seen: BasketPreview[] = [];
    for (const item of input.items) seen.push(await look(ctx, input, item));
    return seen;
  }

  @Can('referral.send')
  @Mutation(() => SendReferralsPayload, {
    description: 'Sends to all services of a list that may be sent to, and says of each other why not.',
  })
  async sendReferrals(
    @Arg('input', () => SendReferralsInput) input: SendReferralsInput,
    @Ctx() ctx: HubContext,
  ): Promise<SendReferralsPayload> {
    checkItems(input);
    const send = async () => ({ sent: await sendBasket(ctx, input) });
    const { sent } = await once(ctx, input.idempotencyKey, 'sendReferrals', input, send);
    return { results: await resultsOf(ctx, sent) };
  }
}
