import * as fc from 'fast-check';
import { ClientError } from 'graphql-request';
import { newId } from '../../../src/platform/id.js';
import { visitor, type Actor } from '../../actors.js';
import { byLink } from '../../link-factories.js';
import { SEND_OFFER } from '../../offer-factories.js';
import { MESSAGE, SEND, step, take } from '../../referral-factories.js';
import { agencyOf, agree, referralsOf, SECRET, type Agency, type Row, type World } from './world.js';

/** What somebody does: who and what by name, and numbers by which it finds whom it is about. */
export interface Act {
  what: keyof typeof ACTS;
  which: number;
  much: number;
}

/** What came of it: the codes of refusals; empty when it was done; null when there was nothing to do it to. */
export type Outcome = string[] | null;
type Doing = (world: World, act: Act) => Promise<Outcome>;

const why = { reasonCode: 'OTHER', reason: 'x' };
/** What the API says to whom may not see or do it; anything else is a fault of the hub. */
const MAY_REFUSE: ReadonlySet<string> = new Set(['NOT_FOUND', 'FORBIDDEN', 'UNAUTHENTICATED']);

async function refusable(work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    const codes = (error.response.errors ?? []).map(({ extensions }) => String(extensions?.['code']));
    if (codes.length === 0 || codes.some((code) => !MAY_REFUSE.has(code))) throw error;
    return codes;
  }
}

async function pick(world: World, { which }: Act): Promise<Row | undefined> {
  const rows = await referralsOf(world);
  // The newest most often: what is closed long ago is tried now and then.
  return rows.length === 0 ? undefined : rows[rows.length - 1 - (which % Math.min(rows.length, 1 + (which % 4)))];
}
const agencyAt = ({ agencies }: World, n: number): Agency => agencies[n % agencies.length]!;

const onOne =
  (work: (world: World, row: Row, act: Act) => Promise<Outcome>): Doing =>
  async (world, act) => {
    const row = await pick(world, act);
    return row ? refusable(() => work(world, row, act)) : null;
  };
const by = (whose: (world: World, row: Row) => Actor, mutation: string, given: object = {}): Doing =>
  onOne(async (world, row, { much }) => {
    // Every third looks at a state that is older than the one that stands.
    const seen = much % 3 === 0 ? { expectedVersion: row.version } : {};
    return (await take(whose(world, row), mutation, row.id, { ...seen, ...given })).refused;
  });
const bySender = (mutation: string, given: object = {}) => by(({ sender }) => sender, mutation, given);
const byAgency = (mutation: string, given: object = {}) =>
  by((world, row) => agencyOf(world, row).actor, mutation, given);

const toSend = (world: World, serviceId: string, given: object = {}) => ({
  patientId: world.patientId,
  serviceId,
  needIds: [world.needId],
  idempotencyKey: newId(),
  ...given,
});
const codesOf = ({ userErrors }: { userErrors: { code: string }[] }): string[] => userErrors.map(({ code }) => code);
const sent = async (world: World, input: object): Promise<Outcome> =>
  codesOf((await world.sender.gql(SEND, { input })).sendReferral);
const offer =
  (kind: string): Doing =>
  (world, { much }) =>
    refusable(async () => {
      const targets = [0, 1, 2].map((n) => ({ serviceId: agencyAt(world, n + much).serviceId }));
      const input = { patientId: world.patientId, needIds: [world.needId], targets: targets.slice(0, 2 + (much % 2)), kind, sendOn: much % 2 === 0, idempotencyKey: newId() }; // prettier-ignore
      return codesOf((await world.sender.gql(SEND_OFFER, { input })).offerReferral);
    });

/** The last letter to an agency about a referral that has its link in it; the link of another referral is tried too. */
function letterFor({ hub }: World, { desk }: Agency, { id }: Row) {
  return hub.mail.to(desk).findLast(({ text }) => text.includes(id) && text.includes('/answer#token='));
}
const LINK_ANSWERS: readonly object[] = [
  { answer: 'ACCEPT' },
  { answer: 'DECLINE', reasonCode: 'NO_CAPACITY' },
  { answer: 'NEED_INFO', words: 'Which size?' },
  { answer: 'WAITLIST', waitlistPosition: 3 },
  { answer: 'START' },
  { answer: 'HELPED', outcome: 'HELP_RECEIVED' },
  { answer: 'NOT_HELPED', reasonCode: 'OTHER', words: 'x' },
  { answer: 'NOT_REACHED' },
];

