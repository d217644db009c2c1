import { createHash } from 'node:crypto';
import type { Files } from '../../platform/files/files.js';
import { PERSON } from '../links.js';
import { paper } from './paper.js';
import { FOUND, type Found, type Player, type Stage } from './stage.js';

const HOUR = 3_600_000;
const DESK = 'Front desk (demo)';

/** Who in the household the help is for: to the agency only how they are related and how old they are. */
export async function households(stage: Stage, agencies: readonly Player[]): Promise<void> {
  const found = await stage.rows<Found>(
    `select ${FOUND} where r.to_org_id = any ($1) and r.status in ('REQUESTED', 'ACCEPTED', 'IN_PROGRESS') and r.asked_by = 'CARE_TEAM'
     order by r.sent_at desc, r.id limit 6`,
    [agencies.map(({ org }) => org)],
  );
  for (const [index, one] of found.entries()) {
    const people = index % 2 === 0 ? [['CHILD', 7], ['CHILD', 3]] : [['PARTNER', null], ['PARENT', 81]]; // prettier-ignore
    const words = index % 2 === 0 ? 'Child, 7; Child, 3' : 'Partner; Parent, 81';
    for (const [position, [relation, age]] of people.entries()) {
      await stage.rows(
        'insert into hub.referral_person (id, referral_id, from_org_id, to_org_id, position, relation, age) values ($1, $2, $3, $4, $5, $6, $7)',
        [stage.dice.id(one.sent_at), one.id, one.from_org_id, one.to_org_id, position, relation, age],
      );
    }
    await stage.rows(`update hub.referral set shared = jsonb_insert(shared, '{2}', $2) where id = $1`, [
      one.id,
      JSON.stringify({ key: 'household', value: words }),
    ]);
    await stage.rows(
      `update hub.disclosure set fields = fields || array['household'] where referral_id = $1 and not 'household' = any (fields)`,
      [one.id],
    );
  }
}

/** Who waits, at which place and until when; and appointments that were made. */
export async function waiting(stage: Stage): Promise<void> {
  await stage.rows(
    `update hub.referral r set waitlist_position = 1 + t.n % 9, waitlist_expected_on = ($1::timestamptz + (10 + 4 * (t.n % 9)) * interval '1 day')::date
     from (select id, row_number() over (order by sent_at, id) as n from hub.referral where status = 'ON_HOLD' and reason_code = 'WAITLIST') t
     where t.id = r.id`,
    [stage.now],
  );
  await stage.rows(
    `update hub.referral r set appointment_at = date_trunc('day', $1::timestamptz) + (1 + t.n % 6) * interval '1 day' + (14 + t.n % 5) * interval '1 hour',
       appointment_place = 'Front desk, ground floor'
     from (select id, row_number() over (order by sent_at desc, id) as n from hub.referral where status in ('ACCEPTED', 'IN_PROGRESS')) t
     where t.id = r.id and t.n % 3 = 0`,
    [stage.now],
  );
}

/** Conversations about open referrals, some with papers. Returns the files whose bytes are to be kept. */
export async function conversations(
  stage: Stage,
  files: Files | undefined,
  care: Player,
  agencies: readonly Player[],
): Promise<void> {
  const [around] = await stage.rows<{ patient_id: string }>(PERSON);
  const found = await stage.rows<Found>(
    `select ${FOUND} where r.from_org_id = $1 and r.asked_by = 'CARE_TEAM' and (r.sent_by = $2 or r.to_org_id = any ($3))
       and r.status in ('REQUESTED', 'ACCEPTED', 'IN_PROGRESS', 'ON_HOLD')
     order by r.patient_id is not distinct from $4 desc, (r.sent_by = $2 and r.to_org_id = any ($3)) desc, r.sent_at desc, r.id limit 6`,
    [care.org, care.id, agencies.map(({ org }) => org), around?.patient_id ?? null],
  );
  for (const [index, one] of found.entries()) {
    const say = (ours: boolean, body: string, hours: number): Promise<Said> => speak(stage, one, ours, body, hours);
    await say(false, 'Thank you. Could you send us the form we ask for? A photo of it is fine.', 1);
    const answer = await say(true, 'Here it is. They are home on weekday mornings.', 2);
    await attach(stage, files, answer, { name: 'Form.pdf', title: 'Request for help', lines: ['Household: 3', 'Signed on paper.'] }); // prettier-ignore
    if (index % 2 === 1) continue;
    const more = await say(false, 'Got it. This says what to bring on the first day.', 3);
    await attach(stage, files, more, { name: 'What to bring.pdf', title: 'What to bring', lines: ['A bag or a cart.', 'Something with your address on it.'] }); // prettier-ignore
  }
  // Whoever opens the patient's page finds what the agency sent.
  await stage.rows(
    `update hub.referral_file f set shown_at = $2, shown_by = r.sent_by from hub.referral r
     where r.id = f.referral_id and r.patient_id = $1 and f.author_org_id = f.to_org_id`,
    [around?.patient_id ?? null, stage.now],
  );
}

interface Said {
  id: string;
  at: Date;
  about: Found;
  org: string;
  user: string | null;
}

async function speak(stage: Stage, about: Found, ours: boolean, body: string, hours: number): Promise<Said> {
  // Within what has passed since it was sent, so that nobody speaks tomorrow.
  const passed = stage.now.getTime() - about.sent_at.getTime();
  const at = new Date(about.sent_at.getTime() + Math.min(hours * 5 * HOUR, (passed * hours) / 4));
  const id = stage.dice.id(at);
  const [org, user, name] = ours
    ? [about.from_org_id, about.sent_by, about.sent_by_name]
    : [about.to_org_id, null, DESK];
  await stage.rows(
    `insert into hub.referral_message (id, referral_id, from_org_id, to_org_id, author_org_id, author_user_id, author_name, body, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [id, about.id, about.from_org_id, about.to_org_id, org, user, name, body, at],
  );
  return { id, at, about, org, user };
}

async function attach(
  stage: Stage,
  files: Files | undefined,
  said: Said,
  page: { name: string; title: string; lines: string[] },
): Promise<void> {
  const id = stage.dice.id(said.at);
  const bytes = paper(page.title, ['Fictional, for demonstration only.', ...page.lines]);
  const type = 'application/pdf';
  await files?.put(id, bytes, type);
  await stage.rows(
    `insert into hub.stored_file (id, org_id, kind, name, type, bytes, sha256, created_by, created_at, attached_at)
     values ($1, $2, 'referral-message', $3, $4, $5, $6, $7, $8, $8)`,
    [
      id,
      said.org,
      page.name,
      type,
      bytes.length,
      createHash('sha256').update(bytes).digest(),
      said.user ?? null,
      said.at,
    ],
  );
  await stage.rows(
    `insert into hub.referral_file (file_id, message_id, referral_id, from_org_id, to_org_id, author_org_id, name, type, bytes, position)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0)`,
    [id, said.id, said.about.id, said.about.from_org_id, said.about.to_org_id, said.org, page.name, type, bytes.length],
  );
}
