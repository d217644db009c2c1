import type { HubContext } from '../../access/index.js';
import { helpLinkUrl, makeHelpLink, PersonFields, Problems } from '../../caseload/index.js';
import { beforeSelf } from '../../identity/index.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { sendReferral } from '../send-referral.js';
import { orCalled, type SharedItem } from '../shared-information.js';
import { keepConsent, keepNeeds, keepPerson, type Said } from './keep-self.js';
import { codeEnded, prove, wrongCode } from './prove.js';
import type { SelfRequest } from './self-request.entity.js';
import type { SendSelfReferralInput } from './self.inputs.js';
import { asThemselves, SELF_ORG } from './self-org.js';
import { selfStatement } from './self-statement.js';

/** Names as a person may be called. */
function namesOf(input: SendSelfReferralInput): { givenName: string; familyName: string } {
  const problems = new Problems();
  const check = new PersonFields(problems);
  const givenName = check.name('givenName', input.givenName);
  const familyName = check.name('familyName', input.familyName);
  const [wrong] = problems.userErrors;
  if (wrong) return refuse(wrong.code, wrong.message, wrong.field ?? undefined);
  return { givenName: givenName ?? '', familyName: familyName ?? '' };
}

/** What the person is told when it is sent. */
export interface SentSelf {
  answerDueAt: Date | null;
  /** The address of their page. */
  url: string | null;
}

/**
 * Sends what somebody asks for themselves. The text they agreed to is made anew and must be the one they saw. Sending
 * the same request again answers the same and does nothing.
 */
export async function sendSelf(ctx: HubContext, input: SendSelfReferralInput): Promise<SentSelf> {
  await beforeSelf(ctx, input.ticket);
  const names = namesOf(input);
  const said = await selfStatement(ctx, { ...input, ...names });
  await ctx.db.end();
  if (said.version !== input.statementVersion) {
    refuse('TEXT_CHANGED', 'What you agree to has changed. Please read it again.', 'statementVersion');
  }
  const answer = await asThemselves(ctx, input.ticket, async (as) => {
    const proved = await prove(as, input.ticket, input.code);
    if (proved.state !== 'RIGHT') return proved.state;
    if (!proved.request.referralId) await write(as, { ...input, ...names }, said, proved.request);
    return sentAs(as, proved.request);
  });
  if (answer === 'WRONG') return wrongCode();
  if (answer === 'ENDED') return codeEnded();
  return answer;
}

const SENT = `select r.answer_due_at as due, (select l.id from hub.help_link l where l.patient_id = r.patient_id and l.care_org_id = r.from_org_id
    order by l.id limit 1) as link
  from hub.referral r where r.id = ? and r.from_org_id = ?`;

/** Read again from what was kept, so that a retry is told the same. */
async function sentAs(as: HubContext, request: SelfRequest): Promise<SentSelf> {
  const em = await as.db.em();
  const [row] = await em.execute<{ due: Date | string | null; link: string | null }[]>(SENT, [
    request.referralId ?? null,
    SELF_ORG,
  ]);
  return {
    answerDueAt: row?.due ? new Date(row.due) : null,
    url: row?.link ? helpLinkUrl(as.platform.config, row.link) : null,
  };
}

/** A page for as long as the consent lasts; after that, and when it is lost, they get back to it by a code. */
export const SELF_PAGE_DAYS = 90;

async function write(as: HubContext, input: SendSelfReferralInput, said: Said, request: SelfRequest): Promise<void> {
  if (request.serviceId !== said.service.id) codeEnded();
  const called = calledAt(input, request);
  const patient = await keepPerson(as, input, said, request, called);
  const needIds = await keepNeeds(as, patient.id, said.categories);
  await keepConsent(as, patient.id, said, request.way);
  const { request: words, priority, household } = input;
  const sending = {
    patientId: patient.id,
    serviceId: said.service.id,
    needIds,
    request: words,
    priority,
    household,
    idempotencyKey: request.id,
  };
  const mayCall = Boolean(called) || Boolean(input.mayCall);
  const referral = await sendReferral(as, sending, null, (items) => sharedBy(items, request.way === 'CALL', mayCall));
  Object.assign(request, { referralId: referral.id, address: null });
  const em = await as.db.em();
  await em.flush();
  const way = input.wantsLink && request.way !== 'CALL' ? request.way : 'PAPER';
  await makeHelpLink(as, { patientId: patient.id, way, asksBirthYear: false, days: SELF_PAGE_DAYS });
}

/** Beside a mail address: the number on which they want to be called. */
function calledAt({ callNumber }: SendSelfReferralInput, { way }: SelfRequest): string | null {
  if (way !== 'EMAIL' || !callNumber?.trim()) return null;
  const problems = new Problems();
  const kept = new PersonFields(problems).phone('callNumber', callNumber) ?? null;
  const [wrong] = problems.userErrors;
  return wrong ? refuse(wrong.code, wrong.message, 'callNumber') : kept;
}

/** What the agency reads: whether they may be called beside being written to, and a number that nothing proved as such. */
function sharedBy(shared: SharedItem[], unchecked: boolean, mayCall: boolean): SharedItem[] {
  const items = mayCall ? orCalled(shared) : shared;
  return unchecked ? [...items, { key: 'unchecked', value: 'true' }] : items;
}
