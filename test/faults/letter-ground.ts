import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { testHub } from '../hub.js';
import { mailServer } from './mail-server.js';

/** A Monday morning, ten o'clock in New York. */
export const MONDAY = '2026-11-16T15:00:00Z';

/** Every table that says what was told: put back as it was, it is what a process leaves that dies before it could say so. */
const MARKS = [
  'graphile_worker._private_jobs',
  'hub.digest_item',
  'hub.referral_clock_step',
  'hub.patient_letter',
  'hub.list_letter',
];

export type LetterGround = Awaited<ReturnType<typeof letterGround>>;

/** A hub whose letters go through a real mail server that can be away, and whose texts through a way out that can fail. */
export async function letterGround(env: Record<string, string> = {}) {
  const mail = await mailServer();
  const texts: string[] = [];
  const provider = createServer((request, response) => {
    const id = String(request.headers['idempotency-key']);
    request.resume();
    if (!ground.textsFail) texts.push(id);
    response.writeHead(ground.textsFail ? 503 : 202).end();
  });
  await once(provider.listen(0, '127.0.0.1'), 'listening');
  const hub = await testHub({
    now: MONDAY,
    realMail: true,
    env: {
      SMTP_URL: mail.url,
      TEXT_URL: `http://127.0.0.1:${(provider.address() as AddressInfo).port}/`,
      INBOUND_MAIL_ADDRESS: 'reply@hub.example.org',
      INBOUND_MAIL_SECRET: 'a-secret-of-the-mail-server-32-chars',
      ...env,
    },
  });

  /** Runs what is due in a process that dies after each letter left and before anything was marked; then in the next one. */
  async function killedAfterSending(): Promise<void> {
    for (const table of MARKS) {
      await hub.sql(`create temp table ${table.replace('.', '_')} as select * from ${table}`);
    }
    await hub.runJobs();
    for (const table of MARKS) {
      await hub.sql(`alter table ${table} disable trigger all`);
      await hub.sql(`delete from ${table}`);
      const columns = await hub.sql<{ c: string }>(
        `select string_agg(quote_ident(attname), ',') as c from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attidentity <> 'a'
           or attrelid = $1::regclass and attidentity = 'a'`,
        [table],
      );
      const list = columns[0]?.c;
      await hub.sql(
        `insert into ${table} (${list}) overriding system value select ${list} from ${table.replace('.', '_')}`,
      );
      await hub.sql(`alter table ${table} enable trigger all`);
      await hub.sql(`drop table ${table.replace('.', '_')}`);
    }
    await hub.runJobs();
  }

  /** A day of tries, each of which fails. */
  async function awayForADay(): Promise<void> {
    await mail.stop();
    for (let tries = 0; tries < 6; tries += 1) {
      await hub.runJobs().catch(() => undefined);
      hub.clock.advance({ hours: 4 });
      await hub.sql(`update graphile_worker._private_jobs set run_at = now() where attempts < max_attempts`);
    }
    await mail.start();
    await hub.runJobs();
  }

  const ground = {
    hub,
    mail,
    texts,
    textsFail: false,
    killedAfterSending,
    awayForADay,
    /** To whom letters went, in order of the alphabet. */
    addressees: (): string[] => mail.letters.map((letter) => /^To: (\S+)/m.exec(letter)?.[1] ?? '').toSorted(),
    /** Everything before is out of the way. */
    async quiet(): Promise<void> {
      await hub.runJobs();
      mail.letters.length = 0;
    },
    async anew(): Promise<void> {
      hub.clock.set(MONDAY);
      // What earlier tests sent is nobody's to be reminded of.
      await hub.sql('update hub.referral set next_clock_at = null');
      await hub.sql('delete from hub.rate_limit');
      ground.textsFail = false;
      mail.letters.length = texts.length = 0;
    },
    async stop(): Promise<void> {
      await hub.stop();
      await mail.stop();
      provider.close();
    },
  };
  return ground;
}
