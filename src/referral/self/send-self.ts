import { timingSafeEqual } from 'node:crypto';
import { LockMode } from '@mikro-orm/postgresql';
import type { HubContext } from '../../access/index.js';
import { helpLinkUrl, makeHelpLink, PersonFields, Problems } from '../../caseload/index.js';
import { beforeSelf } from '../../identity/index.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { sendReferral } from '../send-referral.js';
import { orCalled, type SharedItem } from '../shared-information.js';
import { keepConsent, keepNeeds, keepPerson, type Said } from './keep-self.js';
import { SelfRequest } from './self-request.entity.js';
import type { SendSelfReferralInput } from './self.inputs.js';
import { asThemselves, SELF_ORG } from './self-org.js';
import { selfStatement } from './self-statement.js';
import { codeOf } from './self.tasks.js';

const MOST_WRONG = 5;

type Proved = { state: 'RIGHT'; request: SelfRequest } | { state: 'WRONG' | 'ENDED' };

/** Whether this is the code of the request; a wrong one is counted, and after five the request is over. */
async function prove(as: HubContext, { ticket, code: typed }: SendSelfReferralInput): Promise<Proved> {
  const em = await as.db.em();
  const request = await em.findOne(
    SelfRequest,
    { id: ticket, orgId: SELF_ORG },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  if (!request || request.wrong >= MOST_WRONG || request.expiresAt <= as.clock.now()) return { state: 'ENDED' };
  // A number that is called: whoever answers there is the proof, and the agency knows that there is no other.
  if (request.way === 'CALL') return { state: 'RIGHT', request };
  const code = (typed ?? '').replace(/\D/g, '');
  const right = Buffer.from(codeOf(as.platform.config.secret, request.id));
  if (code.length === 6 && timingSafeEqual(Buffer.from(code), right)) return { state: 'RIGHT', request };
  request.wrong += 1;
  await em.flush();
  return { state: 'WRONG' };
}

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
    const proved = await prove(as, input);
    if (proved.state !== 'RIGHT') return proved.state;
    if (!proved.request.referralId) await write(as, { ...input, ...names }, said, proved.request);
    return sentAs(as, proved.request);
  });
  if (answer === 'WRONG') return refuse('WRONG_CODE', 'This is not the code. Look again at what we sent.', 'code');
  if (answer === 'ENDED') return ended();
  return answer;
}

const ended = (): never => refuse('CODE_ENDED', 'This code does not work any more. Ask for a new one.', 'code');

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

/** A page for as long as the consent lasts. */
const DAYS = 90;

async function write(as: HubContext, input: SendSelfReferralInput, said: Said, request: SelfRequest): Promise<void> {
  if (request.serviceId !== said.service.id) ended();
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
  await makeHelpLink(as, { patientId: patient.id, way, asksBirthYear: false, days: DAYS });
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
