import { Arg, Ctx, Field, FieldResolver, Mutation, ObjectType, Resolver, Root } from 'type-graphql';
import { Can, manyBy, where, type HubContext } from '../../access/index.js';
import { handOver } from '../../identity/index.js';
import { Payload, payloadOf, type PayloadShape } from '../../platform/graphql/payload.js';
import { Screening } from '../screening.entity.js';
import { handOverScreening, makeScreeningLink, revokePass } from './make-pass.js';
import { ScreeningPass } from './screening-pass.entity.js';
import { HandOverScreeningInput, RevokeScreeningPassInput, SendScreeningLinkInput } from './sheet.types.js';

@ObjectType({ description: 'The answer to `handOverScreening`.' })
class HandOverScreeningPayload extends Payload {
  @Field(() => String, { nullable: true, description: 'The token of the pass: the page with the questions takes it.' })
  token!: string | null;
}

@ObjectType({ description: 'The answer to `sendScreeningLink`.' })
class SendScreeningLinkPayload extends Payload {
  @Field(() => ScreeningPass, { nullable: true, description: 'The pass behind the link.' })
  pass!: ScreeningPass | null;

  @Field(() => String, { nullable: true, description: 'The link, this once; null when it was sent.' })
  link!: string | null;
}

const RevokeScreeningPassPayload = payloadOf(
  'RevokeScreeningPass',
  'screening',
  Screening,
  'The screening as it stands now.',
);

const passesOf = manyBy<ScreeningPass>(
  async (ctx, screeningIds) => {
    const mine = { $and: [{ screeningId: { $in: [...screeningIds] } }, where(ctx, ScreeningPass)] };
    return (await ctx.db.em()).find(ScreeningPass, mine, { orderBy: { createdAt: 'desc', id: 'desc' } });
  },
  (pass) => pass.screeningId,
);

@Resolver(() => Screening)
export class ScreeningPassResolver {
  @Can('screening.write')
  @Mutation(() => HandOverScreeningPayload, {
    description: 'Gives the device to the patient: the caller’s session on it ends, and only this screening is left.',
  })
  async handOverScreening(
    @Arg('input', () => HandOverScreeningInput) input: HandOverScreeningInput,
    @Ctx() ctx: HubContext,
  ): Promise<HandOverScreeningPayload> {
    const { token } = await handOverScreening(ctx, input.screeningId);
    await handOver(ctx);
    return { token };
  }

  @Can('screening.write')
  @Mutation(() => SendScreeningLinkPayload, { description: 'Makes a link by which the patient answers alone.' })
  async sendScreeningLink(
    @Arg('input', () => SendScreeningLinkInput) input: SendScreeningLinkInput,
    @Ctx() ctx: HubContext,
  ): Promise<SendScreeningLinkPayload> {
    return makeScreeningLink(ctx, input);
  }

  @Can('screening.write')
  @Mutation(() => RevokeScreeningPassPayload, { description: 'Calls a pass back: it works no more.' })
  async revokeScreeningPass(
    @Arg('input', () => RevokeScreeningPassInput) input: RevokeScreeningPassInput,
    @Ctx() ctx: HubContext,
  ): Promise<PayloadShape<'screening', Screening>> {
    return { screening: await revokePass(ctx, input.id) };
  }

  @FieldResolver(() => [ScreeningPass], { description: 'How the patient may answer alone, the latest first.' })
  async passes(@Root() screening: Screening, @Ctx() ctx: HubContext): Promise<readonly ScreeningPass[]> {
    return passesOf(ctx, screening.id);
  }
}
