import { LockMode } from '@mikro-orm/postgresql';
import { load, type HubContext } from '../../access/index.js';
import { Patient, personOf, recordAccess, writeLetter } from '../../caseload/index.js';
import { hashToken, holderOf, linkToken, tokenLink } from '../../identity/index.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { newId } from '../../platform/id.js';
import { Screening } from '../screening.entity.js';
import { PASS_PURPOSE } from './pass-purpose.js';
import { screeningLetter } from './send-link.js';
import { ScreeningPass, type PassKind, type PassSentBy } from './screening-pass.entity.js';

const HOUR_MS = 3_600_000;
/** As long as somebody may sit with a tablet. */
const KIOSK_HOURS = 2;
const MOST_DAYS = 30;

interface Made {
  pass: ScreeningPass;
  token: string;
}

/** Makes a pass for a screening that is under way; of each kind only the last one works. */
async function makePass(
  ctx: HubContext,
  screening: Screening,
  kind: PassKind,
  given: Partial<ScreeningPass> & { expiresAt: Date },
): Promise<Made> {
  const em = await ctx.db.em();
  const now = ctx.clock.now();
  await em.nativeUpdate(
    ScreeningPass,
    {
      screeningId: screening.id,
      careOrgId: screening.careOrgId,
      kind,
      revokedAt: null,
      endedAt: null,
      expiresAt: { $gt: now },
    },
    { revokedAt: now },
  );
  const id = newId();
  const token = linkToken(ctx.platform.config.secret, PASS_PURPOSE, id);
  const { careOrgId, patientId } = screening;
  const facts = { id, screeningId: screening.id, careOrgId, patientId, kind, tokenHash: hashToken(token) };
  const pass = em.create(ScreeningPass, {
    checkBirthDate: false,
    mfa: false,
    ...facts,
    createdBy: personOf(ctx),
    createdAt: now,
    ...given,
  });
  await em.flush();
  return { pass, token };
}

async function underWay(ctx: HubContext, id: string): Promise<Screening> {
  const screening = await load(ctx, Screening, id, 'answer', { lock: LockMode.PESSIMISTIC_WRITE });
  if (screening.status === 'IN_PROGRESS') return screening;
  return refuse('SCREENING_CLOSED', 'This screening is completed; begin another to ask again.');
}

/** The patient gets the device: a pass for this one screening, and who handed it over, to take it back. */
export async function handOverScreening(ctx: HubContext, screeningId: string): Promise<Made> {
  const { membershipId, mfa } = holderOf(ctx);
  const screening = await underWay(ctx, screeningId);
  const expiresAt = new Date(ctx.clock.now().getTime() + KIOSK_HOURS * HOUR_MS);
  const made = await makePass(ctx, screening, 'KIOSK', { expiresAt, membershipId, mfa });
  note(ctx, 'screening.hand-over', made.pass);
  return made;
}

export interface LinkWish {
  screeningId: string;
  sendBy?: PassSentBy | null;
  checkBirthDate?: boolean | null;
  days?: number | null;
}

/** A link for the patient: sent the way they want to be reached, or shown once to be passed on. */
export async function makeScreeningLink(
  ctx: HubContext,
  wish: LinkWish,
): Promise<{ pass: ScreeningPass; link: string | null }> {
  const { sendBy = null, checkBirthDate, days } = wish;
  const valid = days ?? 7;
  if (valid < 1 || valid > MOST_DAYS) refuse('DAYS_OUT_OF_RANGE', 'Choose between 1 and 30 days.', 'days');
  const screening = await underWay(ctx, wish.screeningId);
  const patient = await load(ctx, Patient, screening.patientId, 'screen');
  if (sendBy) demandReachable(patient, sendBy);
  const expiresAt = new Date(ctx.clock.now().getTime() + valid * 24 * HOUR_MS);
  const given = { expiresAt, sentBy: sendBy, checkBirthDate: checkBirthDate ?? false };
  const { pass, token } = await makePass(ctx, screening, 'LINK', given);
  if (sendBy) {
    const { careOrgId, patientId, id: aboutId } = pass;
    const to = { careOrgId, patientId, aboutId, by: ctx.caller?.userId ?? null };
    await writeLetter(await ctx.db.em(), screeningLetter, to, ctx.clock.now());
  }
  note(ctx, 'screening.link', pass);
  return { pass, link: sendBy ? null : tokenLink(ctx.platform.config, 'questions', token) };
}

/** Nothing goes out a way the patient did not choose: somebody else may read that phone, or that mail. */
function demandReachable({ contactMethod, email, phone }: Patient, sendBy: PassSentBy): void {
  if (contactMethod !== sendBy) {
    refuse('NOT_THIS_WAY', 'This person did not agree to be reached this way. Hand the link over yourself.', 'sendBy');
  }
  if (!(sendBy === 'EMAIL' ? email : phone)) {
    refuse('NO_ADDRESS', 'There is no address to send it to. Add one to the patient first.', 'sendBy');
  }
}

/** Calls a pass back: it works no more. */
export async function revokePass(ctx: HubContext, id: string): Promise<Screening> {
  const em = await ctx.db.em();
  const pass = await load(ctx, ScreeningPass, id, 'revoke');
  pass.revokedAt ??= ctx.clock.now();
  await em.flush();
  note(ctx, 'screening.revoke-pass', pass);
  return load(ctx, Screening, pass.screeningId);
}

function note(ctx: HubContext, action: string, { id, patientId, kind }: ScreeningPass): void {
  recordAccess(ctx, { action, patientId, entity: 'screening_pass', entityId: id, detail: { kind } });
}
