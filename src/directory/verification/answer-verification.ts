import { writeAudited, type HubContext } from '../../access/index.js';
import { hashWith, keyFor } from '../../identity/index.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { changeByKeeper } from '../curation/correct-service.js';
import { loadListing, recordChanges, todayAt } from '../curation/change-listing.js';
import { withRules } from '../curation/with-rules.js';
import { textOf } from '../curation/check-input.js';
import { keysOf, splitBySensitivity } from '../curation/listing-fields.js';
import { sayRoom } from '../curation/say-room.js';
import { FIELD_GROUPS, type FieldGroup } from '../field-groups.js';
import type { Service } from '../service/service.entity.js';
import { addReport } from '../suggestion/report.js';
import { assurances } from './assure.js';
import { checkedFields, groupsSettled } from './check-page.js';
import { asLink, findLink, linkEnded, type Link } from './link.js';
import type { AnswerVerificationInput } from './verification.types.js';
import { VerificationRequest } from './verification-request.entity.js';

interface Answered {
  serviceId: string;
  /** Fields that a curator looks at first. */
  waiting: string[];
}

/** Takes an agency's word by the link of a letter: one listing, what is plain at once, what is sensitive as a suggestion. */
export async function answerVerification(ctx: HubContext, input: AnswerVerificationInput): Promise<Answered> {
  const link = (await findLink(ctx, input.token)) ?? linkEnded();
  return asLink(ctx, link, (agency) => writeAudited(agency, () => answer(agency, link, input)));
}

async function answer(ctx: HubContext, link: Link, input: AnswerVerificationInput): Promise<Answered> {
  const { confirmed, room, changes = {} } = input;
  const asked = (await checkedFields(ctx, link.serviceId)) ?? linkEnded();
  const unknown = confirmed.find((key) => !asked.some((field) => field.key === key));
  if (unknown !== undefined) refuse('UNKNOWN_FIELD', 'This field was not asked for.', 'confirmed');
  const service = await loadListing(ctx, link.serviceId, 'correct');
  const wanted = withRules(service, changes ?? {});
  if (keysOf(wanted).includes('status')) {
    refuse('STATUS_NEEDS_CURATOR', 'Say that it is no longer offered: the curators take it out.', 'changes.status');
  }
  const { plain, sensitive } = splitBySensitivity(wanted);
  const { suggestionId } = await changeByKeeper(ctx, service, wanted);
  if (room) await sayRoom(ctx, service, room);
  const settled = groupsSettled(asked, new Set([...confirmed, ...keysOf(plain)]));
  if (settled.length > 0) await confirm(ctx, service, settled);
  if (input.notOffered) await reportEnd(ctx, link, service, input.note);
  const waiting = suggestionId === null ? [] : keysOf(sensitive);
  await keepAnswer(ctx, link, [...confirmed], keysOf(wanted));
  return { serviceId: service.id, waiting };
}

/** What was confirmed counts from today; a listing that was confirmed whole is assured whole. */
async function confirm(ctx: HubContext, service: Service, groups: readonly FieldGroup[]): Promise<void> {
  const em = await ctx.db.em();
  const whole = groups.length === FIELD_GROUPS.length || (await allButPlace(ctx, service, groups));
  const before = {
    assuredDate: service.assuredDate ?? null,
    nextVerificationOn: service.nextVerificationOn ?? null,
    groups: await assurances(em, service.id),
  };
  const today = await todayAt(ctx, service);
  const previous = service.assuredDate ?? '';
  if (whole) {
    service.assuredDate = today;
    service.verifiedAt = ctx.clock.now();
    service.verifiedByUserId = null;
  }
  const change = { field: 'assured_date', previous, replacement: whole ? today : previous, before };
  await recordChanges(ctx, service, 'verify', [change], { confirmed: whole ? FIELD_GROUPS : groups });
}

/** The place of a shelter is not asked for: all else is the whole of it. */
async function allButPlace(ctx: HubContext, service: Service, groups: readonly FieldGroup[]): Promise<boolean> {
  const asked = (await checkedFields(ctx, service.id)) ?? [];
  return FIELD_GROUPS.every((group) => groups.includes(group) || !asked.some((field) => field.group === group));
}

/** The agency says that it is over: the strongest word there is, and still a curator takes it out. */
async function reportEnd(ctx: HubContext, link: Link, service: Service, words: string | null | undefined) {
  const key = hashWith(keyFor(ctx.platform.config.secret, 'listing report'), link.id);
  const note = textOf(words, 'note', 500);
  const report = { serviceId: service.id, signal: 'NO_LONGER_OFFERED', source: 'LINK', key, note } as const;
  await addReport(await ctx.db.em(), { ...report, proposerOrgId: link.organizationId }, ctx.clock.now());
}

async function keepAnswer(ctx: HubContext, link: Link, confirmed: string[], changed: string[]): Promise<void> {
  const em = await ctx.db.em();
  const request = await em.findOne(VerificationRequest, link.id);
  if (!request) return linkEnded();
  request.answeredAt = ctx.clock.now();
  request.answers = { confirmed, changed };
  await em.flush();
}
