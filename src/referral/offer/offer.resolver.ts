import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  Float,
  ID,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { Can, definePolicy, load, type HubContext } from '../../access/index.js';
import { Patient, patientById } from '../../caseload/index.js';
import { Capacity, Fit, Service, serviceById } from '../../directory/index.js';
import { Organization, organizationById } from '../../identity/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { once } from '../../platform/graphql/idempotency.js';
import { payloadOf } from '../../platform/graphql/payload.js';
import { Referral } from '../referral.entity.js';
import { needIdsOf, referralById } from '../referral.loaders.js';
import { sideOf } from '../take-step.js';
import { stopOffer } from './go-on.js';
import { askedAlready, nextAgencies } from './next-agencies.js';
import { OfferTarget, ReferralOffer } from './offer.entity.js';
import { OfferSkipReason, type SkipReason } from './offer.enums.js';
import { OfferReferralInput, StopReferralOfferInput } from './offer.inputs.js';
import { offerById, targetsOfOffer } from './offer.loaders.js';
import { offerReferral } from './offer-referral.js';

definePolicy(ReferralOffer, {
  read: (caller) => caller.permissions.has('referral.send') && { fromOrgId: caller.organizationId },
});

const OfferReferralPayload = payloadOf('OfferReferral', 'offer', ReferralOffer, 'The offer that was sent.');
const StopReferralOfferPayload = payloadOf('StopReferralOffer', 'offer', ReferralOffer, 'The offer as it stands now.');

@ObjectType({ description: 'An agency that could be asked next.' })
export class NextAgency {
  @Field(() => Service, { description: 'The service that fits.' })
  service!: Service;

  @Field(() => Organization, { description: 'The agency.' })
  to!: Organization;

  @Field(() => Float, { nullable: true, description: 'Miles from where the patient lives.' })
  distanceMiles!: number | null;

  @Field(() => Capacity, { description: 'Whether it has room.' })
  capacity!: Capacity;

  @Field(() => Fit, { nullable: true, description: 'Whether the patient qualifies.' })
  fit!: Fit | null;

  @Field(() => OfferSkipReason, {
    nullable: true,
    description: 'Why the hub would not send it there by itself; null when it may.',
  })
  decideFirst!: SkipReason | null;

  @Field(() => Boolean, {
    description: 'Whether it gives the kind of help that was asked for, and not only other help with the same need.',
  })
  asAsked!: boolean;

  @Field(() => [String], { description: 'Why it stands where it stands, in the locale preferred.' })
  why!: string[];
}

@ObjectType({ description: 'Agencies that help with it and cannot be asked as things are.' })
export class LeftOutAgencies {
  @Field(() => OfferSkipReason, { description: 'What stands in the way.' })
  reason!: SkipReason;

  @Field(() => Int, { description: 'How many of those that were looked at.' })
  count!: number;
}

@ObjectType({ description: 'Who could be asked next.' })
export class NextAgencies {
  @Field(() => [NextAgency], {
    description: 'What gives the help that was asked for first, then other help with the same need; at most 3.',
  })
  agencies!: NextAgency[];

  @Field(() => [LeftOutAgencies], {
    description: 'Whom the list leaves out, so that a person can clear the way; most first.',
  })
  leftOut!: LeftOutAgencies[];
}

const PROPOSED = 3;

/** Several agencies asked at once or one after another, and who to ask next. */
@Resolver(() => ReferralOffer)
export class OfferResolver {
  @Can('referral.send')
  @Mutation(() => OfferReferralPayload, {
    description: 'Asks several agencies for the same help: all at once, or one after another.',
  })
  async offerReferral(
    @Arg('input', () => OfferReferralInput) input: OfferReferralInput,
    @Ctx() ctx: HubContext,
  ): Promise<{ offer: ReferralOffer }> {
    const send = async () => (await offerReferral(ctx, input)).id;
    const id = await once(ctx, input.idempotencyKey, 'offerReferral', input, send);
    return { offer: await load(ctx, ReferralOffer, id) };
  }