/** What an agency says by phone, some of it an hour before it is written down. */
const PHONED: readonly object[] = LINK_ANSWERS.filter((one) => !('words' in one && one.words === 'Which size?')).slice(
  0,
  -1,
);
const phoned: Doing = onOne(async (world, row, { much }) => {
  const hourAgo = new Date(world.hub.clock.now().getTime() - 3_600_000).toISOString();
  const given = { ...PHONED[much % PHONED.length], saidBy: 'The desk', idempotencyKey: newId(), ...(much % 2 ? { saidAt: hourAgo } : {}) }; // prettier-ignore
  return (await take(world.sender, 'recordPhoneAnswer', row.id, given)).refused;
});
/** The agency reads what was written down, or another one tries to speak for it. */
const contradicts: Doing = onOne(async (world, row, { much }) => {
  const [said] = await world.hub.sql<{ id: string }>(
    'select id from hub.phone_answer where referral_id = $1 order by recorded_at desc, id limit 1',
    [row.id],
  );
  if (!said) return null;
  const who = much % 5 === 0 ? agencyAt(world, much).actor : agencyOf(world, row).actor;
  return (await take(who, 'contradictPhoneAnswer', said.id, { words: 'We said maybe.' })).refused;
});

async function mailed(world: World, row: Row, much: number): Promise<Outcome> {
  const at = letterFor(world, agencyOf(world, row), row)?.replyTo;
  if (!at) return null;
  const body = ['1', '2', '5\nplace 4', '6', '8', '10', '7\nWhich size?', 'thanks'][much % 8];
  const raw = `From: ${agencyOf(world, row).desk}\r\nTo: ${at}\r\nMessage-ID: <${newId()}@agency.example>\r\nSubject: Re\r\n\r\n${body}\r\n`;
  const response = await fetch(`${await world.hub.url()}/mail/inbound`, {
    method: 'POST',
    headers: { 'content-type': 'message/rfc822', authorization: `Bearer ${SECRET}` },
    body: raw,
  });
  const said = await response.text();
  if (response.status !== 200) throw new Error(`A mailed answer: ${response.status} ${said}`);
  return [];
}

const PAGE = `mutation ($input: MakeHelpLinkInput!) { makeHelpLink(input: $input) { url } }`;
const OPEN_PAGE = `mutation ($input: OpenMyHelpInput!) { openMyHelp(input: $input) { page { token } } }`;
const STOP = `mutation { stopSharing(input: {}) { stopped userErrors { code } } }`;

async function stopsSharing({ hub, sender, patientId }: World): Promise<Outcome> {
  const { url } = (await sender.gql(PAGE, { input: { patientId, way: 'PAPER', asksBirthYear: false } })).makeHelpLink;
  await hub.sql('delete from hub.rate_limit');
  const token = /#token=([\w-]+)/.exec(url)?.[1];
  const { page } = (await (await visitor(hub)).gql(OPEN_PAGE, { input: { token } })).openMyHelp;
  return codesOf((await (await visitor(hub, page.token)).gql(STOP)).stopSharing);
}

async function revokes({ hub, sender, patientId }: World): Promise<Outcome> {
  const [consent] = await hub.sql<{ id: string }>(`select id from hub.consent where patient_id = $1 and status = 'ACTIVE' order by id desc`, [patientId]); // prettier-ignore
  if (!consent) return null;
  const document = `mutation ($input: RevokeConsentInput!) { revokeConsent(input: $input) { userErrors { code } } }`;
  return codesOf((await sender.gql(document, { input: { id: consent.id, reason: 'x' } })).revokeConsent);
}

const tick: Doing = async ({ hub }) => {
  for (const task of ['referral.tick', 'referral.consents-run-out', 'referral.digests']) {
    await hub.sql('select hub.enqueue($1)', [task]);
  }
  await hub.runJobs();
  return [];
};

