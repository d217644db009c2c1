import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { HubContext } from '../../access/index.js';
import { Contact, Phone, Url } from '../detail/contact.entities.js';
import {
  CostOption,
  Funding,
  RequiredDocument,
  ServiceArea,
  ServiceCapacity,
  SpokenLanguage,
} from '../detail/offer.entities.js';
import { Schedule } from '../detail/schedule.entity.js';
import { isConfidential, Service } from './service.entity.js';
import { numbersToCall } from './numbers-to-call.js';
import {
  capacitiesOfService,
  contactsOfService,
  costOptionsOfService,
  fundingOfService,
  languagesOfService,
  phonesOfService,
  requiredDocumentsOfService,
  schedulesOfService,
  serviceAreasOfService,
  urlsOfService,
} from './service.loaders.js';

/** The HSDS tables that hang on a service. */
@Resolver(() => Service)
export class ServiceParts {
  @FieldResolver(() => [Phone], { description: 'Numbers of the service itself.' })
  phones(@Root() service: Service, @Ctx() ctx: HubContext): Promise<readonly Phone[]> {
    return phonesOfService(ctx, service.id);
  }

  @FieldResolver(() => [Phone], {
    description:
      'Numbers to try, the best one first: those of the service itself; where it has none, those of its places, else those of its agency.',
  })
  numbersToCall(@Root() service: Service, @Ctx() ctx: HubContext): Promise<readonly Phone[]> {
    return numbersToCall(ctx, service);
  }

  @FieldResolver(() => [Schedule], { description: 'When the service itself is open.' })
  schedules(@Root() service: Service, @Ctx() ctx: HubContext): Promise<readonly Schedule[]> {
    return schedulesOfService(ctx, service.id);
  }

  @FieldResolver(() => [ServiceArea], {
    description: 'Where people must live; empty when that does not matter or is not known.',
  })
  serviceAreas(@Root() service: Service, @Ctx() ctx: HubContext): Promise<readonly ServiceArea[]> {
    return serviceAreasOfService(ctx, service.id);
  }

  @FieldResolver(() => [SpokenLanguage], { description: 'What is spoken.' })
  languages(@Root() service: Service, @Ctx() ctx: HubContext): Promise<readonly SpokenLanguage[]> {
    return languagesOfService(ctx, service.id);
  }

  @FieldResolver(() => [CostOption], { description: 'What it costs.' })
  costOptions(@Root() service: Service, @Ctx() ctx: HubContext): Promise<readonly CostOption[]> {
    return costOptionsOfService(ctx, service.id);
  }

  @FieldResolver(() => [RequiredDocument], { description: 'What to bring.' })
  requiredDocuments(@Root() service: Service, @Ctx() ctx: HubContext): Promise<readonly RequiredDocument[]> {
    return requiredDocumentsOfService(ctx, service.id);
  }

  @FieldResolver(() => [Contact], { description: 'Whom to speak to; nobody where the place must stay secret.' })
  contacts(@Root() service: Service, @Ctx() ctx: HubContext): Promise<readonly Contact[]> | [] {
    return isConfidential(service) ? [] : contactsOfService(ctx, service.id);
  }

  @FieldResolver(() => [Url], { description: 'Further web pages.' })
  additionalUrls(@Root() service: Service, @Ctx() ctx: HubContext): Promise<readonly Url[]> {
    return urlsOfService(ctx, service.id);
  }

  @FieldResolver(() => [Funding], { description: 'Who pays for it.' })
  funding(@Root() service: Service, @Ctx() ctx: HubContext): Promise<readonly Funding[]> {
    return fundingOfService(ctx, service.id);
  }

  @FieldResolver(() => [ServiceCapacity], { description: 'Room counted in units such as beds.' })
  capacities(@Root() service: Service, @Ctx() ctx: HubContext): Promise<readonly ServiceCapacity[]> {
    return capacitiesOfService(ctx, service.id);
  }
}
