import { GraphQLError } from 'graphql';
import { Arg, Ctx, Field, ID, Int, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import { Can, load, type HubContext } from '../access/index.js';
import { fail } from '../platform/graphql/errors.js';
import { ANYTHING } from '../platform/live/heard.js';
import { Since } from '../platform/live/since.js';
import { auditReferral } from './audit-referral.js';
import { newsOf, type News } from './inbox-news.js';
import { Referral } from './referral.entity.js';

@ObjectType({ description: 'A referral that changed just now.' })
export class LiveReferral {
  @Field(() => Referral, {
    nullable: true,
    description:
      'The referral as it stands; null when the viewer may no longer see it, or when nobody knows what changed since.',
  })
  referral!: Referral | null;
}

@ObjectType({
  description: 'What happened in an inbox since the last time, without whom it is about; at most once a second.',
})
export class InboxNews implements News {
  @Field(() => Int, { description: 'How many referrals came in.' })
  arrived!: number;

  @Field(() => [ID], { description: 'Others that changed, the first 100 of them.' })
  changed!: string[];

  @Field(() => Boolean, { description: 'Whether the hub is behind, so that news come late.' })
  behind!: boolean;

  @Field(() => Boolean, { description: 'Whether more may have happened than is said here.' })
  missed!: boolean;
}

/** A notice carries an id; each subscriber reads the referral anew through its own policy. */
async function current(ctx: HubContext, id: string): Promise<LiveReferral> {
  if (id === ANYTHING) return { referral: null };
  const referral = await load(ctx, Referral, id).catch((error: unknown) => {
    if (error instanceof GraphQLError && error.extensions['code'] === 'NOT_FOUND') return null;
    throw error;
  });
  if (referral) auditReferral(ctx, referral, 'referral.live');
  return { referral };
}

/** The ids that are `wanted`. By hand, not a generator: its `return()` would wait for a notice that may never come. */
function only(ids: AsyncIterableIterator<string>, wanted: string): AsyncIterableIterator<string> {
  const chosen: AsyncIterableIterator<string> = {
    async next() {
      for (;;) {
        const item = await ids.next();
        if (item.done || item.value === wanted || item.value === ANYTHING) return item;
      }
    },
    return: async (value?: unknown) => (await ids.return?.(value)) ?? { done: true, value: undefined },
    [Symbol.asyncIterator]: () => chosen,
  };
  return chosen;
}

const organizationOf = (ctx: HubContext): string => ctx.caller?.organizationId ?? fail.unauthenticated();

interface Subscribing {
  context: HubContext;
  args: { id?: string | null; since?: string | null };
}

/** NOT_FOUND at once for a referral that the caller may not see, rather than a stream that never says anything. */
async function changes({ context, args }: Subscribing): Promise<AsyncIterableIterator<string>> {
  if (args.id) await load(context, Referral, args.id);
  const side = context.caller?.permissions.has('referral.send') ? 'sent' : 'inbox';
  const ids = context.platform.live.subscribe(side, organizationOf(context), args.since);
  return args.id ? only(ids, args.id) : ids;
}

@Resolver()
export class ReferralLiveResolver {
  @Can('referral.answer')
  @Subscription(() => LiveReferral, {
    description: 'Each change to a referral in the inbox of the viewer’s agency, as it happens.',
    subscribe: ({ context }: Subscribing) => context.platform.live.subscribe('inbox', organizationOf(context)),
  })
  inboxChanged(@Root() id: string, @Ctx() ctx: HubContext): Promise<LiveReferral> {
    return current(ctx, id);
  }

  @Can('referral.answer')
  @Subscription(() => InboxNews, {
    description:
      'That something happened in the inbox of the viewer’s agency: what came within a second is told at once.',
    subscribe: ({ context, args }: Subscribing) => newsOf(context.platform, organizationOf(context), args.since),
  })
  inboxNews(@Root() news: News, @Since() _since?: string | null): InboxNews {
    return news;
  }

  @Can('referral.read')
  @Subscription(() => LiveReferral, {
    description:
      'Each change to one referral, or to all of the viewer’s side: those that a care organization sent, those that an agency received.',
    subscribe: changes,
  })
  referralChanged(
    @Root() id: string,
    @Arg('id', () => ID, { nullable: true, description: 'One referral; all of the viewer’s side when left out.' })
    _wanted: string | null | undefined,
    @Since() _since: string | null | undefined,
    @Ctx() ctx: HubContext,
  ): Promise<LiveReferral> {
    return current(ctx, id);
  }
}
