import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Can, type HubContext } from '../access/index.js';
import { Organization, organizationById } from '../identity/index.js';
import { payloadOf } from '../platform/graphql/payload.js';
import { ReferralSide, type Side } from './referral.enums.js';
import { filesOfMessage } from './file/referral-file.js';
import { MessageFile, showPaper, ShowPaperInput } from './file/show-paper.js';
import { ReferralMessage } from './referral-history.entity.js';

const ShowPaperPayload = payloadOf('ShowPaper', 'file', MessageFile, 'The file as it is shown now.');

@Resolver(() => ReferralMessage)
export class ReferralMessageFields {
  @FieldResolver(() => Organization, { description: 'Whose side wrote it.' })
  authorOrganization(@Root() message: ReferralMessage, @Ctx() ctx: HubContext): Promise<Organization | null> {
    return organizationById(ctx, message.authorOrgId);
  }

  @FieldResolver(() => ReferralSide, { description: 'Which side wrote it.' })
  side(@Root() message: ReferralMessage): Side {
    return message.authorOrgId === message.fromOrgId ? 'REQUESTER' : 'TARGET';
  }

  @FieldResolver(() => [MessageFile], {
    description: 'What was sent along with it; none once the agency may no longer read about the person.',
  })
  files(@Root() message: ReferralMessage, @Ctx() ctx: HubContext): Promise<MessageFile[]> {
    return filesOfMessage(ctx, message.id);
  }

  @Can('referral.send')
  @Mutation(() => ShowPaperPayload, {
    description:
      'Lets the person see a paper on their own page, or takes it off again. Both sides’ papers; only by the sender.',
  })
  async showPaper(
    @Arg('input', () => ShowPaperInput) input: ShowPaperInput,
    @Ctx() ctx: HubContext,
  ): Promise<{ file: MessageFile }> {
    return { file: await showPaper(ctx, input) };
  }

  @FieldResolver(() => Boolean, { description: 'Whether the viewer wrote it.' })
  mine(@Root() message: ReferralMessage, @Ctx() ctx: HubContext): boolean {
    return typeof message.authorUserId === 'string' && message.authorUserId === ctx.caller?.userId;
  }
}
