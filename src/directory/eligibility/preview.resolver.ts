import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { Can, load, type HubContext } from '../../access/index.js';
import { Service } from '../service/service.entity.js';
import { previewRules } from './preview.js';
import { EligibilityPreview } from './preview.types.js';
import { EligibilityRuleInput } from './rule.inputs.js';

@Resolver()
export class EligibilityPreviewResolver {
  @Can('directory.write', 'listing.write', 'search.patient')
  @Query(() => EligibilityPreview, {
    description:
      'What rules of who a service is for would mean, before they are saved: in words, what is wrong with them, and whom they shut out.',
  })
  async eligibilityPreview(
    @Arg('serviceId', () => ID, { description: 'The listing.' }) serviceId: string,
    @Arg('rules', () => [EligibilityRuleInput], {
      description: 'At most 100, groups counted whole. All of them must hold.',
    })
    rules: EligibilityRuleInput[],
    @Ctx() ctx: HubContext,
  ): Promise<EligibilityPreview> {
    return previewRules(ctx, await load(ctx, Service, serviceId), rules);
  }
}
