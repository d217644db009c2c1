import { GraphQLClient } from 'graphql-request';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../src/access/index.js';
import { hashPassword } from '../../src/identity/account/password.js';
import { enqueue } from '../../src/platform/jobs/enqueue.js';
import { newId } from '../../src/platform/id.js';
import { addressOf } from '../actors.js';
import { coverage, need, patient } from '../caseload-factories.js';
import { membership, organization, user, type OrganizationRow } from '../factories.js';
import { testHub, type TestHub } from '../hub.js';

/*
 * The one story the hub exists for, as four people live it: a care manager finds out what a patient needs, sends them to
 * the right place, and learns whether it helped. Everything goes over HTTP, as from a browser.
 */
const PASSWORD = 'three blue herons';

/** A signed-in person at the API: the session travels as a cookie. */
interface Person {
  // oxlint-disable-next-line typescript/no-explicit-any -- a story reads what it asked for
  ask(document: string, variables?: object): Promise<any>;
}

async function signIn(hub: TestHub, email: string): Promise<Person> {
  const url = `${await addressOf(hub)}/graphql`;
  const { data, headers } = await new GraphQLClient(url).rawRequest<{ signIn: { step: string } }>(
    'mutation ($input: SignInInput!) { signIn(input: $input) { step userErrors { code } } }',
    { input: { email, password: PASSWORD } },
  );
  expect(data.signIn.step).toBe('SIGNED_IN');
  const cookie = (headers as unknown as Headers)
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const client = new GraphQLClient(url, { headers: { cookie } });
  return { ask: (document, variables) => client.request(document, { ...variables }) };
}

