import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { HubContext } from '../../access/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { Phone } from '../detail/contact.entities.js';
import { SpokenLanguage } from '../detail/offer.entities.js';
import { Schedule } from '../detail/schedule.entity.js';
import { Accessibility, Address, Location, ServiceAtLocation } from './place.entities.js';
import {
  accessibilityOfLocation,
  addressesOfLocation,
  languagesOfLocation,
  locationById,
  phonesOfLocation,
  phonesOfSite,
  schedulesOfLocation,
  schedulesOfSite,
} from './place.loaders.js';

@Resolver(() => Location)
export class LocationFields {
  @FieldResolver(() => [Address], { description: 'Where it is.' })
  addresses(@Root() location: Location, @Ctx() ctx: HubContext): Promise<readonly Address[]> {
    return addressesOfLocation(ctx, location.id);
  }

  @FieldResolver(() => [Phone], { description: 'Numbers of the place itself.' })
  phones(@Root() location: Location, @Ctx() ctx: HubContext): Promise<readonly Phone[]> {
    return phonesOfLocation(ctx, location.id);
  }

  @FieldResolver(() => [Schedule], { description: 'When the place is open.' })
  schedules(@Root() location: Location, @Ctx() ctx: HubContext): Promise<readonly Schedule[]> {
    return schedulesOfLocation(ctx, location.id);
  }

  @FieldResolver(() => [SpokenLanguage], { description: 'What is spoken there.' })
  languages(@Root() location: Location, @Ctx() ctx: HubContext): Promise<readonly SpokenLanguage[]> {
    return languagesOfLocation(ctx, location.id);
  }

  @FieldResolver(() => [Accessibility], { description: 'How it can be reached and used by people with a disability.' })
  accessibility(@Root() location: Location, @Ctx() ctx: HubContext): Promise<readonly Accessibility[]> {
    return accessibilityOfLocation(ctx, location.id);
  }
}

@Resolver(() => ServiceAtLocation)
export class ServiceAtLocationFields {
  @FieldResolver(() => Location, { description: 'The place.' })
  async location(@Root() site: ServiceAtLocation, @Ctx() ctx: HubContext): Promise<Location> {
    return (await locationById(ctx, site.locationId)) ?? fail.notFound('Location');
  }

  @FieldResolver(() => [Phone], { description: 'Numbers of the service at this place.' })
  phones(@Root() site: ServiceAtLocation, @Ctx() ctx: HubContext): Promise<readonly Phone[]> {
    return phonesOfSite(ctx, site.id);
  }

  @FieldResolver(() => [Schedule], { description: 'When the service is open at this place.' })
  schedules(@Root() site: ServiceAtLocation, @Ctx() ctx: HubContext): Promise<readonly Schedule[]> {
    return schedulesOfSite(ctx, site.id);
  }
}
