import { Field, ObjectType } from 'type-graphql';
import { languageOf, type HubContext } from '../access/index.js';
import { Consent, factsOfPatient } from '../caseload/index.js';
import { Capacity, capacityOf, Fit, fitOf, Service } from '../directory/index.js';
import { Organization } from '../identity/index.js';
import { DateTimeISO } from '../platform/graphql/scalars.js';
import { firstClocks } from './clock/keep-clocks.js';
import type { Prepared } from './prepare-referral.js';
import { warningsOf } from './preview-warnings.js';
import { OPTIONAL_KEYS, sharedIn, SharedInformation } from './shared-information.js';

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

  @Field(() => [String], { description: 'What a consent would have to say, in words; empty when one covers it.' })
  missingConsent!: string[];

  @Field(() => [String], { description: 'What to know before sending, in plain words.' })
  warnings!: string[];

  @Field(() => Capacity, { description: 'Whether the service has room.' })
  capacity!: Capacity;

  @Field(() => Fit, { nullable: true, description: 'Whether the patient qualifies.' })
  fit!: Fit | null;

  @Field(() => DateTimeISO, {
    description: 'When an answer to a routine referral is due, in the agency’s working time.',
  })
  answerExpectedBy!: Date;

  @Field(() => DateTimeISO, { description: 'When an answer to an urgent referral is due.' })
  urgentAnswerExpectedBy!: Date;
}

/** What would happen with what was gathered; that it was looked at stands in the audit. */
export async function previewOf(ctx: HubContext, prepared: Prepared): Promise<ReferralPreview> {
  const { patient, service, to, clock } = prepared;
  ctx.audit.record({
    action: 'referral.preview',
    patientId: patient.id,
    entity: 'service',
    entityId: service.id,
    consentId: prepared.consent?.id ?? null,
    purpose: 'REFERRAL',
  });
  const now = ctx.clock.now();
  const capacity = capacityOf(service, now);
  const fit = await fitOf(ctx, service, await factsOfPatient(ctx, patient.id));
  return {
    to,
    service,
    shared: { items: sharedIn(prepared.shared, ctx.language) },
    optionalKeys: [...OPTIONAL_KEYS],
    coveredBy: prepared.consent,
    missingConsent: prepared.missing.map((words) => words[languageOf(ctx)]),
    warnings: await warningsOf(ctx, prepared, capacity, fit),
    capacity,
    fit,
    answerExpectedBy: firstClocks(clock, now, 'ROUTINE').answerDueAt,
    urgentAnswerExpectedBy: firstClocks(clock, now, 'URGENT').answerDueAt,
  };
}
