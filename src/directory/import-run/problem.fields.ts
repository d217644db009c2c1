import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { HubContext } from '../../access/index.js';
import { Service } from '../service/service.entity.js';
import { serviceOf } from './decisions.queries.js';
import { ImportProblem } from './import-run.types.js';

@Resolver(() => ImportProblem)
export class ImportProblemFields {
  @FieldResolver(() => Service, {
    nullable: true,
    description:
      'The listing that the row is or hangs on; null when it is not in the directory, as before a trial is confirmed.',
  })
  service(@Root() { serviceId }: ImportProblem, @Ctx() ctx: HubContext): Promise<Service | null> {
    return serviceOf(ctx, serviceId);
  }
}
