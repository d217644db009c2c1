import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { HubContext } from '../access/index.js';
import { Organization, organizationById, StoredFile } from '../identity/index.js';
import { ReferralSide, type Side } from './referral.enums.js';
import { filesOfMessage } from './file/referral-file.js';
import { ReferralMessage } from './referral-history.entity.js';

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

  @FieldResolver(() => [StoredFile], {
    description: 'What was sent along with it; none once the agency may no longer read about the person.',
  })
  files(@Root() message: ReferralMessage, @Ctx() ctx: HubContext): Promise<StoredFile[]> {
    return filesOfMessage(ctx, message.id);
  }

  @FieldResolver(() => Boolean, { description: 'Whether the viewer wrote it.' })
  mine(@Root() message: ReferralMessage, @Ctx() ctx: HubContext): boolean {
    return typeof message.authorUserId === 'string' && message.authorUserId === ctx.caller?.userId;
  }
}
