import { createHash } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymous } from '../../test/actors.js';
import { testHub, type TestHub } from '../../test/hub.js';
import { ruleProblems } from '../directory/eligibility/rules.js';
import { problemWords } from '../directory/hsds/problem-words.js';
import { hashToken } from '../identity/index.js';
import { kindOfBytes } from '../platform/files/kind-of-bytes.js';
import { replay, type Recorded } from '../referral/replay.js';
import { scoreScreening, seededInstruments, type Answer } from '../screening/index.js';
import { DEMO_PASSWORD, DEMO_PEOPLE } from './accounts.js';
import { Batch } from './copy.js';
import { DEMO_SIZE, fillWhenEmpty } from './fill.js';
import { demoLinks } from './links.js';
import { seedDemo } from './seed-demo.js';
import { rarerHelp, serviceForms } from './words.js';

const NOW = '2026-11-20T15:00:00Z';

/** A fingerprint of every row the demo writes; the salt of the one password is its only chance. */
async function fingerprint(patients: number, seed: number): Promise<Record<string, string>> {
  const hub = await testHub({ now: NOW });
  const client = new Client({ connectionString: hub.app.database.ownerUrl });
  await client.connect();
  try {
    await seedDemo(client, { patients, services: 60, seed, now: hub.clock.now() });
    const tables = await hub.sql<{ name: string }>(
      `select c.relname as name from pg_class c where c.relnamespace = 'hub'::regnamespace and c.relkind = 'r'
       and not c.relispartition and c.relname not in ('migration', 'zip_code', 'search_synonym', 'search_word') order by 1`,
    );
    const found: Record<string, string> = {};
    for (const { name } of tables) {
      const rows = await hub.sql<{ row: string }>(
        `select (to_jsonb(t) - 'password_hash')::text as row from hub.${name} t order by 1`,
      );
      if (rows.length > 0) found[name] = createHash('sha256').update(rows.map(({ row }) => row).join('\n')).digest('hex'); // prettier-ignore
    }
    return found;
  } finally {
    await client.end();
    await hub.stop();
  }
}

