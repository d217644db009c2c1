import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consent, relatedPerson } from '../../test/caseload-factories.js';
import { helpPages, make, read, type HelpPages } from '../../test/help-page.js';
import type { TestHub } from '../../test/hub.js';
import { pair, refusals, send, service, take, type Pair } from '../../test/referral-factories.js';
import { asTask } from '../platform/database/operation.js';
import { enqueue } from '../platform/jobs/enqueue.js';
import { newId } from '../platform/id.js';
import { tickClocks } from './clock/tick.js';

const START = '2027-11-17T15:00:00Z';
const STATUS = `mutation ($input: UpdatePatientInput!) { updatePatient(input: $input) { patient { id version } userErrors { code field } } }`;
const READ = `query ($id: ID!) { referral(id: $id) { status consentEndedAt consentDecision personDied asksToWait clockPausedAt viewerActions } }`;
const INBOX = `{ inbox(filter: { queue: ALL }) { edges { node { id } } } }`;
const TODAY = `{ today { toDecide { id } toConfirm { id } heldLetters { id } counts { toDecide toConfirm overdueReferrals } } followUps { edges { node { kind } } } }`;
const decide = (mutation: string) =>
  `mutation ($input: ${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!) { ${mutation}(input: $input) { referral { consentDecision clockPausedAt } userErrors { code } } }`;

let pages: HelpPages;
let hub: TestHub;
beforeAll(async () => {
  pages = await helpPages(START);
  ({ hub } = pages);
});
afterAll(() => pages.stop());

/** What the care team does: it says so on the patient's record. */
async function say({ sender, patientId }: Pair, status: 'DECEASED' | 'ACTIVE'): Promise<void> {
  const { patient } = await sender.gql('query ($id: ID!) { patient(id: $id) { version } }', { id: patientId });
  const input = { id: patientId, expectedVersion: patient.version, status };
  expect((await sender.gql(STATUS, { input })).updatePatient.userErrors).toEqual([]);
}
const ids = (edges: { node: { id: string } }[]) => edges.map(({ node }) => node.id);
const another = (between: Pair) => service(hub, between.agency.organization.id);

