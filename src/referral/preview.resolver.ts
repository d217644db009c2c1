import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { Can, type HubContext } from '../access/index.js';
import { failure } from '../platform/graphql/errors.js';
import { Refusal } from '../platform/graphql/refusal.js';
import { prepare } from './prepare-referral.js';
import { previewOf, ReferralPreview } from './preview.js';
import { PreviewReferralInput } from './referral.inputs.js';

@Resolver()
export class ReferralPreviewResolver {
  @Can('referral.send')
  @Query(() => ReferralPreview, {
    description: 'What would be shared with whom, on which consent, before anything is sent.',
  })
  async previewReferral(
    @Arg('input', () => PreviewReferralInput) input: PreviewReferralInput,
    @Ctx() ctx: HubContext,
  ): Promise<ReferralPreview> {
    const prepared = await prepare(ctx, input, 'looked at').catch((error: unknown) => {
      throw error instanceof Refusal ? failure('BAD_USER_INPUT', error.message, { reason: error.code }) : error;
    });
    return previewOf(ctx, prepared);
  }
}
