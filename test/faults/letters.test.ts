import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { agencyAdmin, careManager, curator, visitor } from '../actors.js';
import { user } from '../factories.js';
import type { TestHub } from '../hub.js';
import { MESSAGE, pair, send, take, type Pair } from '../referral-factories.js';
import { newId } from '../../src/platform/id.js';
import { letterGround, MONDAY, type LetterGround } from './letter-ground.js';

/*
 * Letters through a real mail server that is away for a day, that does not know one of two addresses, beside a way out for
 * texts that fails, and from a worker that is killed between a letter and the mark that it left: each leaves once.
 */
let ground: LetterGround;
let hub: TestHub;
let mail: LetterGround['mail'];
let texts: string[];

beforeAll(async () => {
  ground = await letterGround();
  ({ hub, mail, texts } = ground);
});
afterAll(() => ground.stop());
beforeEach(() => ground.anew());

const to = (address: string): string[] => mail.letters.filter((letter) => letter.includes(`To: ${address}`));
const addressees = (): string[] => ground.addressees();
const quiet = (): Promise<void> => ground.quiet();

interface Case extends Pair {
  desk: string;
}
let made = 0;
async function agencyOf(given: { daily?: boolean; leader?: boolean } = {}): Promise<Case> {
  const between = await pair(hub);
  const { organization } = between.agency;
  const desk = `desk${(made += 1)}@agency.example`;
  await hub.sql('update hub.organization set referral_email = $1 where id = $2', [desk, organization.id]);
  if (given.daily) {
    await hub.sql(
      `insert into hub.agency_notices (organization_id, letters, digest_hour, updated_at) values ($1, 'DAILY', 8, now())`,
      [organization.id],
    );
  }
  return { ...between, desk };
}

const tick = () => hub.sql(`select hub.enqueue('referral.tick')`);

/** Each kind of letter: what brings it about without running a job for it, and to whom it goes. */
const KINDS: Record<string, () => Promise<string[]>> = {
  'a new referral': async () => {
    const at = await agencyOf();
    await send(at);
    return [at.desk];
  },
  'an answer': async () => {
    const at = await agencyOf();
    const id = await send(at);
    await quiet();
    await take(at.agency, 'acceptReferral', id);
    return [at.sender.user.email];
  },
  'a message': async () => {
    const at = await agencyOf();
    const id = await send(at);
    await quiet();
    await at.sender.gql(MESSAGE, { input: { id, body: 'Hello', idempotencyKey: newId() } });
    return [at.desk];
  },
  'the letter of the day': async () => {
    const at = await agencyOf({ daily: true });
    await send(at);
    await quiet();
    hub.clock.advance({ days: 1 });
    await hub.sql(`select hub.enqueue('referral.digests')`);
    return [at.desk];
  },
  'a reminder': async () => {
    const at = await agencyOf();
    await send(at);
    await quiet();
    hub.clock.set('2026-11-17T22:00:00Z');
    await tick();
    return [at.desk];
  },
  'a word to those who lead': async () => {
    const at = await agencyOf();
    const id = await send(at);
    const leader = await agencyAdmin(hub, { organization: at.agency.organization });
    await hub.sql(`insert into hub.referral_clock_step (referral_id, step, from_org_id, to_org_id, at, told_at)
      select r.id, s, r.from_org_id, r.to_org_id, now(), now() from hub.referral r, unnest(array['REMIND_SEE', 'REMIND_ANSWER']) s where r.id = '${id}'`);
    await quiet();
    hub.clock.set('2026-11-18T22:00:00Z');
    await hub.sql(`update hub.referral_clock_step set at = '${MONDAY}'`);
    await tick();
    return [leader.user.email];
  },
  'a word to the sender': async () => {
    const at = await agencyOf();
    const id = await send(at);
    await hub.sql(`insert into hub.referral_clock_step (referral_id, step, from_org_id, to_org_id, at, told_at)
      select r.id, s, r.from_org_id, r.to_org_id, '${MONDAY}', now() from hub.referral r, unnest(array['REMIND_SEE', 'REMIND_ANSWER', 'ESCALATE_ANSWER']) s where r.id = '${id}'`);
    await quiet();
    hub.clock.set('2026-11-19T18:00:00Z');
    await tick();
    return [at.sender.user.email];
  },
  'a new link': async () => {
    const at = await agencyOf();
    const id = await send(at);
    await quiet();
    hub.clock.advance({ minutes: 11 });
    await take(at.sender, 'renewAnswerLink', id);
    return [at.desk];
  },
  'an offer to several': async () => {
    const [one, other] = [await agencyOf(), await agencyOf()];
    const { offerReferral } = await one.sender.gql(
      `mutation ($input: OfferReferralInput!) { offerReferral(input: $input) { offer { id } userErrors { code field } } }`,
      {
        input: {
          patientId: one.patientId,
          needIds: [one.needId],
          targets: [one, other].map(({ serviceId }) => ({ serviceId })),
          kind: 'GROUP',
          idempotencyKey: newId(),
        },
      },
    );
    expect(offerReferral.userErrors).toEqual([]);
    return [one.desk, other.desk];
  },
  'a listing to check': async () => {
    const at = await agencyOf();
    const steward = await curator(hub);
    await steward.gql(
      `mutation ($input: RequestVerificationInput!) { requestVerification(input: $input) { userErrors { code } } }`,
      { input: { serviceIds: [at.serviceId] } },
    );
    return [at.desk];
  },
  'a new password': async () => {
    const email = `forgot${(made += 1)}@example.org`;
    await user(hub, { email });
    const anybody = await visitor(hub);
    await anybody.gql(
      `mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { userErrors { code } } }`,
      { input: { email } },
    );
    return [email];
  },
};

