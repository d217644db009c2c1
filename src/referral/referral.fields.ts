import type { GraphQLResolveInfo } from 'graphql';
import { Args, Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import type { HubContext } from '../access/index.js';
import { Consent, consentById, PART2_NOTICE, Patient, patientById } from '../caseload/index.js';
import {
  categoriesOfCodes,
  SdohCategory,
  Sensitivity,
  Service,
  ServiceAtLocation,
  shownService,
  siteById,
} from '../directory/index.js';
import { Colleague, colleagueById, Organization, shownOrganization } from '../identity/index.js';
import { connectionOf, isSamePage, PageArgs, type Connection } from '../platform/graphql/connection.js';
import { DateTimeISO } from '../platform/graphql/scalars.js';
import { fieldsAt } from '../platform/graphql/selection.js';
import { Need, needById } from '../screening/index.js';
import { mayKnowWhom, mayReadPerson, NOBODY } from './agency-view.js';
import { isLate } from './answer-due.js';
import { consentEndOf } from './consent-end.js';
import { isTerminal } from './machine.js';
import { Loop, loopOf } from './loop-fields.js';
import { ReferralAction, ReferralSide, type Action, type Side } from './referral.enums.js';
import { Referral } from './referral.entity.js';
import { ReferralMessage, ReferralTransition } from './referral-history.entity.js';
import { messagesPage, NO_MESSAGES } from './messages-page.js';
import { needIdsOf, sharedOf, transitionsOf } from './referral.loaders.js';
import { sharedIn, SharedInformation, type SharedItem } from './shared-information.js';
import { sideOf } from './take-step.js';
import { viewerActions } from './viewer-actions.js';

const ReferralMessageConnection = connectionOf(ReferralMessage);

/** An entity carries what it shares, and a referral that was read alone its steps and messages too; a row of a list does not. */
type Shown = Omit<Referral, 'shared'> & {
  shared?: SharedItem[];
  steps?: readonly object[];
  messages?: { page: PageArgs; read: Promise<Connection<object>> };
};
/** At once where it came along with the referral. */
type Shows<T> = T | Promise<T | null> | null;

@Resolver(() => Referral)
export class ReferralFields {
  @FieldResolver(() => ReferralSide, { description: 'On which side the viewer’s organization stands.' })
  side(@Root() referral: Referral, @Ctx() ctx: HubContext): Side {
    return sideOf(ctx, referral);
  }

  @FieldResolver(() => String, {
    description:
      'How the person is called in lists: given name and an initial, such as "Ana R."; for the agency a dash on a referral sent in error.',
  })
  patientLabel(@Root() referral: Referral, @Ctx() ctx: HubContext): string {
    return mayKnowWhom(sideOf(ctx, referral), referral) ? referral.patientLabel : NOBODY;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'What the sender asks for, in the sender’s words; null when the agency may no longer read it.',
  })
  request(@Root() referral: Referral, @Ctx() ctx: HubContext): string | null {
    return mayReadPerson(sideOf(ctx, referral), referral) ? (referral.request ?? null) : null;
  }

  @FieldResolver(() => [SdohCategory], { description: 'What kinds of need it is about.' })
  categories(@Root() referral: Referral): SdohCategory[] {
    return categoriesOfCodes(referral.categories);
  }

  @FieldResolver(() => Sensitivity, { description: 'The most sensitive class it reveals; NONE for most.' })
  sensitivity(@Root() referral: Referral): string {
    return referral.sensitivity;
  }

  @FieldResolver(() => Organization, { description: 'The organization that sent it.' })
  from(@Root() referral: Referral, @Ctx() ctx: HubContext, @Info() info: GraphQLResolveInfo): Shows<Organization> {
    return shownOrganization(ctx, referral.fromOrgId, fieldsAt(info));
  }

  @FieldResolver(() => Organization, { description: 'The agency that received it.' })
  to(@Root() referral: Referral, @Ctx() ctx: HubContext, @Info() info: GraphQLResolveInfo): Shows<Organization> {
    return shownOrganization(ctx, referral.toOrgId, fieldsAt(info));
  }

  @FieldResolver(() => Service, { description: 'The service that is asked for.' })
  service(@Root() referral: Referral, @Ctx() ctx: HubContext, @Info() info: GraphQLResolveInfo): Shows<Service> {
    return shownService(ctx, referral.serviceId, fieldsAt(info));
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

  @FieldResolver(() => SharedInformation, {
    description: 'What the agency may read about the person: nothing more once it has declined.',
  })
  async shared(@Root() referral: Shown, @Ctx() ctx: HubContext): Promise<SharedInformation> {
    if (!mayReadPerson(sideOf(ctx, referral), referral)) return { items: [] };
    const items = referral.shared ?? (await sharedOf(ctx, referral.id))?.shared ?? [];
    return { items: sharedIn(items, ctx.language) };
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'The notice of 42 CFR 2.32 that goes with records of substance use treatment; null when there are none in it.',
  })
  notice(@Root() referral: Referral, @Ctx() ctx: HubContext): string | null {
    return referral.part2 ? PART2_NOTICE[ctx.language] : null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'What the patient added to their own word; only for the sending side.',
  })
  ownWordNote(@Root() referral: Referral, @Ctx() ctx: HubContext): string | null {
    return sideOf(ctx, referral) === 'REQUESTER' ? (referral.ownWordNote ?? null) : null;
  }

  @FieldResolver(() => Boolean, { description: 'Whether the answer is late.' })
  overdue(@Root() referral: Referral, @Ctx() ctx: HubContext): boolean {
    return isLate(referral, ctx.clock.now());
  }

  @FieldResolver(() => Colleague, {
    nullable: true,
    description: 'Who accepted it and works on it at the agency; only for the agency.',
  })
  async assignedTo(@Root() referral: Referral, @Ctx() ctx: HubContext): Promise<Colleague | null> {
    const { assignedToId } = referral;
    return assignedToId && sideOf(ctx, referral) === 'TARGET' ? colleagueById(ctx, assignedToId) : null;
  }

  @FieldResolver(() => Loop, { description: 'Closed by the agency, help received, confirmed by the patient.' })
  loop(@Root() referral: Referral): Loop {
    return loopOf(referral);
  }

  @FieldResolver(() => [ReferralTransition], { description: 'Every step, oldest first.' })
  async transitions(@Root() referral: Shown, @Ctx() ctx: HubContext): Promise<readonly object[]> {
    return referral.steps ?? transitionsOf(ctx, referral.id);
  }

  @FieldResolver(() => ReferralMessageConnection, { description: 'Messages between the sides, oldest first.' })
  async messages(
    @Root() referral: Shown,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: HubContext,
  ): Promise<Connection<object>> {
    if (!mayKnowWhom(sideOf(ctx, referral), referral)) return NO_MESSAGES;
    const { messages } = referral;
    return messages && isSamePage(messages.page, page) ? messages.read : messagesPage(ctx, referral.id, page);
  }

  @FieldResolver(() => DateTimeISO, {
    nullable: true,
    description: 'When the consent it relied on ended while it was open. Nothing more is shared from then on.',
  })
  consentEndedAt(@Root() referral: Referral, @Ctx() ctx: HubContext): Date | null {
    return consentEndOf(referral, ctx.clock.now());
  }

  @FieldResolver(() => Boolean, {
    description:
      'Whether the person has died, so that its sender decides what becomes of it; only for the sending side.',
  })
  personDied(@Root() referral: Referral, @Ctx() ctx: HubContext): boolean {
    return sideOf(ctx, referral) === 'REQUESTER' && Boolean(referral.personDiedAt);
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether the agency is asked to contact nobody until its sender has decided how it goes on.',
  })
  asksToWait(@Root() { personDiedAt, consentDecision, status }: Referral): boolean {
    return Boolean(personDiedAt) && !consentDecision && !isTerminal(status);
  }

  @FieldResolver(() => [ReferralAction], { description: 'What the viewer may do now: a button for each.' })
  viewerActions(@Root() referral: Referral, @Ctx() ctx: HubContext): Action[] {
    return viewerActions(ctx, referral, sideOf(ctx, referral));
  }
}
