import { writeAudited, type HubContext } from '../../access/index.js';
import { Problems } from '../../caseload/index.js';
import { organizationById, takeBack } from '../../identity/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { answerScreening } from '../answer-screening.js';
import { readAnswers } from '../answers.js';
import { completeScreening } from '../complete-screening.js';
import { byLinkId, enabledItems } from '../enabled.js';
import { instrumentType } from '../instrument.resolver.js';
import { instrumentOf } from '../instruments.js';
import type { Screening } from '../screening.entity.js';
import { asPass, findPass, handOf, openPass, proveBirthDate, screeningOfPass, type FoundPass } from './find-pass.js';
import { ScreeningPass } from './screening-pass.entity.js';
import {
  QuestionSheet,
  type AnswerSheetInput,
  type FinishSheetInput,
  type TakeBackDeviceInput,
} from './sheet.types.js';

const EMPTY = { items: [], done: [], required: [], notices: [], languages: [], minutes: null, most: 0 };
/** A device is taken back within a day; later one signs in anew. */
const TAKE_BACK_MS = 24 * 3_600_000;

async function organizationName(ctx: HubContext, { careOrgId }: FoundPass): Promise<string> {
  const name = (await organizationById(ctx, careOrgId))?.name ?? '';
  await ctx.db.end();
  return name;
}

function sheet(state: QuestionSheet['state'], pass: FoundPass, askedBy: string, rest: Partial<QuestionSheet> = {}) {
  return Object.assign(new QuestionSheet(), { state, kind: pass.kind, askedBy, language: 'en', ...EMPTY, ...rest });
}

/** What the page of a pass shows. Looking changes nothing, however often a mail program does. */
export async function questionSheet(ctx: HubContext, token: string, birthDate?: string | null): Promise<QuestionSheet> {
  const pass = await findPass(ctx, token);
  const askedBy = await organizationName(ctx, pass);
  if (pass.ended) return sheet('FINISHED', pass, askedBy);
  if (!pass.open) return fail.notFound('Link');
  if (!(await proveBirthDate(ctx, pass, birthDate))) return wrongOrAsked(pass, askedBy, birthDate);
  return asPass(ctx, pass, async (as) => questionsOf(as, await screeningOfPass(as, pass), pass, askedBy));
}

function wrongOrAsked(pass: FoundPass, askedBy: string, birthDate: string | null | undefined): QuestionSheet {
  if (!birthDate) return sheet('BIRTH_DATE', pass, askedBy);
  return refuse('WRONG_BIRTH_DATE', 'This is not the birth date that your care team has.', 'birthDate');
}

async function questionsOf(
  as: HubContext,
  screening: Screening,
  pass: FoundPass,
  askedBy: string,
): Promise<QuestionSheet> {
  const { language, instrumentKey, instrumentVersion, status } = screening;
  if (status !== 'IN_PROGRESS') return sheet('FINISHED', pass, askedBy, { language });
  const instrument = await instrumentOf(as, instrumentKey, instrumentVersion);
  const given = byLinkId(await readAnswers(await as.db.em(), screening));
  const asked = enabledItems(instrument, given);
  const shaped = instrumentType(instrument).sections.flatMap((section) => section.items);
  return sheet('OPEN', pass, askedBy, {
    language,
    languages: Object.keys(instrument.languages),
    minutes: instrument.minutes,
    most: shaped.length,
    notices: instrument.notices,
    items: shaped.filter(({ linkId }) => asked.some((item) => item.linkId === linkId)),
    done: asked.filter(({ linkId }) => given.has(linkId)).map(({ linkId }) => linkId),
    required: asked.filter(({ required }) => required).map(({ linkId }) => linkId),
  });
}

/** Does something by a pass that still works, in one transaction, and returns the sheet as it stands then. */
async function write(
  ctx: HubContext,
  input: { token: string; birthDate?: string | null },
  work: (as: HubContext, pass: FoundPass) => Promise<Problems | void>,
): Promise<QuestionSheet | Problems> {
  const pass = await openPass(ctx, input.token);
  if (!(await proveBirthDate(ctx, pass, input.birthDate))) {
    refuse('WRONG_BIRTH_DATE', 'This is not the birth date that your care team has.', 'birthDate');
  }
  const askedBy = await organizationName(ctx, pass);
  return asPass(ctx, pass, (as) =>
    writeAudited(as, async (em) => {
      const problems = await work(as, pass);
      if (problems) return problems;
      await em.nativeUpdate(ScreeningPass, { id: pass.id, openedAt: null }, { openedAt: as.clock.now() });
      await em.flush();
      return questionsOf(as, await screeningOfPass(as, pass), pass, askedBy);
    }),
  );
}

/** Saves what the patient answered. */
export function answerSheet(ctx: HubContext, input: AnswerSheetInput): Promise<QuestionSheet | Problems> {
  return write(ctx, input, async (as, pass) => {
    const done = await answerScreening(as, { id: pass.screeningId, answers: input.answers }, handOf(pass));
    return done instanceof Problems ? done : undefined;
  });
}

/** The patient is through: the screening ends, and what it shows is for the care team alone. */
export function finishSheet(ctx: HubContext, input: FinishSheetInput): Promise<QuestionSheet | Problems> {
  return write(ctx, input, async (as, pass) => {
    await completeScreening(as, pass.screeningId, handOf(pass));
  });
}

/** Opens the session again of whoever handed the device over. Returns the screening, to go on with. */
export async function takeBackDevice(ctx: HubContext, { token, password }: TakeBackDeviceInput): Promise<string> {
  const pass = await findPass(ctx, token);
  const late = ctx.clock.now().getTime() - pass.createdAt.getTime() > TAKE_BACK_MS;
  if (pass.kind !== 'KIOSK' || late) {
    refuse('LINK_ENDED', 'This link no longer works. Ask your care team for a new one.', 'token');
  }
  const held = await asPass(ctx, pass, async (as) => (await as.db.em()).findOneOrFail(ScreeningPass, pass.id));
  const { createdBy: userId, membershipId, mfa } = held;
  await takeBack(ctx, { userId, membershipId: membershipId ?? '', mfa }, password);
  const now = ctx.clock.now();
  await asPass(ctx, pass, (as) =>
    writeAudited(
      as,
      async (em) => void (await em.nativeUpdate(ScreeningPass, { id: pass.id, revokedAt: null }, { revokedAt: now })),
    ),
  );
  return pass.screeningId;
}