describe('somebody who has died', () => {
  it('leaves what was open to the care team: hidden where nobody had answered, paused where somebody had', async () => {
    const between = await pair(hub);
    const { sender, agency } = between;
    const asked = await send(between);
    const accepted = await send({ ...between, serviceId: await another(between) });
    const helped = await send({ ...between, serviceId: await another(between) });
    for (const id of [accepted, helped]) await take(agency, 'acceptReferral', id);
    await take(agency, 'completeReferral', helped, { outcome: 'HELP_RECEIVED' });
    await hub.runJobs();
    expect((await sender.gql(TODAY)).today.toConfirm).toEqual([{ id: helped }]);
    hub.mail.letters.splice(0);

    await say(between, 'DECEASED');
    expect(ids((await agency.gql(INBOX)).inbox.edges).toSorted()).toEqual([accepted, helped].toSorted());
    expect(await agency.codes(READ, { id: asked })).toEqual(['NOT_FOUND']);
    // The agency is told to wait, and nothing of why.
    const seen = (await agency.gql(READ, { id: accepted })).referral;
    expect(seen).toMatchObject({ personDied: false, asksToWait: true, clockPausedAt: new Date(START).toISOString() });
    const own = (await sender.gql(READ, { id: accepted })).referral;
    expect(own).toMatchObject({ personDied: true, asksToWait: true });
    expect(own.viewerActions).toContain('KEEP');
    for (const never of ['RENEW_CONSENT', 'CONFIRM_OUTCOME', 'TRANSFER', 'REOPEN']) {
      expect(own.viewerActions).not.toContain(never);
    }
    const { today } = await sender.gql(TODAY);
    expect(today.toDecide.map(({ id }: { id: string }) => id).toSorted()).toEqual([asked, accepted].toSorted());
    expect(today).toMatchObject({ toConfirm: [], counts: { toDecide: 2, toConfirm: 0, overdueReferrals: 0 } });

    await hub.runJobs();
    const letters = hub.mail.letters.map(({ to, subject, text }) => ({ to, subject, text }));
    expect(letters.filter(({ to }) => to === sender.user.email).map(({ subject }) => subject)).toEqual([
      'A referral waits for your decision',
      'A referral waits for your decision',
    ]);
    expect(letters.map(({ subject, text }) => subject + text).join()).not.toMatch(/died|death|falleci|muri|Given/i);

    // No clock runs, however long the decision takes.
    hub.clock.set('2027-12-17T15:00:00Z');
    hub.mail.letters.splice(0);
    await asTask(hub.orm).write((em) => enqueue(em, tickClocks, {}));
    await hub.runJobs();
    expect(hub.mail.letters).toEqual([]);
    const act = async (mutation: string, id: string) =>
      (await sender.gql(decide(mutation), { input: { id } }))[mutation];
    expect((await act('renewReferralConsent', accepted)).userErrors).toEqual([{ code: 'PERSON_DIED' }]);
    expect((await act('keepReferral', asked)).userErrors).toEqual([{ code: 'NOT_ANSWERED' }]);
    expect(await act('keepReferral', accepted)).toMatchObject({
      referral: { consentDecision: 'KEPT', clockPausedAt: null },
      userErrors: [],
    });
    expect((await agency.gql(READ, { id: accepted })).referral.asksToWait).toBe(false);
    expect((await sender.gql(READ, { id: accepted })).referral.viewerActions).toContain('MESSAGE');
    expect(
      (await take(sender, 'cancelReferral', asked, { reasonCode: 'OTHER', reason: 'Nothing more to do' })).refused,
    ).toEqual([]);
    expect((await sender.gql(TODAY)).today.counts.toDecide).toBe(0);
    hub.clock.set(START);
  });

  it('is sent nothing more: no letter, no text, no call, no form, no page of their own', async () => {
    const between = await pair(hub);
    const { sender, patientId, owner } = between;
    await hub.sql(`update hub.patient set contact_method = 'TEXT' where id = $1`, [patientId]);
    const waits = newId();
    for (const [id, state] of [
      [waits, 'WAITING'],
      [newId(), 'HELD'],
    ]) {
      await hub.sql(
        `insert into hub.patient_letter (id, care_org_id, patient_id, kind, state, created_by, created_at) values ($1, $2, $3, 'HELP_LINK', $4, $5, $6)`,
        [id, owner.organizationId, patientId, state, sender.user.id, hub.clock.now()],
      );
    }
    const CALL = `mutation ($input: AddFollowUpInput!) { addFollowUp(input: $input) { followUp { id } userErrors { code } } }`;
    for (const kind of ['CHECK_IN', 'CALL_AGENCY']) {
      await sender.gql(CALL, { input: { patientId, kind, dueOn: '2027-11-17', idempotencyKey: newId() } });
    }
    const page = await pages.pageOf(between);
    await say(between, 'DECEASED');
    expect(await page.codes('{ myHelp { name } }')).toEqual(['UNAUTHENTICATED']);
    expect((await make(sender, { patientId })).userErrors).toEqual([{ code: 'PERSON_DIED', field: 'patientId' }]);
    const desk = await sender.gql(TODAY);
    expect(desk.today.heldLetters).toEqual([]);
    expect(desk.followUps.edges).toEqual([{ node: { kind: 'CALL_AGENCY' } }]);
    expect(await hub.sql(`select state from hub.patient_letter where id = $1`, [waits])).toEqual([
      { state: 'DROPPED' },
    ]);
    await hub.runJobs();
    expect(await hub.sql('select 1 from hub.text_outbox')).toEqual([]);
    expect((await refusals(between)).map(({ code }: { code: string }) => code)).toEqual(['PATIENT_NOT_ACTIVE']);
    const RECORD = `mutation ($input: RecordConsentInput!) { recordConsent(input: $input) { consent { id } userErrors { code field } } }`;
    const input = {
      patientId,
      grantor: 'PATIENT',
      purpose: 'REFERRAL',
      allAgencies: true,
      categories: ['food-insecurity'],
      sensitivities: [],
      method: 'SIGNATURE',
      evidence: 'In the folder',
      expiresOn: '2028-11-17',
      idempotencyKey: newId(),
    };
    expect((await sender.gql(RECORD, { input })).recordConsent.userErrors).toEqual([
      { code: 'PERSON_DIED', field: 'patientId' },
    ]);
  });

  it('is not on the page of those around them any more, which keeps what is theirs', async () => {
    const between = await pair(hub);
    const { owner, patientId, sender } = between;
    await send(between);
    const daughter = await relatedPerson(hub, owner, patientId, { name: 'Rosa', authority: 'HEALTH_CARE_PROXY' });
    const son = await relatedPerson(hub, owner, patientId, { name: 'Sam' });
    await consent(hub, owner, patientId, { kind: 'FAMILY', grantee_class: null, grantee_related_person_id: son, categories: ['food-insecurity'], purpose: 'FAMILY_INVOLVEMENT', recorded_by: sender.user.id }); // prettier-ignore
    const open = [
      await pages.pageOf(between, { relatedPersonId: daughter }),
      await pages.pageOf(between, { relatedPersonId: son }),
    ];
    for (const page of open) expect(await read(page)).toMatchObject({ needs: [{}], referrals: [{}] });
    const told = await hub.sql('select id from hub.disclosure where patient_id = $1', [patientId]);
    await say(between, 'DECEASED');
    const again = await pages.open(open[0]?.link ?? '', 1970);
    expect(again.state).toBe('OPEN');
    for (const page of open) {
      expect(await read(page)).toMatchObject({ needs: [], referrals: [], given: [] });
      const { myHelp } = await page.gql('{ myHelp { died contact { method } sentPapers { id } } }');
      expect(myHelp).toMatchObject({ died: true, contact: {} });
    }
    expect(await hub.sql('select id from hub.disclosure where patient_id = $1', [patientId])).toEqual(told);
    const rows = await pages.asPage('hub_caregiver', between, { needs: 'select count(*)::int as n from hub.need', referrals: 'select count(*)::int as n from hub.referral' }, { 'hub.categories': '{*}', 'hub.related_person_id': daughter }); // prettier-ignore
    expect(rows).toEqual({ needs: 0, referrals: 0 });
  });

  it('and was said to by mistake, is as before', async () => {
    const between = await pair(hub);
    const { agency, sender } = between;
    const asked = await send(between);
    const accepted = await send({ ...between, serviceId: await another(between) });
    await take(agency, 'acceptReferral', accepted);
    await say(between, 'DECEASED');
    await say(between, 'ACTIVE');
    await hub.runJobs();
    expect(ids((await agency.gql(INBOX)).inbox.edges).toSorted()).toEqual([asked, accepted].toSorted());
    for (const id of [asked, accepted]) {
      expect((await sender.gql(READ, { id })).referral).toMatchObject({
        personDied: false,
        asksToWait: false,
        consentEndedAt: null,
        clockPausedAt: null,
      });
    }
    expect((await take(agency, 'acceptReferral', asked)).refused).toEqual([]);
    const [row] = await hub.sql<{ next: boolean }>(
      'select next_clock_at is not null as next from hub.referral where id = $1',
      [accepted],
    );
    expect(row?.next).toBe(true);
  });
});
