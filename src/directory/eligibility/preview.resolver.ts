import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { Can, load, type HubContext } from '../../access/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { Service } from '../service/service.entity.js';
import { previewRules } from './preview.js';
import { EligibilityPreview } from './preview.types.js';
import { MOST_RULES } from './rules.js';
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
    @Arg('rules', () => [EligibilityRuleInput], { description: 'At most 30. All of them must hold.' })
    rules: EligibilityRuleInput[],
    @Ctx() ctx: HubContext,
  ): Promise<EligibilityPreview> {
    if (rules.length > MOST_RULES) fail.badInput('rules', `at most ${MOST_RULES} are expected`);
    return previewRules(ctx, await load(ctx, Service, serviceId), rules);
  }
}
