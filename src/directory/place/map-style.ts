import { Ctx, Query, Resolver } from 'type-graphql';
import { Can, type HubContext } from '../../access/index.js';

@Resolver()
export class MapStyleResolver {
  @Can('public')
  @Query(() => String, {
    nullable: true,
    description:
      'Address of the style document (MapLibre style specification 8) that maps are drawn with; null when the client draws its own, which asks no other server.',
  })
  mapStyleUrl(@Ctx() { platform }: HubContext): string | null {
    return platform.config.map?.styleUrl ?? null;
  }
}
