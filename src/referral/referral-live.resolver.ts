import { Arg, Ctx, Field, ID, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import { Can } from '../access/can.js';
import type { HubContext } from '../access/context.js';
import { load } from '../access/policy.js';
import { fail } from '../platform/graphql/errors.js';
import { Referral } from './referral.entity.js';
import { auditReferral } from './take-step.js';

@ObjectType({ description: 'A referral that changed just now.' })
export class LiveReferral {
  @Field(() => Referral, {
    nullable: true,
    description: 'The referral as it stands; null when the viewer may no longer see it.',
  })
  referral!: Referral | null;
}

/** A notice carries an id; each subscriber reads the referral anew through its own policy. */
async function current(ctx: HubContext, id: string): Promise<LiveReferral> {
  const referral = await load(ctx, Referral, id).catch(() => null);
  if (referral) auditReferral(ctx, referral, 'referral.live');
  return { referral };
}

async function* only(ids: AsyncIterable<string>, wanted: string | null | undefined): AsyncGenerator<string> {
  for await (const id of ids) if (!wanted || id === wanted) yield id;
}

function organizationOf(ctx: HubContext): string {
  return ctx.caller?.organizationId ?? fail.unauthenticated();
}

@Resolver()
export class ReferralLiveResolver {
  @Can('referral.answer')
  @Subscription(() => LiveReferral, {
    description: 'Each change to a referral in the inbox of the viewer’s agency, as it happens.',
    subscribe: ({ context }: { context: HubContext }) =>
      context.platform.live.subscribe('inbox', organizationOf(context)),
  })
  inboxChanged(@Root() id: string, @Ctx() ctx: HubContext): Promise<LiveReferral> {
    return current(ctx, id);
  }

  @Can('referral.read')
  @Subscription(() => LiveReferral, {
    description: 'Each change to one referral, or to all that the viewer’s organization sent.',
    subscribe: ({ context, args }: { context: HubContext; args: { id?: string | null } }) => {
      const side = context.caller?.permissions.has('referral.send') ? 'sent' : 'inbox';
      return only(context.platform.live.subscribe(side, organizationOf(context)), args.id);
    },
  })
  referralChanged(
    @Root() id: string,
    @Arg('id', () => ID, { nullable: true, description: 'One referral; all that were sent when left out.' })
    _wanted: string | null | undefined,
    @Ctx() ctx: HubContext,
  ): Promise<LiveReferral> {
    return current(ctx, id);
  }
}
