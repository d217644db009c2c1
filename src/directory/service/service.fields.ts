import type { GraphQLResolveInfo } from 'graphql';
import { Args, Arg, Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import type { HubContext } from '../../access/index.js';
import { Organization, shownOrganization } from '../../identity/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { PageArgs, type Connection } from '../../platform/graphql/connection.js';
import { DateTimeISO } from '../../platform/graphql/scalars.js';
import { fieldsAt } from '../../platform/graphql/selection.js';
import { categoriesOfCodes, SdohCategory } from '../category.js';
import { EligibilityRule } from '../eligibility/rule.types.js';
import { Program, TaxonomyTerm } from '../detail/offer.entities.js';
import { programById } from '../detail/record.loaders.js';
import { ServiceAtLocation } from '../place/place.entities.js';
import { sitesOfService } from '../place/place.loaders.js';
import { HoursGroup, OpenState, openStateOf, weekHoursOf } from './hours.js';
import { FieldChange, FieldChangeConnection, historyOf } from './history.js';
import { isConfidential, Service } from './service.entity.js';
import { fromHsdsStatus, ServiceStatus } from './service.enums.js';
import { termsOfService } from './service.loaders.js';
import { mayKeep, mayRetire } from './service.policy.js';
import { FieldAge, fieldAgesOf } from '../verification/field-ages.js';
import { Capacity, capacityOf, eligibilityRulesOf, Freshness, freshnessOf } from './state.js';

/** What a listing says of itself beyond its own columns. */
@Resolver(() => Service)
export class ServiceFields {
  @FieldResolver(() => ServiceStatus, { description: 'Whether it is offered.' })
  status(@Root() service: Service): ServiceStatus {
    return fromHsdsStatus(service.status);
  }

  @FieldResolver(() => Organization, { description: 'The agency that offers it.' })
  organization(
    @Root() service: Service,
    @Ctx() ctx: HubContext,
    @Info() info: GraphQLResolveInfo,
  ): Organization | Promise<Organization> {
    const found = shownOrganization(ctx, service.organizationId, fieldsAt(info));
    if (found instanceof Promise) return found.then((one) => one ?? fail.notFound('Organization'));
    return found ?? fail.notFound('Organization');
  }

  @FieldResolver(() => Program, { nullable: true, description: 'The programme it belongs to.' })
  program(@Root() service: Service, @Ctx() ctx: HubContext): Promise<Program | null> | null {
    return service.programId ? programById(ctx, service.programId) : null;
  }

  @FieldResolver(() => [SdohCategory], { description: 'The needs that it meets.' })
  categories(@Root() service: Service): SdohCategory[] {
    return categoriesOfCodes(service.categories);
  }

  @FieldResolver(() => [TaxonomyTerm], { description: 'The terms that it is filed under.' })
  terms(@Root() service: Service, @Ctx() ctx: HubContext): Promise<readonly TaxonomyTerm[]> {
    return termsOfService(ctx, service.id);
  }

  @FieldResolver(() => [EligibilityRule], { description: 'Who it is for, rule by rule; every rule must hold.' })
  eligibilityRules(@Root() service: Service): EligibilityRule[] {
    return eligibilityRulesOf(service);
  }

  @FieldResolver(() => [ServiceAtLocation], {
    description: 'Where it is given; empty where the place must stay secret.',
  })
  sites(@Root() service: Service, @Ctx() ctx: HubContext): Promise<readonly ServiceAtLocation[]> | [] {
    return isConfidential(service) ? [] : sitesOfService(ctx, service.id);
  }

  @FieldResolver(() => Capacity, { description: 'Whether there is room, by the last word of the agency.' })
  capacity(@Root() service: Service, @Ctx() ctx: HubContext): Capacity {
    return capacityOf(service, ctx.clock.now());
  }

  @FieldResolver(() => OpenState, { description: 'Whether it is open, now or at a time.' })
  openState(
    @Root() service: Service,
    @Ctx() ctx: HubContext,
    @Arg('at', () => DateTimeISO, { nullable: true, description: 'The moment; now when left out.' }) at?: Date | null,
  ): Promise<OpenState> {
    return openStateOf(ctx, service, at ?? ctx.clock.now());
  }

  @FieldResolver(() => [HoursGroup], { description: 'The usual week; empty when its hours are not known.' })
  weekHours(@Root() service: Service, @Ctx() ctx: HubContext): Promise<HoursGroup[]> {
    return weekHoursOf(ctx, service);
  }

  @FieldResolver(() => Freshness, { description: 'When it was confirmed last, and when it is due again.' })
  freshness(@Root() service: Service, @Ctx() ctx: HubContext): Promise<Freshness> {
    return freshnessOf(ctx, service);
  }

  @FieldResolver(() => [FieldAge], {
    description: 'How old what it says is, group by group: hours and numbers age faster than a name.',
  })
  async fieldAges(@Root() service: Service, @Ctx() ctx: HubContext): Promise<FieldAge[]> {
    return fieldAgesOf(ctx, service, (await freshnessOf(ctx, service)).verifiedBy);
  }

  @FieldResolver(() => FieldChangeConnection, { description: 'What was changed, field by field, newest first.' })
  history(
    @Root() service: Service,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: HubContext,
  ): Promise<Connection<FieldChange>> {
    return historyOf(ctx, service, page);
  }

  @FieldResolver(() => Boolean, { description: 'Whether the viewer may correct it.' })
  viewerCanCorrect(@Root() service: Service, @Ctx() ctx: HubContext): boolean {
    return mayKeep(ctx.caller, service);
  }

  @FieldResolver(() => Boolean, { description: 'Whether the viewer may confirm it.' })
  viewerCanVerify(@Root() service: Service, @Ctx() ctx: HubContext): boolean {
    return mayKeep(ctx.caller, service);
  }

  @FieldResolver(() => Boolean, { description: 'Whether the viewer may say if there is room.' })
  viewerCanSetCapacity(@Root() service: Service, @Ctx() ctx: HubContext): boolean {
    return mayKeep(ctx.caller, service);
  }

  @FieldResolver(() => Boolean, { description: 'Whether the viewer may take it out of the directory.' })
  viewerCanRetire(@Root() service: Service, @Ctx() ctx: HubContext): boolean {
    return mayRetire(ctx.caller);
  }
}
