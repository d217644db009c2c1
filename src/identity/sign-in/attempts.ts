import { setTimeout as pause } from 'node:timers/promises';
import { fail } from '../../platform/graphql/errors.js';
import { networkOf } from '../rate-limit/network.js';
import { add, attempt, forget, used, type Count } from '../rate-limit/rate-limit.js';
import { waitWords } from '../rate-limit/wait-words.js';
import type { Limit } from '../rate-limit/window.js';
import { hashWith, keyFor } from '../token.js';
import type { Door } from './door.js';

const minutes = (count: number): number => count * 60_000;

/** One address at one account. */
const hereLimit: Limit = { hits: 10, windowMs: minutes(15) };
/** One address at all accounts: a clinic behind one address has many people. */
const addressLimit: Limit = { hits: 100, windowMs: minutes(15) };
/** Links and codes from one address. */
const linkLimit: Limit = { hits: 30, windowMs: minutes(15) };
/** What is done by links of referrals from one address, and by one of them: a desk works through a morning's mail. */
const answerLimit: Limit = { hits: 300, windowMs: minutes(15) };
const oneLinkLimit: Limit = { hits: 60, windowMs: minutes(15) };
/** Reports that something in a listing is wrong, and claims of one, from one address: a helpdesk reads out many. */
const reportLimit: Limit = { hits: 20, windowMs: minutes(60) };
/** Lists that are made or sent from one address: a clinic's front desk prints one for each patient. */
const listLimit: Limit = { hits: 60, windowMs: minutes(60) };
/** Requests of people who ask for themselves, from one address: a library or a clinic lends its computer. */
const selfLimit: Limit = { hits: 20, windowMs: minutes(60) };
/** The same about one service or one request: no inbox is flooded, no code is guessed. */
const selfAboutLimit: Limit = { hits: 60, windowMs: minutes(60) };
/** Codes that one address is sent. */
const selfCodeLimit: Limit = { hits: 5, windowMs: minutes(24 * 60) };
/** Requests to be called that no code proves: at one number, from one address, and to one service. */
const selfCallLimit: Limit = { hits: 2, windowMs: minutes(24 * 60) };
const selfCallsFromLimit: Limit = { hits: 6, windowMs: minutes(24 * 60) };
const selfCallsToLimit: Limit = { hits: 20, windowMs: minutes(24 * 60) };
/** Lists that one mailbox is sent, by whomever. */
const listLetterLimit: Limit = { hits: 10, windowMs: minutes(24 * 60) };
/** Letters one account is sent. */
const letterLimit: Limit = { hits: 5, windowMs: minutes(60) };
/** Codes of the authenticator app at one half-open session, and at one account from everywhere. */
const codeLimit: Limit = { hits: 5, windowMs: minutes(15) };
const accountCodeLimit: Limit = { hits: 30, windowMs: minutes(60) };
/** What one link asks beside its token, such as a birth date: wrong answers from everywhere. */
const proofLimit: Limit = { hits: 5, windowMs: minutes(60) };
/** Failures at one account from everywhere; it only slows down, so that no stranger can lock anybody out. */
const accountLimit: Limit = { hits: 20, windowMs: minutes(15) };

function count(door: Door, limit: Limit, ...parts: string[]): Count {
  return { key: hashWith(keyFor(door.platform.config.secret, 'rate limit'), ...parts), limit };
}

function knocksOf(door: Door, email: string) {
  const account = email.trim().toLowerCase();
  const network = networkOf(door.request.ip);
  return {
    here: count(door, hereLimit, 'here', network, account),
    address: count(door, addressLimit, 'address', network),
    account: count(door, accountLimit, 'account', account),
  };
}

async function demandRoom(door: Door, counts: readonly Count[], stranger = false): Promise<void> {
  const now = door.platform.clock.now();
  const freeAt = await attempt(door.platform.authPool, counts, now);
  if (!freeAt) return;
  const when = waitWords(freeAt, now);
  fail.rateLimited(
    stranger
      ? `Too many attempts. Try again ${when}. If that was not you, choose a new password.`
      : `Too many attempts. Try again ${when}.`,
  );
}

/** How long an attempt waits after so many failures at its account: 0.1 s for each one beyond the limit, 2 s at most. */
export function slowdownMs(failures: number): number {
  return Math.min(2000, Math.max(0, failures - accountLimit.hits) * 100);
}

/**
 * Before a password is checked: counts the attempt, throws RATE_LIMITED when this address has failed too often, and
 * waits when the account is under attack from many. No connection is held meanwhile.
 */
export async function beforePassword(door: Door, email: string): Promise<void> {
  const { here, address, account } = knocksOf(door, email);
  await demandRoom(door, [here, address]);
  const wait = slowdownMs(await used(door.platform.authPool, account, door.platform.clock.now()));
  if (wait > 0) await pause(wait);
}

/** After a wrong password. Always writes, whether there is such an account or not. */
export async function afterWrongPassword(door: Door, email: string): Promise<void> {
  await add(door.platform.authPool, [knocksOf(door, email).account.key], door.platform.clock.now(), 1);
}

