import { Args, Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import type { HubContext } from '../access/context.js';
import { Consent, consentById, Patient, patientById } from '../caseload/index.js';
import {
  SdohCategory,
  sdohCategory,
  Sensitivity,
  Service,
  ServiceAtLocation,
  serviceById,
  siteById,
} from '../directory/index.js';
import { Colleague, colleagueById, Organization, organizationById } from '../identity/index.js';
import { connectionOf, PageArgs, type Connection } from '../platform/graphql/connection.js';
import { Need, needById } from '../screening/index.js';
import { loopState } from './loop.js';
import { viewerActions } from './viewer-actions.js';
import { messagesPage } from './referral-messages.js';
import { needIdsOf, sharedOf, transitionsOf } from './referral.loaders.js';
import { ReferralAction, ReferralSide, type Action, type Side } from './referral.enums.js';
import { Referral } from './referral.entity.js';
import { ReferralMessage, ReferralTransition } from './referral-history.entity.js';
import { SharedInformation } from './shared-information.js';
import { sideOf } from './take-step.js';

@ObjectType({ description: 'Three facts that are not the same, and whether they agree.' })
export class Loop {
  @Field(() => Boolean, { description: 'The agency has finished: completed, failed or declined.' })
  closedByAgency!: boolean;

  @Field(() => Boolean, { description: 'The agency says that help was given.' })
  helpReceived!: boolean;

  @Field(() => Boolean, { description: 'The patient says that help came.' })
  confirmedByPatient!: boolean;

  @Field(() => Boolean, { description: 'The agency and the patient say different things.' })
  disagreement!: boolean;

  @Field(() => Boolean, { description: 'The agency’s result is known and the patient does not contradict it.' })
  closed!: boolean;
}

const ReferralMessageConnection = connectionOf(ReferralMessage);

/** After these the agency keeps the fact of the referral, but no longer the person's information. */
function agencyMayRead(referral: Referral): boolean {
  if (referral.status === 'ENTERED_IN_ERROR' || referral.status === 'REJECTED') return false;
  return referral.status !== 'CANCELLED' || referral.answeredAt != null;
}

@Resolver(() => Referral)
export class ReferralFields {
  @FieldResolver(() => ReferralSide, { description: 'On which side the viewer’s organization stands.' })
  side(@Root() referral: Referral, @Ctx() ctx: HubContext): Side {
    return sideOf(ctx, referral);
  }

  @FieldResolver(() => [SdohCategory], { description: 'What kinds of need it is about.' })
  categories(@Root() referral: Referral): SdohCategory[] {
    return referral.categories.map((code) => sdohCategory(code));
  }

  @FieldResolver(() => Sensitivity, { description: 'The most sensitive class it reveals; NONE for most.' })
  sensitivity(@Root() referral: Referral): string {
    return referral.sensitivity;
  }

  @FieldResolver(() => Organization, { description: 'The organization that sent it.' })
  from(@Root() referral: Referral, @Ctx() ctx: HubContext): Promise<Organization | null> {
    return organizationById(ctx, referral.fromOrgId);
  }

  @FieldResolver(() => Organization, { description: 'The agency that received it.' })
  to(@Root() referral: Referral, @Ctx() ctx: HubContext): Promise<Organization | null> {
    return organizationById(ctx, referral.toOrgId);
  }

  @FieldResolver(() => Service, { description: 'The service that is asked for.' })
  service(@Root() referral: Referral, @Ctx() ctx: HubContext): Promise<Service | null> {
    return serviceById(ctx, referral.serviceId);
  }

  @FieldResolver(() => ServiceAtLocation, { nullable: true, description: 'The site, when one was chosen.' })
  async site(@Root() referral: Referral, @Ctx() ctx: HubContext): Promise<ServiceAtLocation | null> {
    return referral.serviceAtLocationId ? siteById(ctx, referral.serviceAtLocationId) : null;
  }

  @FieldResolver(() => Patient, { nullable: true, description: 'The patient’s record; only for the sending side.' })
  async patient(@Root() referral: Referral, @Ctx() ctx: HubContext): Promise<Patient | null> {
    return sideOf(ctx, referral) === 'REQUESTER' ? patientById(ctx, referral.patientId) : null;
  }

  @FieldResolver(() => [Need], {
    description: 'The needs it is for; empty for the agency, which reads them in what is shared.',
  })
  async needs(@Root() referral: Referral, @Ctx() ctx: HubContext): Promise<Need[]> {
    if (sideOf(ctx, referral) !== 'REQUESTER') return [];
    const links = await needIdsOf(ctx, referral.id);
    const needs = await Promise.all(links.map((link) => needById(ctx, link.need_id)));
    return needs.filter((need) => need !== null);
  }

  @FieldResolver(() => Consent, { nullable: true, description: 'The consent it relied on; only for the sending side.' })
  async consent(@Root() referral: Referral, @Ctx() ctx: HubContext): Promise<Consent | null> {
    return sideOf(ctx, referral) === 'REQUESTER' ? consentById(ctx, referral.consentId) : null;
  }

  @FieldResolver(() => SharedInformation, { description: 'What the agency may read about the person.' })
  async shared(@Root() referral: Referral, @Ctx() ctx: HubContext): Promise<SharedInformation> {
    if (sideOf(ctx, referral) === 'TARGET' && !agencyMayRead(referral)) return { items: [] };
    return { items: (await sharedOf(ctx, referral.id))?.shared ?? [] };
  }

  @FieldResolver(() => Boolean, { description: 'Whether the answer is late.' })
  overdue(@Root() referral: Referral, @Ctx() ctx: HubContext): boolean {
    return referral.status === 'REQUESTED' && referral.answerDueAt != null && referral.answerDueAt < ctx.clock.now();
  }

  @FieldResolver(() => Colleague, {
    nullable: true,
    description: 'Who works on it at the agency; only for the agency.',
  })
  async assignedTo(@Root() referral: Referral, @Ctx() ctx: HubContext): Promise<Colleague | null> {
    return referral.assignedToId && sideOf(ctx, referral) === 'TARGET'
      ? colleagueById(ctx, referral.assignedToId)
      : null;
  }

  @FieldResolver(() => Loop, { description: 'Closed by the agency, help received, confirmed by the patient.' })
  loop(@Root() referral: Referral): Loop {
    return loopOf(referral);
  }

  @FieldResolver(() => [ReferralTransition], { description: 'Every step, oldest first.' })
  async transitions(@Root() referral: Referral, @Ctx() ctx: HubContext): Promise<readonly object[]> {
    return transitionsOf(ctx, referral.id);
  }

  @FieldResolver(() => ReferralMessageConnection, { description: 'Messages between the sides, oldest first.' })
  messages(
    @Root() referral: Referral,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: HubContext,
  ): Promise<Connection<object>> {
    return messagesPage(ctx, referral.id, page);
  }

  @FieldResolver(() => [ReferralAction], { description: 'What the viewer may do now: a button for each.' })
  viewerActions(@Root() referral: Referral, @Ctx() ctx: HubContext): Action[] {
    return viewerActions(ctx, referral, sideOf(ctx, referral));
  }
}

export function loopOf(referral: Pick<Referral, 'status' | 'outcome' | 'patientConfirmation'>): Loop {
  const state = loopState({
    status: referral.status,
    outcome: referral.outcome ?? null,
    patientConfirmation: referral.patientConfirmation ?? null,
  });
  return {
    closedByAgency: state.closedByAgency,
    helpReceived: state.helpReceived,
    confirmedByPatient: state.confirmedByPatient,
    disagreement: state.disagreement,
    closed: state.loopClosed,
  };
}
