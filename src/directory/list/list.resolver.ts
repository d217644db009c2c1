import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Apart, Can, type HubContext } from '../../access/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { isConfidential, Service } from '../service/service.entity.js';
import { listedServices } from './listed.js';
import { MailListInput, MailListPayload } from './list.inputs.js';
import { mailList } from './mail-list.js';
import { MOST_LISTED, shortKeyOf } from './short-key.js';

@Resolver(() => Service)
export class ListResolver {
  @Can('public')
  @Query(() => [Service], {
    description:
      'The listings of a list somebody made, by id or by the keys of its address, in order; those that are gone are left out. 20 at most.',
  })
  async listedServices(
    @Ctx() ctx: HubContext,
    @Arg('ids', () => [ID], { nullable: true, description: 'Ids.' }) ids?: string[] | null,
    @Arg('keys', () => [String], { nullable: true, description: 'Keys, as `Service.shortKey` gives them.' })
    keys?: string[] | null,
  ): Promise<Service[]> {
    if ((ids?.length ?? 0) + (keys?.length ?? 0) > MOST_LISTED) {
      fail.badInput('ids', `at most ${MOST_LISTED} are expected`);
    }
    return listedServices(ctx, { ids: ids ?? [], keys: keys ?? [] });
  }

  @Can('public')
  @Apart()
  @Mutation(() => MailListPayload, {
    description: 'Sends a list by mail. Needs no account; 60 lists an hour from one place, 10 a day to one address.',
  })
  async mailList(@Arg('input', () => MailListInput) input: MailListInput, @Ctx() ctx: HubContext) {
    await mailList(ctx, input);
    return { sent: true };
  }

  @FieldResolver(() => String, { description: 'Ten characters that stand for it in the address of a list.' })
  shortKey(@Root() { id }: Service): string {
    return shortKeyOf(id);
  }

  @FieldResolver(() => Boolean, {
    description:
      'Whether others could learn something grave from it: it is named in no letter, and on paper only when asked for.',
  })
  isPrivate(@Root() service: Service): boolean {
    return service.sensitivity !== 'NONE' || isConfidential(service);
  }
}
