import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Can, type HubContext } from '../../access/index.js';
import { Organization, organizationById, userById } from '../../identity/index.js';
import { PageArgs, type Connection } from '../../platform/graphql/connection.js';
import { Access, AccessConnection, type AccessRow } from './access.types.js';
import { actionWords } from './access-words.js';
import { detailWords } from './detail-words.js';
import { listAccesses } from './list-accesses.js';

@Resolver(() => Access)
export class AccessLogResolver {
  @Can('audit.read')
  @Query(() => AccessConnection, { description: 'Who has seen or changed a patient’s record, the latest first.' })
  patientAccesses(
    @Arg('patientId', () => ID) patientId: string,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: HubContext,
  ): Promise<Connection<AccessRow>> {
    return listAccesses(ctx, patientId, page);
  }

  @FieldResolver()
  async actorName(@Root() { actorId, organizationId, via }: AccessRow, @Ctx() ctx: HubContext): Promise<string> {
    const user = actorId ? await userById(ctx, actorId) : null;
    if (user) return user.name;
    if (via === 'TASK') return 'Community Referral Hub';
    return (await organizationById(ctx, organizationId))?.name ?? '';
  }

  @FieldResolver()
  organization(@Root() { organizationId }: AccessRow, @Ctx() ctx: HubContext): Promise<Organization | null> {
    return organizationById(ctx, organizationId);
  }

  @FieldResolver()
  words(@Root() { action }: AccessRow, @Ctx() ctx: HubContext): string {
    return actionWords(action)[ctx.language];
  }

  @FieldResolver()
  detail(@Root() { detail }: AccessRow, @Ctx() ctx: HubContext): string | null {
    const parts = Object.entries(detail ?? {}).map(([name, value]) => detailWords(name, [value].flat())[ctx.language]);
    return parts.length > 0 ? parts.join('; ') : null;
  }
}