/** After a right password: this address starts anew at this account, and has not failed. */
export async function afterRightPassword(door: Door, email: string): Promise<void> {
  const { here, address } = knocksOf(door, email);
  await forget(door.platform.authPool, here.key);
  await add(door.platform.authPool, [address.key], door.platform.clock.now(), -1);
}

/** Before a mailed link is looked up, or a letter asked for: throws RATE_LIMITED for an address that tries many. */
export async function beforeLink(door: Door): Promise<void> {
  await demandRoom(door, [count(door, linkLimit, 'link', networkOf(door.request.ip))]);
}

/**
 * Before something is done by the link of a referral: throws RATE_LIMITED for an address that does too much, and for a
 * link that is used too much.
 */
export async function beforeAnswer(door: Door, tokenHash: Buffer): Promise<void> {
  const network = networkOf(door.request.ip);
  const one = tokenHash.toString('hex');
  await demandRoom(door, [count(door, answerLimit, 'answer', network), count(door, oneLinkLimit, 'answer link', one)]);
}

/** Before what a link asks beside its token is compared: throws RATE_LIMITED when too much was wrong. Counted first. */
export async function beforeProof(door: Door, linkId: string): Promise<void> {
  await demandRoom(door, [count(door, proofLimit, 'proof', linkId)]);
}

/** After a right answer, which is no attempt. */
export async function afterRightProof(door: Door, linkId: string): Promise<void> {
  const { key } = count(door, proofLimit, 'proof', linkId);
  await add(door.platform.authPool, [key], door.platform.clock.now(), -1);
}

/** Before anyone says something of a listing: throws RATE_LIMITED for an address that says too much. */
export async function beforeReport(door: Door): Promise<void> {
  await demandRoom(door, [count(door, reportLimit, 'report', networkOf(door.request.ip))]);
}

/** Before a list of listings is put on paper or sent: throws RATE_LIMITED for an address that asks for many. */
export async function beforeList(door: Door): Promise<void> {
  await demandRoom(door, [count(door, listLimit, 'list', networkOf(door.request.ip))]);
}

/** Whether one more list may go to this mailbox; counted apart, so that nobody keeps its owner from a new password. */
export async function mayMailList(door: Door, email: string): Promise<boolean> {
  const lists = count(door, listLetterLimit, 'list letter', email.trim().toLowerCase());
  return (await attempt(door.platform.authPool, [lists], door.platform.clock.now())) === null;
}

/** Before somebody asks for themselves: throws RATE_LIMITED for a place, a service or a request with too many. */
export async function beforeSelf(door: Door, about: string): Promise<void> {
  const network = networkOf(door.request.ip);
  await demandRoom(door, [count(door, selfLimit, 'self', network), count(door, selfAboutLimit, 'self about', about)]);
}

/** Whether one more code may go to this address or number. */
export async function maySendCode(door: Door, address: string): Promise<boolean> {
  const codes = count(door, selfCodeLimit, 'self code', address.trim().toLowerCase());
  return (await attempt(door.platform.authPool, [codes], door.platform.clock.now())) === null;
}

/** Whether a service may be asked to call this number, which nothing proves: few, so that nobody is called for sport. */
export async function mayAskForCall(door: Door, phone: string, serviceId: string): Promise<boolean> {
  const counts = [
    count(door, selfCallLimit, 'self call', phone),
    count(door, selfCallsFromLimit, 'self calls from', networkOf(door.request.ip)),
    count(door, selfCallsToLimit, 'self calls to', serviceId),
  ];
  return (await attempt(door.platform.authPool, counts, door.platform.clock.now())) === null;
}

/** Whether one more letter may go to this address. */
export async function mayWrite(door: Door, email: string): Promise<boolean> {
  const letters = count(door, letterLimit, 'letter', email.trim().toLowerCase());
  return (await attempt(door.platform.authPool, [letters], door.platform.clock.now())) === null;
}

/** Whether a half-open session may try another code. */
export async function mayTryCode(door: Door, sessionId: string): Promise<boolean> {
  const codes = count(door, codeLimit, 'code', sessionId);
  return (await attempt(door.platform.authPool, [codes], door.platform.clock.now())) === null;
}

/**
 * Before a code is checked: throws RATE_LIMITED when too many were wrong at this account. Only someone who knows the
 * password gets here, and a new password clears it.
 */
export async function beforeCode(door: Door, userId: string): Promise<void> {
  await demandRoom(door, [count(door, accountCodeLimit, 'account code', userId)], true);
}

/** After a right code or a new password: what was counted against the account's owner is forgotten. */
export async function forgetFailures(door: Door, userId: string, email: string): Promise<void> {
  const { here, account } = knocksOf(door, email);
  const codes = count(door, accountCodeLimit, 'account code', userId);
  for (const { key } of [here, account, codes]) await forget(door.platform.authPool, key);
}