describe('closing the loop', () => {
  let hub: TestHub;
  let care: OrganizationRow;
  let pantry: OrganizationRow;
  let plan: OrganizationRow;
  let [manager, worker, analyst, officer]: Person[] = [];
  /** Time passes, and everyone signs in again: a session ends when nobody uses it. */
  async function later(step: { hours?: number; days?: number } = {}) {
    hub.clock.advance(step);
    manager = await signIn(hub, 'maria@example.org');
    worker = await signIn(hub, 'will@example.org');
    analyst = await signIn(hub, 'anya@example.org');
    officer = await signIn(hub, 'petra@example.org');
  }
  const ask = (person: Person | undefined, document: string, variables?: object) => {
    if (!person) throw new Error('Nobody');
    return person.ask(document, variables);
  };
  /** A mutation that must succeed; returns its payload. */
  async function act(person: Person | undefined, name: string, input: object, fields: string) {
    const Name = name.charAt(0).toUpperCase() + name.slice(1);
    const document = `mutation ($input: ${Name}Input!) { ${name}(input: $input) { ${fields} userErrors { code message } } }`;
    const { [name]: payload } = await ask(person, document, { input });
    expect([name, payload.userErrors]).toEqual([name, []]);
    return payload;
  }

  beforeAll(async () => {
    hub = await testHub({ now: '2026-11-16T15:00:00Z' });
    // The reference data that a real hub fills at its first start.
    await hub.sql(`insert into hub.zip_code values ('21201', 'Baltimore', 'Baltimore City', 'MD', 39.29, -76.62)`);
    const passwordHash = await hashPassword(PASSWORD);
    care = await organization(hub, { kind: 'CARE', name: 'Harbor Health' });
    pantry = await organization(hub, { kind: 'AGENCY', name: 'Hope Pantry' });
    plan = await organization(hub, { kind: 'PLAN', name: 'Chesapeake Plan' });
    const join = async (name: string, where: OrganizationRow, role: Role) => {
      const who = await user(hub, { name, email: `${name.toLowerCase()}@example.org`, passwordHash });
      await membership(hub, { organization: where, roles: [role], user: who });
    };
    await join('Maria', care, 'CARE_MANAGER');
    await join('Petra', care, 'PRIVACY_OFFICER');
    await join('Will', pantry, 'AGENCY_ADMIN');
    await join('Anya', plan, 'PLAN_ANALYST');
    await join('Cora', await organization(hub, { kind: 'STEWARD' }), 'CURATOR');
    const curator = await signIn(hub, 'cora@example.org');
    await act(
      curator,
      'addService',
      {
        organizationId: pantry.id,
        name: 'Weekly groceries',
        categories: ['food-insecurity'],
        address1: '5 Light Street',
        city: 'Baltimore',
        stateProvince: 'MD',
        postalCode: '21201',
        takesReferrals: true,
        referralEmail: 'intake@hope.example.org',
        isFree: true,
      },
      'service { id }',
    );
    await hub.runJobs();
    await later();
  }, 60_000);
  afterAll(() => hub.stop());

  it('goes from a question to the patient’s own word', async () => {
    // Maria registers Rosa, who answers the screening.
    const { patient: rosa } = await act(
      manager,
      'registerPatient',
      {
        givenName: 'Rosa',
        familyName: 'Diaz',
        birthDate: '1958-03-09',
        language: 'es',
        interpreterNeeded: true,
        phone: '410-555-0142',
        zip: '21201',
        assignToMe: true,
      },
      'patient { id displayName }',
    );
    await coverage(hub, { organizationId: care.id }, rosa.id, { plan_org_id: plan.id });
    const { screening } = await act(
      manager,
      'startScreening',
      { patientId: rosa.id, instrumentKey: 'ahc-hrsn' },
      'screening { id }',
    );
    await act(
      manager,
      'answerScreening',
      {
        id: screening.id,
        answers: [
          { linkId: '/88122-7', codes: ['LA28397-0'] },
          { linkId: '/88123-5', codes: ['LA6729-3'] },
          { linkId: '/71802-3', codes: ['LA31993-1'] },
          { linkId: '/95618-5', absent: 'ASKED_DECLINED' },
        ],
      },
      'screening { id }',
    );
    const done = await act(
      manager,
      'completeScreening',
      { id: screening.id },
      'screening { needs { id status category { code } } }',
    );
    expect(done.screening.needs).toMatchObject([{ status: 'POSSIBLE', category: { code: 'food-insecurity' } }]);
    const needId = done.screening.needs[0].id;
    // An answer is a possible need; Rosa says that she has it and wants help.
    await act(manager, 'confirmNeed', { id: needId, wantsHelp: true }, 'need { status }');

    // Maria looks for what fits Rosa, near her.
    const { searchServices } = await ask(
      manager,
      `query ($input: SearchServicesInput!) { searchServices(input: $input) {
      edges { node { service { id name takesReferrals organization { name } } fit { verdict } distanceMiles } } } }`,
      {
        input: { category: 'food-insecurity', near: { place: '21201' }, takesReferrals: true, patientId: rosa.id },
      },
    );
    const [found] = searchServices.edges.map((edge: { node: { service: object } }) => edge.node.service);
    expect(found).toMatchObject({
      name: 'Weekly groceries',
      takesReferrals: true,
      organization: { name: 'Hope Pantry' },
    });

    // Nothing goes out before Rosa agrees to it.
    const wanted = { patientId: rosa.id, serviceId: found.id, needIds: [needId] };
    const PREVIEW = `query ($input: PreviewReferralInput!) { previewReferral(input: $input) {
      missingConsent coveredBy { id } shared { items { key value } } warnings } }`;
    expect((await ask(manager, PREVIEW, { input: wanted })).previewReferral.missingConsent).toEqual([
      'There is no consent yet: ask the patient first.',
    ]);
    await act(
      manager,
      'recordConsent',
      {
        patientId: rosa.id,
        grantor: 'PATIENT',
        allAgencies: true,
        categories: ['food-insecurity'],
        purpose: 'REFERRAL',
        method: 'SIGNATURE',
        expiresOn: '2027-11-16',
      },
      'consent { id }',
    );
    const { previewReferral: preview } = await ask(manager, PREVIEW, { input: wanted });
    expect([preview.missingConsent, preview.warnings]).toEqual([[], []]);
    const key = newId();
    const sent = await act(
      manager,
      'sendReferral',
      { ...wanted, request: 'A box each week, please.', idempotencyKey: key },
      'referral { id status }',
    );
    const again = await act(
      manager,
      'sendReferral',
      { ...wanted, request: 'A box each week, please.', idempotencyKey: key },
      'referral { id }',
    );
    const { id } = sent.referral;
    expect(again.referral.id).toBe(id);
    await hub.runJobs();
    expect(hub.mail.to('intake@hope.example.org')).toMatchObject([{ subject: 'A new referral is waiting for you' }]);

    // Will opens his inbox: he reads what Maria saw in the preview, and nothing else.
    const INBOX = `{ inboxCounts { new overdue waiting inWork } inbox(filter: { queue: NEW }) { edges { node {
      id patientLabel request viewerActions shared { items { key value } } } } } }`;
    const inbox = await ask(worker, INBOX);
    expect(inbox.inboxCounts).toEqual({ new: 1, overdue: 0, waiting: 0, inWork: 0 });
    expect(inbox.inbox.edges).toEqual([
      {
        node: {
          id,
          patientLabel: 'Rosa D.',
          request: 'A box each week, please.',
          viewerActions: ['ACCEPT', 'DECLINE', 'CANCEL', 'MESSAGE'],
          shared: preview.shared,
        },
      },
    ]);
    await act(worker, 'markReferralSeen', { id }, 'referral { seenAt }');
    await later({ hours: 1 });
    await act(worker, 'acceptReferral', { id, expectedVersion: 1 }, 'referral { status }');
    await act(
      worker,
      'sendReferralMessage',
      { id, body: 'Can she come on Tuesday?', idempotencyKey: newId() },
      'message { id }',
    );
    const THREAD = 'query ($id: ID!) { referral(id: $id) { status seenAt messages { edges { node { body side } } } } }';
    const thread = (await ask(manager, THREAD, { id })).referral;
    expect(thread).toMatchObject({ status: 'ACCEPTED', seenAt: '2026-11-16T15:00:00.000Z' });
    expect(thread.messages.edges).toEqual([{ node: { body: 'Can she come on Tuesday?', side: 'TARGET' } }]);
    await act(manager, 'sendReferralMessage', { id, body: 'Yes, by bus.', idempotencyKey: newId() }, 'message { id }');
    await later({ days: 1 });
    await act(worker, 'startReferral', { id }, 'referral { status }');
    await later({ days: 1 });
    await act(
      worker,
      'completeReferral',
      { id, outcome: 'HELP_RECEIVED', enrollment: 'ENROLLED', note: 'Comes each Tuesday.' },
      'referral { status }',
    );

    // "Completed" is the agency's word. Maria asks Rosa.
    const today = (
      await ask(manager, '{ today { toConfirm { id loop { helpReceived confirmedByPatient } } counts { toConfirm } } }')
    ).today;
    expect(today).toEqual({
      toConfirm: [{ id, loop: { helpReceived: true, confirmedByPatient: false } }],
      counts: { toConfirm: 1 },
    });
    await act(manager, 'confirmReferralOutcome', { id, confirmation: 'HELPED', needMet: true }, 'referral { id }');
    const end = await ask(
      manager,
      `query ($id: ID!) { referral(id: $id) { needs { status } transitions { toStatus byName }
      loop { closedByAgency helpReceived confirmedByPatient disagreement closed } } }`,
      { id },
    );
    expect(end.referral).toEqual({
      needs: [{ status: 'MET' }],
      transitions: [
        { toStatus: 'REQUESTED', byName: 'Maria' },
        { toStatus: 'ACCEPTED', byName: 'Will' },
        { toStatus: 'IN_PROGRESS', byName: 'Will' },
        { toStatus: 'COMPLETED', byName: 'Will' },
      ],
      loop: { closedByAgency: true, helpReceived: true, confirmedByPatient: true, disagreement: false, closed: true },
    });

    // Petra, the privacy officer, sees who has seen Rosa, in words.
    const log = await ask(
      officer,
      `query ($id: ID!) { patientAccesses(patientId: $id, first: 100) { edges { node {
      actorName action words outcome organization { name } } } } }`,
      { id: rosa.id },
    );
    const accesses = log.patientAccesses.edges.map((edge: { node: object }) => edge.node);
    expect(accesses).toContainEqual({
      actorName: expect.any(String),
      action: 'referral.accept',
      words: 'Accepted a referral',
      outcome: 'ALLOWED',
      organization: { name: 'Hope Pantry' },
    });
    expect(accesses).toContainEqual(
      expect.objectContaining({ actorName: 'Maria', action: 'referral.send', organization: { name: 'Harbor Health' } }),
    );
    for (const { action, words } of accesses) expect([action, words]).not.toEqual([action, action]);
    expect(new Set(accesses.map((one: { organization: { name: string } }) => one.organization.name))).toEqual(
      new Set(['Harbor Health', 'Hope Pantry']),
    );
  });

  it('shows the plan figures, and of one person nothing', async () => {
    const FIGURES = `{ populationSummary(input: { from: "2026-11-01", to: "2026-11-30", by: CATEGORY }) { members { value suppressed }
      funnel { sent { value suppressed } confirmedByPatient { percent } } } }`;
    await hub.runJobs();
    const alone = (await ask(analyst, FIGURES)).populationSummary;
    expect(alone.members).toEqual({ value: null, suppressed: true });
    expect(alone.funnel.sent.value).toBeNull();
    for (let i = 0; i < 14; i += 1) {
      const id = await patient(hub, { organizationId: care.id });
      await coverage(hub, { organizationId: care.id }, id, { plan_org_id: plan.id });
      await need(hub, { organizationId: care.id }, id);
    }
    await hub.platform.orm.em
      .fork({ session: { role: 'hub_task' } })
      .transactional((em) => enqueue(em, 'population.rebuild', {}));
    await hub.runJobs();
    expect((await ask(analyst, FIGURES)).populationSummary.members).toEqual({ value: 15, suppressed: false });
    // Figures, and never a person.
    await expect(ask(analyst, '{ patients { edges { node { id } } } }')).rejects.toThrow(/FORBIDDEN/);
    await expect(ask(analyst, '{ referrals { edges { node { id } } } }')).rejects.toThrow(/FORBIDDEN/);
  });
});
