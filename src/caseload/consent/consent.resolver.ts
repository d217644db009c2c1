import { Arg, Ctx, Field, FieldResolver, ID, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { Can, load, type HubContext } from '../../access/index.js';
import { SdohCategory, Sensitivity } from '../../directory/index.js';
import { colleagueById, Organization, organizationById } from '../../identity/index.js';
import { Payload, payloadOf, type PayloadShape } from '../../platform/graphql/payload.js';
import { UserError } from '../../platform/graphql/refusal.js';
import { categoriesOf } from '../categories.js';
import { RelatedPerson } from '../patient/around.entity.js';
import { Patient, type PatientRow } from '../patient/patient.entity.js';
import { patientById, relatedPersonById } from '../patient/patient.loaders.js';
import { Problems } from '../problems.js';
import { Today } from '../today/today.js';
import { Consent } from './consent.entity.js';
import { NoteConsentEventInput, RecordConsentInput, RevokeConsentInput } from './consent.inputs.js';
import { consentsOf } from './consent.loaders.js';
import { endingConsents } from './ending.js';
import { noteConsentEvent, revokeConsent } from './end-consent.js';
import { previewProblems, previewStatement, recordConsent } from './record-consent.js';
import { ConsentStatus } from './words.js';

const RecordConsentPayload = payloadOf('RecordConsent', 'consent', Consent, 'The consent as recorded.');

const NoteConsentEventPayload = payloadOf('NoteConsentEvent', 'consent', Consent, 'The consent as it stands now.');

/** A class of its own: the referrals that relied on the consent are added by the root of referrals. */
@ObjectType({ description: 'The answer to `revokeConsent`.' })
export class RevokeConsentPayload extends Payload {
  @Field(() => Consent, { nullable: true, description: 'The consent, revoked.' })
  consent!: Consent | null;
}

@Resolver(() => Today)
export class TodayConsents {
  @FieldResolver(() => [Consent], {
    description:
      'Consents that end by their date within 14 days, and that no newer one goes on from; the first end first, at most 20.',
  })
  endingConsents(@Root() today: Today, @Ctx() ctx: HubContext): Promise<Consent[]> {
    return endingConsents(ctx, today.mine ? (ctx.caller?.userId ?? null) : null);
  }
}

@Resolver(() => Consent)
export class ConsentResolver {
  @Can('consent.write')
  @Query(() => String, {
    description:
      'The text of a consent before anybody agrees to it, in the language of the input: to show, print or read aloud word for word.',
  })
  consentStatement(
    @Arg('input', () => RecordConsentInput) input: RecordConsentInput,
    @Ctx() ctx: HubContext,
  ): Promise<string> {
    return previewStatement(ctx, input);
  }

  @Can('consent.write')
  @Query(() => [UserError], {
    description:
      'What is wrong with what a consent would say, before anybody reads or signs it; how it is given is not looked at.',
  })
  consentProblems(
    @Arg('input', () => RecordConsentInput) input: RecordConsentInput,
    @Ctx() ctx: HubContext,
  ): Promise<UserError[]> {
    return previewProblems(ctx, input);
  }

  @Can('consent.write')
  @Mutation(() => RecordConsentPayload, { description: 'Records what a patient agreed to share.' })
  async recordConsent(
    @Arg('input', () => RecordConsentInput) input: RecordConsentInput,
    @Ctx() ctx: HubContext,
  ): Promise<PayloadShape<'consent', Consent>> {
    const done = await recordConsent(ctx, input);
    return done instanceof Problems
      ? { consent: null, userErrors: done.userErrors }
      : { consent: await load(ctx, Consent, done) };
  }

  @Can('consent.write')
  @Mutation(() => RevokeConsentPayload, {
    description: 'Stops every new disclosure at once. What was shared before stays shared.',
  })
  async revokeConsent(
    @Arg('input', () => RevokeConsentInput) input: RevokeConsentInput,
    @Ctx() ctx: HubContext,
  ): Promise<RevokeConsentPayload> {
    return Object.assign(new RevokeConsentPayload(), { consent: await revokeConsent(ctx, input) });
  }

  @Can('consent.write')
  @Mutation(() => NoteConsentEventPayload, {
    description: 'Notes that the event which ends the consent has happened: nothing more is shared on it.',
  })
  async noteConsentEvent(
    @Arg('input', () => NoteConsentEventInput) input: NoteConsentEventInput,
    @Ctx() ctx: HubContext,
  ): Promise<PayloadShape<'consent', Consent>> {
    return { consent: await noteConsentEvent(ctx, input.id) };
  }

  @FieldResolver(() => ConsentStatus, { description: 'Where it stands now.' })
  status(@Root() consent: Consent, @Ctx() ctx: HubContext): ConsentStatus {
    return consent.statusAt(ctx.clock.now());
  }

  @FieldResolver(() => Boolean, { description: 'Whether something may be shared on it now.' })
  effective(@Root() consent: Consent, @Ctx() ctx: HubContext): boolean {
    return consent.effectiveAt(ctx.clock.now());
  }

  @FieldResolver(() => Patient, { nullable: true, description: 'Whose consent it is.' })
  patient(@Root() consent: Consent, @Ctx() ctx: HubContext): Promise<Patient | null> {
    return patientById(ctx, consent.patientId);
  }

  @FieldResolver(() => RelatedPerson, { nullable: true, description: 'Who agreed, when it was not the patient.' })
  async grantorRelatedPerson(@Root() consent: Consent, @Ctx() ctx: HubContext): Promise<RelatedPerson | null> {
    return consent.grantorRelatedPersonId ? relatedPersonById(ctx, consent.grantorRelatedPersonId) : null;
  }

  @FieldResolver(() => Organization, {
    nullable: true,
    description: 'The one organization that may receive; null for a class.',
  })
  async grantee(@Root() consent: Consent, @Ctx() ctx: HubContext): Promise<Organization | null> {
    return consent.granteeOrganizationId ? organizationById(ctx, consent.granteeOrganizationId) : null;
  }

  @FieldResolver(() => RelatedPerson, {
    nullable: true,
    description: 'The one person who may see it; null when organizations may receive.',
  })
  async granteeRelatedPerson(@Root() consent: Consent, @Ctx() ctx: HubContext): Promise<RelatedPerson | null> {
    return consent.granteeRelatedPersonId ? relatedPersonById(ctx, consent.granteeRelatedPersonId) : null;
  }

  @FieldResolver(() => ID, {
    nullable: true,
    description: 'The signature or the scan, at `/files/{id}?kind=consent-evidence`; null when it is kept elsewhere.',
  })
  evidenceFile(@Root() consent: Consent): string | null {
    return consent.evidenceFileId ?? null;
  }

  @FieldResolver(() => Boolean, { description: 'Whether the person revoked it themselves, by their own link.' })
  revokedByPatient(@Root() consent: Consent): boolean {
    return Boolean(consent.revokedByLink);
  }

  @FieldResolver(() => [SdohCategory], { description: 'The kinds of need it covers.' })
  categories(@Root() consent: Consent): SdohCategory[] {
    return categoriesOf(consent.categories);
  }

  @FieldResolver(() => [Sensitivity], { description: 'The sensitive classes it names.' })
  sensitivities(@Root() consent: Consent): string[] {
    return consent.sensitivities;
  }

  @FieldResolver(() => String, { description: 'The name of who recorded it.' })
  async recordedBy(@Root() consent: Consent, @Ctx() ctx: HubContext): Promise<string> {
    return (await colleagueById(ctx, consent.recordedById))?.name ?? 'A former colleague';
  }
}

@Resolver(() => Patient)
export class PatientConsents {
  @FieldResolver(() => [Consent], { description: 'What the patient agreed to share, the newest first.' })
  async consents(@Root() patient: PatientRow, @Ctx() ctx: HubContext): Promise<readonly Consent[]> {
    return consentsOf(ctx, patient.id);
  }
}