describe.each(Object.keys(KINDS))('%s', (kind) => {
  const bring = async (): Promise<string[]> => {
    const expected = (await KINDS[kind]?.()) ?? [];
    mail.letters.length = 0;
    return expected.toSorted();
  };

  it('leaves late and once when the mail server was away for a day', async () => {
    const expected = await bring();
    await ground.awayForADay();
    expect(addressees()).toEqual(expected);
    await hub.runJobs();
    expect(addressees()).toEqual(expected);
  });

  it('leaves once from a worker that is killed before it could say that it left', async () => {
    const expected = await bring();
    await ground.killedAfterSending();
    expect(addressees()).toEqual(expected);
  });
});

describe('of several letters', () => {
  it('those that can leave do, once, whatever becomes of the others', async () => {
    const at = await agencyOf();
    const id = await send(at);
    await quiet();
    const colleague = await careManager(hub, { organization: at.sender.organization });
    await hub.sql(
      `insert into hub.referral_watcher (referral_id, user_id, from_org_id, added_by, added_at) values ($1, $2, $3, $4, now())`,
      [id, colleague.user.id, at.sender.organization.id, at.sender.user.id],
    );
    mail.unknown.add(at.sender.user.email);
    await take(at.agency, 'acceptReferral', id);
    for (let tries = 0; tries < 4; tries += 1) {
      await expect(hub.runJobs()).rejects.toThrow('550');
      await hub.sql('update graphile_worker._private_jobs set run_at = now()');
    }
    expect(addressees()).toEqual([colleague.user.email]);
    mail.unknown.clear();
    await hub.runJobs();
    expect(addressees()).toEqual([colleague.user.email, at.sender.user.email].toSorted());
  });

  it('what comes in while the letter of the day leaves stands in the next one', async () => {
    const at = await agencyOf({ daily: true });
    const id = await send(at);
    const write = () => at.sender.gql(MESSAGE, { input: { id, body: 'Hello', idempotencyKey: newId() } });
    await write();
    await quiet();
    hub.clock.advance({ days: 1 });
    await hub.sql(`select hub.enqueue('referral.digests')`);
    mail.between.work = async () => {
      hub.clock.advance({ seconds: 5 });
      await write();
      await hub.app.jobs.runDue(hub.clock.now());
    };
    await hub.runJobs();
    expect(addressees()).toEqual([at.desk]);
    hub.clock.advance({ days: 1 });
    await hub.sql(`select hub.enqueue('referral.digests')`);
    await hub.runJobs();
    expect(addressees()).toEqual([at.desk, at.desk]);
    expect(mail.letters[1]).toContain('A message about a referral');
    expect(mail.letters[1]).not.toContain('A new referral');
  });

  it('a text that cannot leave sends no letter again, and leaves when it can', async () => {
    const at = await agencyOf();
    await hub.sql(
      `insert into hub.agency_notices (organization_id, letters, digest_hour, text_phone, updated_at) values ($1, 'EACH', 8, '+14105550123', now())`,
      [at.agency.organization.id],
    );
    ground.textsFail = true;
    await send(at);
    for (let tries = 0; tries < 3; tries += 1) {
      await expect(hub.runJobs()).rejects.toThrow('text message');
      await hub.sql('update graphile_worker._private_jobs set run_at = now()');
    }
    expect([addressees(), texts]).toEqual([[at.desk], []]);
    ground.textsFail = false;
    await hub.runJobs();
    await hub.runJobs();
    expect([addressees().length, texts.length]).toEqual([1, 1]);
  });

  it('a new link that is asked for while the last one waits is a letter of its own', async () => {
    const at = await agencyOf();
    const id = await send(at);
    await hub.sql(
      `insert into hub.agency_notices (organization_id, letters, digest_hour, text_phone, updated_at) values ($1, 'EACH', 8, '+14105550123', now())`,
      [at.agency.organization.id],
    );
    await quiet();
    ground.textsFail = true;
    for (let links = 0; links < 2; links += 1) {
      hub.clock.advance({ minutes: 11 });
      await take(at.sender, 'renewAnswerLink', id);
      await hub.runJobs().catch(() => undefined);
    }
    const tokens = to(at.desk).map((letter) => /token=3D([\w-]+)/.exec(letter)?.[1]);
    expect(new Set(tokens).size).toBe(2);
  });
});
