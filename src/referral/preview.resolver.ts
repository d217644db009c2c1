import { Arg, Ctx, Field, ObjectType, Query, Resolver } from 'type-graphql';
import { Can } from '../access/can.js';
import type { HubContext } from '../access/context.js';
import { Consent, factsOfPatient } from '../caseload/index.js';
import { Capacity, capacityOf, Fit, fitOf, Service } from '../directory/index.js';
import { Organization } from '../identity/index.js';
import { failure } from '../platform/graphql/errors.js';
import { Refusal } from '../platform/graphql/refusal.js';
import { DateTimeISO } from '../platform/graphql/scalars.js';
import { answerDueAt } from './answer-due.js';
import { prepare, type Prepared } from './prepare-referral.js';
import { PreviewReferralInput } from './referral.inputs.js';
import { tables } from './referral.queries.js';
import { OPTIONAL_KEYS, SharedInformation } from './shared-information.js';

@ObjectType({ description: 'What would happen if this referral were sent now. Nothing has been sent.' })
export class ReferralPreview {
  @Field(() => Organization, { description: 'The agency that would receive it.' })
  to!: Organization;

  @Field(() => Service, { description: 'The service that is asked for.' })
  service!: Service;

  @Field(() => SharedInformation, { description: 'Exactly what the agency would read about the person.' })
  shared!: SharedInformation;

  @Field(() => [String], { description: 'What could be shared besides.' })
  optionalKeys!: string[];

  @Field(() => Consent, { nullable: true, description: 'The consent it would rely on; null when none covers it.' })
  coveredBy!: Consent | null;

  @Field(() => [String], { description: 'What a consent would have to say; empty when one covers it.' })
  missingConsent!: string[];

  @Field(() => [String], { description: 'What to know before sending, in plain words.' })
  warnings!: string[];

  @Field(() => Capacity, { description: 'Whether the service has room.' })
  capacity!: Capacity;

  @Field(() => Fit, { nullable: true, description: 'Whether the patient qualifies.' })
  fit!: Fit | null;

  @Field(() => DateTimeISO, { description: 'When an answer to a routine referral is due.' })
  answerExpectedBy!: Date;
}

async function warningsOf(ctx: HubContext, prepared: Prepared, capacity: Capacity, fit: Fit | null): Promise<string[]> {
  const open = await (
    await tables(ctx)
  )
    .selectFrom('hub.referral')
    .select('id')
    .where('patient_id', '=', prepared.patient.id)
    .where('service_id', '=', prepared.service.id)
    .where('status', 'in', ['REQUESTED', 'ACCEPTED', 'IN_PROGRESS', 'ON_HOLD'])
    .limit(1)
    .execute();
  return [
    ...(open.length > 0 ? ['This patient already has an open referral to this service.'] : []),
    ...(capacity.status === 'NO_CAPACITY' ? ['The service says it has no room right now.'] : []),
    ...(capacity.status === 'WAITLIST' ? ['The service has a waiting list.'] : []),
    ...(fit?.verdict === 'NO_MATCH' ? fit.failed.map((words) => `May not qualify: ${words}`) : []),
    ...(prepared.service.alert ? [prepared.service.alert] : []),
  ];
}

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
    const prepared = await prepare(ctx, input).catch((error: unknown) => {
      throw error instanceof Refusal ? failure('BAD_USER_INPUT', error.message, { reason: error.code }) : error;
    });
    const capacity = capacityOf(prepared.service, ctx.clock.now());
    const fit = await fitOf(ctx, prepared.service, await factsOfPatient(ctx, prepared.patient.id));
    ctx.audit.record({
      action: 'referral.preview',
      patientId: prepared.patient.id,
      entity: 'service',
      entityId: prepared.service.id,
      purpose: 'REFERRAL',
    });
    return {
      to: prepared.to,
      service: prepared.service,
      shared: { items: prepared.shared },
      optionalKeys: [...OPTIONAL_KEYS],
      coveredBy: prepared.consent,
      missingConsent: prepared.missing.map((item) => item.en),
      warnings: await warningsOf(ctx, prepared, capacity, fit),
      capacity,
      fit,
      answerExpectedBy: answerDueAt(ctx.clock.now(), prepared.service.timeZone ?? prepared.to.timeZone, 'ROUTINE'),
    };
  }
}