describe('the demo', () => {
  it('is the same for the same seed and day, and another for another seed', async () => {
    const [one, again, other] = [await fingerprint(40, 7), await fingerprint(40, 7), await fingerprint(40, 8)];
    expect(Object.keys(one).length).toBeGreaterThan(20);
    expect(again).toEqual(one);
    expect(other['patient']).not.toBe(one['patient']);
    expect(other['referral']).not.toBe(one['referral']);
  }, 120_000);

  it('describes who a service is for in rules that can be read', () => {
    const forms = [...serviceForms, ...rarerHelp.flatMap(({ services }) => services)];
    const problems = forms.flatMap((form) => ruleProblems(form.rules).map((problem) => `${form.name}: ${problem}`)); // prettier-ignore
    expect(problems).toEqual([]);
    // No rule at all would leave every patient's answer open.
    expect(forms.filter((form) => form.rules.length === 0).map((form) => form.name)).toEqual([]);
  });

  describe('of the usual size', () => {
    let hub: TestHub;
    beforeAll(async () => {
      hub = await testHub({ now: NOW });
      expect(await fillWhenEmpty(hub.platform, hub.app.database.ownerUrl)).toBeGreaterThan(50_000);
    }, 300_000);
    afterAll(() => hub.stop());

    it('is a network of the promised size, and leaves a hub alone that has something in it', async () => {
      const [count] = await hub.sql<Record<string, number>>(`select
        (select count(*)::int from hub.organization where kind = 'AGENCY') as agencies, (select count(*)::int from hub.service) as services,
        (select count(*)::int from hub.organization where kind = 'CARE' and id <> hub.self_org()) as care, (select count(*)::int from hub.organization where kind = 'PLAN') as plans,
        (select count(*)::int from hub.patient where care_org_id <> hub.self_org()) as patients, (select count(*)::int from hub.search_document) as documents,
        (select count(distinct user_id)::int from hub.assignment) as managers`);
      expect(count).toMatchObject({ services: 372, care: 3, plans: 2, patients: 2400, documents: 372 });
      expect(count?.['agencies']).toBeGreaterThanOrEqual(80);
      expect(count?.['managers']).toBeGreaterThanOrEqual(12);
      expect(await fillWhenEmpty(hub.platform, hub.app.database.ownerUrl, { ...DEMO_SIZE, seed: 2 })).toBeNull();
    });

    it('has referrals in every state that sending leads to, each with a history that could have happened', async () => {
      const histories = await hub.sql<{ status: string; history: (Recorded & { at: string })[]; version: number }>(
        `select r.status, r.version, (select json_agg(json_build_object('from', t.from_status, 'to', t.to_status, 'side', t.side, 'at', t.at,
             'reason', case when t.reason_code is null and t.reason is null then null
               else json_build_object('code', t.reason_code, 'text', t.reason) end) order by t.at, t.id)
           from hub.referral_transition t where t.referral_id = r.id) as history
         from hub.referral r`,
      );
      expect(histories.length).toBeGreaterThan(1000);
      for (const { status, history, version } of histories) {
        expect(replay(history), JSON.stringify(history)).toBe(status);
        expect(history).toHaveLength(version);
        expect(history.every((step) => Date.parse(step.at) <= Date.parse(NOW))).toBe(true);
      }
      expect([...new Set(histories.map(({ status }) => status))].toSorted()).toEqual([
        'ACCEPTED', 'CANCELLED', 'COMPLETED', 'ENTERED_IN_ERROR', 'FAILED', 'IN_PROGRESS', 'ON_HOLD', 'REJECTED', 'REQUESTED',
      ]); // prettier-ignore
    });

    it('has a month in which so many were turned away for one reason that the gap report can say so', async () => {
      const [gaps] = await hub.sql<{ rows: number }>(
        "select count(*)::int as rows from hub.gap_count where month = date_trunc('month', $1::timestamptz - interval '2 days') - interval '1 month'",
        [NOW],
      );
      expect(gaps?.rows).toBeGreaterThan(0);
    });

    it('scores its screenings as the hub does, and every need follows from one', async () => {
      const forms = new Map(seededInstruments().map((form) => [`${form.key} ${form.version}`, form]));
      const rows = await hub.sql<{ id: string; form: string; age: number; age_then: number; scores: unknown; answers: Answer[]; needs: { category: string; icd10cm: string | null; evidence: unknown }[] }>(
        `select s.id, s.instrument_key || ' ' || s.instrument_version as form, s.age_years as age, s.scores,
           extract(year from age(s.started_at::date, p.birth_date))::int as age_then,
           (select json_agg(json_build_object('linkId', a.link_id, 'codes', case when a.absent_reason is null then a.answer_codes end,
             'number', a.value_number, 'absent', a.absent_reason, 'absentText', a.absent_text)) from hub.screening_answer a where a.screening_id = s.id) as answers,
           coalesce((select json_agg(json_build_object('category', n.category, 'icd10cm', n.icd10cm, 'evidence', n.evidence)) from hub.need n where n.screening_id = s.id), '[]') as needs
         from hub.screening s join hub.patient p on p.id = s.patient_id where s.status = 'COMPLETED'`,
      ); // prettier-ignore
      expect(rows.length).toBeGreaterThan(2000);
      for (const { form, age, age_then, answers, scores, needs } of rows) {
        const instrument = forms.get(form);
        if (!instrument) throw new Error(`No form ${form}`);
        expect(age).toBe(age_then);
        const result = scoreScreening(instrument, answers, { ageYears: age });
        expect(scores).toEqual(JSON.parse(JSON.stringify(result.scores)));
        for (const need of needs) {
          const possible = result.possibleNeeds.map(({ category, icd10cm, evidence }) => ({ category, icd10cm, evidence })); // prettier-ignore
          expect(possible).toContainEqual(need);
        }
      }
      expect(
        await hub.sql('select from hub.need where screening_id is null and care_org_id <> hub.self_org()'),
      ).toHaveLength(0);
    });

    it('sends only what a consent covers, after it was given, to services that take referrals', async () => {
      const wrong = await hub.sql(
        `select r.id from hub.referral r join hub.consent c on c.id = r.consent_id join hub.service s on s.id = r.service_id
         where c.patient_id <> r.patient_id or c.status <> 'ACTIVE' or not r.categories <@ c.categories or r.sensitivity <> 'NONE'
           or r.sent_at < c.starts_at or not s.takes_referrals or s.sensitivity <> 'NONE'
           or not exists (select from hub.disclosure d where d.referral_id = r.id and d.consent_id = r.consent_id)`,
      );
      expect(wrong).toHaveLength(0);
    });

    it('holds nothing that looks real', async () => {
      const texts = async (query: string) => (await hub.sql<{ text: string }>(query)).map(({ text }) => text);
      const phones = await texts(
        `select phone as text from hub.patient where phone is not null union select phone from hub.related_person where phone is not null
         union select number from hub.phone union select e164 from hub.phone`,
      );
      expect(phones.filter((phone) => !/55501\d\d$/.test(phone.replace(/\D/g, '')))).toEqual([]);
      const addresses = await texts(
        `select email::text as text from hub.user_account where id <> hub.self_user() union select email from hub.organization where email is not null
         union select referral_email from hub.organization where referral_email is not null
         union select email from hub.patient where email is not null union select assurer_email from hub.service where assurer_email is not null`,
      );
      expect(addresses.filter((email) => !/@(?:[a-z]+\.)?example\.org$/.test(email))).toEqual([]);
      const sites = await texts('select website as text from hub.organization where website is not null');
      expect(sites.filter((site) => !site.startsWith('https://example.org/'))).toEqual([]);
      const names = await texts('select name as text from hub.organization where id <> hub.self_org()');
      expect(names.filter((name) => !/\(demo\)$|\bDemo\b/.test(name))).toEqual([]);
      const described = await texts('select description as text from hub.service');
      expect(described.filter((text) => !text.includes('Fictional, for demonstration only.'))).toEqual([]);
      const people = await texts('select distinct family_name as text from hub.patient');
      expect(people).toContain('Placeholder');
      expect(people.length).toBeLessThanOrEqual(20);
    });

    it('has clocks that run, hours, times, offers, goals, events and families to show', async () => {
      const [found] = await hub.sql<Record<string, number>>(`select
        (select count(*)::int from hub.referral where status in ('REQUESTED', 'ACCEPTED', 'IN_PROGRESS') and next_clock_at > '${NOW}') as running,
        (select count(*)::int from hub.referral where next_clock_at <= '${NOW}') as late,
        (select count(*)::int from hub.referral_clock_step) as steps, (select count(*)::int from hub.referral where stalled_at is not null) as stalled,
        (select count(*)::int from hub.answering_times) as hours, (select count(*)::int from hub.agency_times) as times,
        (select count(*)::int from hub.referral_offer f join hub.user_account u on u.id = f.sent_by where u.email = 'care@example.org') as offers,
        (select count(*)::int from hub.goal) as goals, (select count(*)::int from hub.patient_event) as events,
        (select count(*)::int from hub.consent where kind = 'FAMILY') as families`);
      const { late, ...more } = found ?? {};
      expect(late).toBe(0);
      expect(Object.entries(more).filter(([, count]) => count === 0)).toEqual([]);
    });

    it('shows each of its people what their pages are for', async () => {
      const mine = "= (select id from hub.user_account where email = 'care@example.org')";
      const agencies = "in (select m.organization_id from hub.membership m join hub.user_account u on u.id = m.user_id where u.email in ('pantry@example.org', 'housing@example.org'))"; // prettier-ignore
      const [found] = await hub.sql<Record<string, number>>(`select
        (select count(*)::int from hub.referral_draft d join hub.patient p on p.id = d.patient_id and p.status = 'ACTIVE' where d.made_by ${mine}) as drafts,
        (select (count(*) = 0)::int from hub.organization o where o.kind = 'CARE' and o.id <> hub.self_org()
          and not exists (select from hub.phone f where f.organization_id = o.id)) as answering,
        (select count(*)::int from hub.referral_watcher where user_id ${mine}) as copied,
        (select count(*)::int from hub.referral_watcher where added_by ${mine}) as shared,
        (select count(distinct referral_id)::int from hub.referral_person) as households,
        (select count(*)::int from hub.referral where kind = 'ASSESSMENT' and finding is null) as looking,
        (select count(*)::int from hub.referral where kind = 'ASSESSMENT' and outcome = 'ASSESSED' and finding is not null) as assessed,
        (select count(*)::int from hub.referral where asked_by = 'SELF' and status = 'REQUESTED' and to_org_id ${agencies}) as asking,
        (select count(*)::int from hub.referral where asked_by = 'SELF' and status = 'ACCEPTED' and to_org_id ${agencies}) as asked,
        (select count(*)::int from hub.referral_file f join hub.referral_message m on m.id = f.message_id) as papers,
        (select count(*)::int from hub.referral_file f join hub.referral r on r.id = f.referral_id join hub.help_link l on l.patient_id = r.patient_id
          where f.shown_at is not null and l.related_person_id is null) as shown_papers,
        (select count(*)::int from hub.person_paper p join hub.help_link l on l.patient_id = p.patient_id where p.seen_at is null) as papers_back,
        (select count(*)::int from hub.help_link l join hub.referral r on r.patient_id = l.patient_id where r.asked_by = 'SELF') as alone,
        (select count(*)::int from hub.related_person r join hub.help_link l on l.related_person_id = r.id where r.time_zone is not null and r.contact_windows is not null) as own_hours,
        (select count(*)::int from hub.patient where restricted is not null) as protected,
        (select count(*)::int from hub.emergency_access where reviewed_at is null) as to_review,
        (select count(*)::int from hub.emergency_access where reviewed_at is not null) as reviewed,
        (select count(*)::int from hub.related_person r join hub.help_link l on l.related_person_id = r.id where r.own_patient_id is not null) as caregivers,
        (select count(*)::int from hub.help_link l join hub.referral f on f.patient_id = l.patient_id and f.closed_at is null) as under_way,
        (select count(*)::int from hub.referral_transfer where settled is null) as transfers,
        (select count(*)::int from hub.referral where sent_by ${mine} and status in ('REJECTED', 'FAILED') and request like 'Rides to dialysis%') as rides,
        (select count(*)::int from hub.phone_answer where recorded_by ${mine} and contradicted_at is null) as told,
        (select count(*)::int from hub.phone_answer where recorded_by ${mine} and contradicted_at is not null) as contradicted,
        (select count(*)::int from hub.referral where sent_by ${mine} and reason_code = 'NEED_MET') as recalled,
        (select count(*)::int from hub.referral where sent_by ${mine} and follows_how = 'REOPENED') as reopened,
        (select count(*)::int from hub.referral_offer where sent_by ${mine} and kind = 'GROUP') as group,
        (select count(*)::int from hub.referral_offer where sent_by ${mine} and kind = 'CASCADE') as cascade,
        (select count(*)::int from hub.off_platform_referral where made_by ${mine}) as calls,
        (select (count(distinct signal) = 7)::int from hub.suggestion where status = 'OPEN' and evidence > 0) as reported,
        (select count(*)::int from hub.suggestion_evidence where note is not null) as said,
        (select (count(distinct source) = 3)::int from hub.suggestion where status = 'OPEN' and signal is null) as suggested,
        (select (count(distinct status) = 2)::int from hub.suggestion where status <> 'OPEN' and decided_by is not null) as decided,
        (select count(*)::int from hub.listing_claim where status = 'OPEN') as claims,
        (select count(*)::int from hub.duplicate_candidate where status = 'OPEN') as twice,
        (select (count(*) < 10)::int from hub.duplicate_candidate where status = 'OPEN') as few,
        (select count(*)::int from hub.duplicate_candidate where status = 'DIFFERENT') as apart,
        (select count(*)::int from hub.verification_request v join hub.metadata m on m.resource_id = v.service_id and m.via = 'LINK'
          join hub.suggestion s on s.service_id = v.service_id and s.source = 'LINK' where v.answered_at is not null) as answered,
        (select (count(*) = 3)::int from hub.import_conflict c join hub.field_owner o on o.entity_id = c.entity_id
          join hub.service s on s.id = c.entity_id and s.source_id = c.source_id where c.decision is null) as differing,
        (select (count(*) = 2)::int from hub.retire_proposal p join hub.service s on s.id = p.entity_id
          and (s.source_id, s.source_key) = (p.source_id, p.source_key) where p.decision is null) as gone,
        (select (count(*) = 2)::int from hub.import_run r where not r.dry_run and r.trial_id is not null
          and (r.counts->'service'->>'read')::int = (select count(*) from hub.service s where s.source_id = r.source_id)
            - case when r.counts->'service' ? 'rejected' then 1 else 0 end) as imported,
        (select count(*)::int from hub.empty_search where day > '${NOW}'::date - 31) as missing,
        (select count(*)::int from hub.service where use_weight > 0) as used,
        (select count(*)::int from hub.referral where waitlist_position is not null and waitlist_expected_on > '${NOW}') as waiting,
        (select count(*)::int from hub.referral where appointment_at > '${NOW}') as appointments`);
      expect(Object.entries(found ?? { nothing: 0 }).filter(([, count]) => count === 0)).toEqual([]);
    });

    it('says what was wrong with what came in so that it is read in Spanish too', async () => {
      const said = await hub.sql<{ message: string }>('select distinct message from hub.import_problem');
      expect(said.length).toBeGreaterThan(8);
      const english = said.filter(({ message }) => problemWords.inLanguage(message, 'es') === message);
      expect(english).toEqual([]);
    });

    it('keeps the papers that lie with messages where files lie', async () => {
      const [file] = await hub.sql<{ id: string; bytes: number }>('select id, bytes from hub.stored_file limit 1');
      const stream = await hub.platform.files.open(file?.id ?? '');
      const bytes = Buffer.concat((await stream?.toArray()) ?? []);
      expect(bytes).toHaveLength(file?.bytes ?? 0);
      expect(await kindOfBytes(bytes)).toBe('application/pdf');
    });

    it('says what a row has that the first one of its table had not', () => {
      const batch = new Batch(['need']);
      batch.add('need', { id: '1' });
      expect(() => batch.add('need', { id: '2', label: 'x' })).toThrow('The first row of need has no label');
      expect(() => batch.add('need', { label: 'x' })).toThrow('The first row of need has no label');
    });

    it('opens its pages without an account', async () => {
      const links = demoLinks(hub.platform.config);
      const token = (who: string) => links.find((link) => link.who === who)?.url.split('#token=')[1];
      const door = await anonymous(hub);
      for (const who of ['PATIENT', 'CAREGIVER']) {
        const open = `mutation { openMyHelp(input: { token: "${token(who)}" }) { page { state } } }`;
        expect(await door.gql(open), who).toMatchObject({ openMyHelp: { page: { state: 'OPEN' } } });
      }
      const check = await door.gql(
        `{ listingCheck(token: "${token('LISTING')}") { fields { key due } service { name } } }`,
      );
      expect(check, 'LISTING').toMatchObject({
        listingCheck: { fields: expect.arrayContaining([expect.objectContaining({ due: true })]) },
      });
      const hash = hashToken(token('AGENCY') ?? '');
      expect(await hub.sql('select from hub.referral_link where token_hash = $1', [hash])).toHaveLength(1);
    });

    it('lets everyone in whom it names', async () => {
      const door = await anonymous(hub);
      for (const { email, role } of DEMO_PEOPLE) {
        const { signIn } = await door.gql(
          `mutation ($input: SignInInput!) { signIn(input: $input) { step viewer { roles organization { name } } userErrors { code } } }`,
          { input: { email, password: DEMO_PASSWORD } },
        );
        expect(signIn, email).toMatchObject({ step: 'SIGNED_IN', viewer: { roles: [role] }, userErrors: [] });
      }
    });
  });
});