  @Can('referral.send')
  @Mutation(() => StopReferralOfferPayload, {
    description: 'Stops an offer: nobody else is asked, and what was not answered is withdrawn.',
  })
  async stopReferralOffer(
    @Arg('input', () => StopReferralOfferInput) input: StopReferralOfferInput,
    @Ctx() ctx: HubContext,
  ): Promise<{ offer: ReferralOffer }> {
    const offer = await load(ctx, ReferralOffer, input.id);
    await stopOffer(ctx, offer);
    return { offer };
  }

  @Can('referral.send')
  @Query(() => ReferralOffer, { description: 'An offer of the viewer’s organization.' })
  async referralOffer(@Arg('id', () => ID) id: string, @Ctx() ctx: HubContext): Promise<ReferralOffer> {
    const offer = await load(ctx, ReferralOffer, id);
    const { patientId } = offer;
    ctx.audit.record({ action: 'referral.read', entity: 'referral', patientId, purpose: 'REFERRAL' });
    return offer;
  }

  @Can('referral.send')
  @Query(() => NextAgencies, {
    description:
      'Agencies to ask next when a referral is stuck, was declined or failed: the kind of help that was asked for first.',
  })
  async nextAgencies(@Arg('referralId', () => ID) referralId: string, @Ctx() ctx: HubContext): Promise<NextAgencies> {
    const referral = (await referralById(ctx, referralId)) ?? fail.notFound('Referral');
    if (sideOf(ctx, referral) !== 'REQUESTER') fail.notFound('Referral');
    const needIds = (await needIdsOf(ctx, referralId)).map((link) => link.need_id);
    if (needIds.length === 0) return { agencies: [], leftOut: [] };
    const { patientId, categories, serviceId, request } = referral;
    const except = await askedAlready(ctx, needIds);
    const asked = { serviceId, request: request ?? null };
    const found = await nextAgencies(ctx, { patientId, needIds, categories, asked, except }, PROPOSED);
    return {
      agencies: found.candidates.flatMap(({ prepared, capacity, fit, distanceMiles, skip, asAsked, why }) =>
        prepared && capacity
          ? [
              {
                service: prepared.service,
                to: prepared.to,
                distanceMiles,
                capacity,
                fit,
                decideFirst: skip,
                asAsked,
                why,
              },
            ]
          : [],
      ),
      leftOut: [...found.leftOut]
        .map(([reason, count]) => ({ reason, count }))
        .toSorted((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1)),
    };
  }

  @FieldResolver(() => [OfferTarget], { description: 'The agencies, in order.' })
  async targets(@Root() offer: ReferralOffer, @Ctx() ctx: HubContext): Promise<readonly OfferTarget[]> {
    return targetsOfOffer(ctx, offer.id);
  }

  @FieldResolver(() => Patient, { nullable: true, description: 'The patient.' })
  patient(@Root() offer: ReferralOffer, @Ctx() ctx: HubContext): Promise<Patient | null> {
    return patientById(ctx, offer.patientId);
  }
}

@Resolver(() => OfferTarget)
export class OfferTargetFields {
  @FieldResolver(() => Boolean, { description: 'Whether the hub chose it, as the sender had allowed.' })
  chosenByHub(@Root() target: OfferTarget): boolean {
    return target.chosenBy === 'HUB';
  }

  @FieldResolver(() => Service, { description: 'The service.' })
  service(@Root() target: OfferTarget, @Ctx() ctx: HubContext): Promise<Service | null> {
    return serviceById(ctx, target.serviceId);
  }

  @FieldResolver(() => Organization, { description: 'The agency.' })
  to(@Root() target: OfferTarget, @Ctx() ctx: HubContext): Promise<Organization | null> {
    return organizationById(ctx, target.toOrgId);
  }

  @FieldResolver(() => Referral, { nullable: true, description: 'Its referral, once it was asked.' })
  async referral(@Root() target: OfferTarget, @Ctx() ctx: HubContext): Promise<object | null> {
    return target.referralId ? referralById(ctx, target.referralId) : null;
  }
}

@Resolver(() => Referral)
export class ReferralOfferField {
  @FieldResolver(() => ReferralOffer, {
    nullable: true,
    description: 'The offer it is part of, when several agencies are asked; only for the sending side.',
  })
  async offer(@Root() referral: Referral, @Ctx() ctx: HubContext): Promise<object | null> {
    const { offerId } = referral;
    return offerId && sideOf(ctx, referral) === 'REQUESTER' ? offerById(ctx, offerId) : null;
  }
}
