import { createHash } from 'node:crypto';
import { isSensitive, sensitivityOf, type Sensitivity } from '../../access/sensitivity.js';
import { languageOf, type HubContext } from '../../access/index.js';
import { statementOf } from '../../caseload/index.js';
import { Service } from '../../directory/index.js';
import { Organization } from '../../identity/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { refuse } from '../../platform/graphql/refusal.js';
import type { SelfStatementInput } from './self.inputs.js';

/** Long enough for help to begin; whoever needs longer asks again. */
const DAYS = 90;
const DISCLOSER = 'Community Referral Hub';

/** A service that somebody can ask for themselves, and the agency that reads it. */
export async function askable(ctx: HubContext, serviceId: string): Promise<{ service: Service; to: Organization }> {
  const em = await ctx.db.em();
  const service = (await em.findOne(Service, { id: serviceId })) ?? fail.notFound('Service');
  const to = await em.findOneOrFail(Organization, { id: service.organizationId });
  const open = service.status === 'active' && !to.retiredAt && service.takesReferrals;
  // Records of substance use treatment ask for a form of their own.
  if (!open || service.sensitivity === 'SUBSTANCE_USE') {
    refuse('CALL_THEM', 'This help cannot be asked for here. Please call them.', 'serviceId');
  }
  return { service, to };
}

/** What the person agrees to: the text of the consent model, for this agency and these kinds of need. */
export async function selfStatement(ctx: HubContext, input: SelfStatementInput) {
  const { service, to } = await askable(ctx, input.serviceId);
  const categories = [...new Set(input.categories)].toSorted();
  if (categories.length === 0 || categories.length > 10) fail.badInput('input.categories', '1 to 10 are expected');
  for (const [index, code] of input.categories.entries()) {
    if (!service.categories.includes(code)) {
      fail.badInput(`input.categories.${index}`, 'a category of the service is expected');
    }
  }
  const revealed = new Set<Sensitivity>([service.sensitivity, ...categories.map((code) => sensitivityOf(code))]);
  if (revealed.has('SUBSTANCE_USE')) {
    refuse('CALL_THEM', 'This help cannot be asked for here. Please call them.', 'categories');
  }
  const sensitivities = [...revealed].filter((one) => isSensitive(one)).toSorted();
  const expiresAt = new Date(ctx.clock.now().getTime() + DAYS * 86_400_000);
  const language = languageOf(ctx, input.language);
  const text = statementOf(
    {
      kind: 'AGENCY',
      purpose: 'REFERRAL',
      patient: `${input.givenName} ${input.familyName}`.trim(),
      grantor: null,
      discloser: DISCLOSER,
      recipient: to.name,
      recipientClass: null,
      categories,
      sensitivities,
      expiresOn: expiresAt.toISOString().slice(0, 10),
      expiryEvent: null,
    },
    language,
  );
  const version = createHash('sha256').update(text).digest('hex').slice(0, 32);
  return { service, to, categories, sensitivities, expiresAt, language, text, version };
}