export const ACTS = {
  send: (world, { much }) =>
    refusable(() =>
      sent(world, toSend(world, agencyAt(world, much).serviceId, much % 4 === 0 ? { priority: 'URGENT' } : {})),
    ),
  group: offer('GROUP'),
  cascade: offer('CASCADE'),
  accept: byAgency('acceptReferral'),
  decline: byAgency('declineReferral', why),
  hold: byAgency('holdReferral', why),
  start: byAgency('startReferral'),
  complete: byAgency('completeReferral', { outcome: 'HELP_RECEIVED' }),
  fail: byAgency('failReferral', why),
  waitlist: byAgency('answerReferral', { answer: 'WAITLIST', waitlistPosition: 2 }),
  appointment: onOne(async (world, row) => {
    const appointmentAt = new Date(world.hub.clock.now().getTime() + 2 * 86_400_000).toISOString();
    return (await take(agencyOf(world, row).actor, 'answerReferral', row.id, { answer: 'APPOINTMENT', appointmentAt, appointmentPlace: '1 Main St' })).refused; // prettier-ignore
  }),
  cancel: bySender('cancelReferral', why),
  recall: bySender('recallReferral', why),
  mistake: bySender('withdrawReferralInError', { reason: 'x' }),
  transfer: onOne((world, row, { much }) =>
    sent(world, toSend(world, agencyAt(world, much).serviceId, { followsId: row.id, followsHow: 'TRANSFERRED' })),
  ),
  reopen: onOne((world, row) => sent(world, toSend(world, row.service_id, { followsId: row.id }))),
  copy: onOne(
    async (world, row) =>
      (await take(world.sender, 'copyReferral', row.id, { userIds: [world.colleague.user.id] })).refused,
  ),
  write: onOne(async (world, row, { much }) => {
    const who = much % 2 ? world.sender : agencyOf(world, row).actor;
    return codesOf(
      (await who.gql(MESSAGE, { input: { id: row.id, body: 'Hello', idempotencyKey: newId() } })).sendReferralMessage,
    );
  }),
  keep: bySender('keepReferral'),
  renew: bySender('renewReferralConsent'),
  link: onOne(async (world, row, { much }) => {
    const token = /\/answer#token=([\w-]+)/.exec(letterFor(world, agencyOf(world, row), row)?.text ?? '')?.[1];
    if (!token) return null;
    await world.hub.sql('delete from hub.rate_limit');
    return (await byLink(world.anybody, 'answer', { token, id: newId(), ...LINK_ANSWERS[much % LINK_ANSWERS.length] }))
      .refused;
  }),
  phone: phoned,
  contradict: contradicts,
  mail: onOne(async (world, row, { much }) => mailed(world, row, much)),
  revoke: revokes,
  stopSharing: stopsSharing,
  agree: async (world) => {
    await agree(world);
    return [];
  },
  /** Some hours or days, over closed days, holidays and the change of the clocks. */
  later: async ({ hub }, { much }) => {
    hub.clock.advance({ hours: [1, 3, 20, 70, 300][much % 5]! });
    return [];
  },
  /** The clock of the machine is set back. */
  back: async ({ hub }, { much }) => {
    hub.clock.advance({ hours: -[1, 5, 30][much % 3]! });
    return [];
  },
  jobs: async ({ hub }) => {
    await hub.runJobs();
    return [];
  },
  tick,
  /** Two workers look at the clocks at once. */
  tickTwice: async ({ hub }) => {
    for (let n = 0; n < 2; n += 1) await hub.sql(`select hub.enqueue('referral.tick')`);
    await hub.runJobs();
    return [];
  },
  /** Another agency tries what is not its own. */
  stranger: onOne(async (world, row, { much }) => {
    const other = world.agencies.filter((one) => one.actor.organization.id !== row.to_org_id)[much % 2]!;
    const codes = await other.actor.codes(step('acceptReferral'), { input: { id: row.id } });
    if (codes[0] !== 'NOT_FOUND') throw new Error(`A stranger reached a referral: ${codes.join()}`);
    return codes;
  }),
  /** A worker died: what it had taken is taken back. */
  crash: async ({ hub }) => {
    await hub.sql(
      `update graphile_worker._private_jobs set locked_by = 'dead', locked_at = now() - interval '10 minutes', attempts = 1`,
    );
    await hub.sql(`select graphile_worker.force_unlock_workers(array['dead'])`);
    return [];
  },
} as const satisfies Record<string, Doing>;

const OFTEN: (keyof typeof ACTS)[] = ['send', 'group', 'cascade', 'accept', 'decline', 'later', 'tick', 'jobs', 'link'];
const names = Object.keys(ACTS) as (keyof typeof ACTS)[];
export const act: fc.Arbitrary<Act> = fc.record({
  what: fc.oneof(fc.constantFrom(...names), fc.constantFrom(...OFTEN)),
  which: fc.nat(99),
  much: fc.nat(99),
});
