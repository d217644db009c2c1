import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enqueue } from '../../src/platform/jobs/enqueue.js';
import { newId } from '../../src/platform/id.js';
import { coverage, need, patient } from '../caseload-factories.js';
import { testHub, type TestHub } from '../hub.js';
import { network } from './network.js';

const PREVIEW = `query ($input: PreviewReferralInput!) { previewReferral(input: $input) {
  missingConsent coveredBy { id } shared { items { key value } } warnings } }`;
const SEARCH = `query ($input: SearchServicesInput!) { searchServices(input: $input) {
  edges { node { service { id name takesReferrals organization { name } } } } } }`;
const INBOX = `{ inboxCounts { new overdue waiting inWork } inbox(filter: { queue: NEW }) { edges { node {
  id patientLabel request viewerActions shared { items { key value } } } } } }`;
const THREAD = 'query ($id: ID!) { referral(id: $id) { status seenAt messages { edges { node { body side } } } } }';
const TODAY = '{ today { toConfirm { id loop { helpReceived confirmedByPatient } } counts { toConfirm } } }';
const END = `query ($id: ID!) { referral(id: $id) { needs { status } transitions { toStatus byName }
  loop { closedByAgency helpReceived confirmedByPatient disagreement closed } } }`;
const ACCESSES = `query ($id: ID!) { patientAccesses(patientId: $id, first: 100) { edges { node {
  actorName action words outcome organization { name } } } } }`;
const FIGURES = `{ populationSummary(input: { by: CATEGORY }) { report { from }
  members { value suppressed } funnel { sent { value suppressed } } } }`;

/*
 * The one story the hub exists for, as four people live it: a care manager finds out what a patient needs, sends them to
 * the right place, and learns whether it helped. Everything goes over HTTP, as from a browser.
 */
describe('closing the loop', () => {
  let hub: TestHub;
  let world: Awaited<ReturnType<typeof network>>;
  beforeAll(async () => {
    hub = await testHub({ now: '2026-11-16T15:00:00Z' });
    world = await network(hub);
  }, 60_000);
  afterAll(() => hub.stop());

  it('goes from a question to the patient’s own word', async () => {
    const { maria, will, petra, plan, care, later } = world;
    // Maria registers Rosa, who answers the screening.
    const who = { givenName: 'Rosa', familyName: 'Diaz', birthDate: '1958-03-09', language: 'es', zip: '21201' };
    const reach = { phone: '410-555-0142', interpreterNeeded: true, assignToMe: true };
    const { patient: rosa } = await maria.act('registerPatient', { ...who, ...reach }, 'patient { id }');
    await coverage(hub, { organizationId: care.id }, rosa.id, { plan_org_id: plan.id });
    const form = { patientId: rosa.id, instrumentKey: 'ahc-hrsn' };
    const { screening } = await maria.act('startScreening', form, 'screening { id }');
    const answers = [
      { linkId: '/88122-7', codes: ['LA28397-0'] },
      { linkId: '/88123-5', codes: ['LA6729-3'] },
      { linkId: '/71802-3', codes: ['LA31993-1'] },
      { linkId: '/95618-5', absent: 'ASKED_DECLINED' },
    ];
    await maria.act('answerScreening', { id: screening.id, answers }, 'screening { id }');
    const fields = 'screening { needs { id status category { code } } }';
    const done = await maria.act('completeScreening', { id: screening.id }, fields);
    expect(done.screening.needs).toMatchObject([{ status: 'POSSIBLE', category: { code: 'food-insecurity' } }]);
    // An answer is a possible need; Rosa says that she has it and wants help.
    const needId = done.screening.needs[0].id;
    await maria.act('confirmNeed', { id: needId, wantsHelp: true }, 'need { status }');

    // Maria looks for what takes referrals near her.
    const near = { category: 'food-insecurity', near: { place: '21201' }, takesReferrals: true, patientId: rosa.id };
    const { searchServices } = await maria.ask(SEARCH, { input: near });
    const { service } = searchServices.edges[0].node;
    expect(service).toMatchObject({ name: 'Weekly groceries', organization: { name: 'Hope Pantry' } });

    // Nothing goes out before Rosa agrees to it.
    const wanted = { patientId: rosa.id, serviceId: service.id, needIds: [needId] };
    expect((await maria.ask(PREVIEW, { input: wanted })).previewReferral.missingConsent).toEqual([
      'There is no consent yet: ask the patient first.',
    ]);
    const scope = { allAgencies: true, categories: ['food-insecurity'], purpose: 'REFERRAL', expiresOn: '2027-11-16' };
    const signed = { patientId: rosa.id, grantor: 'PATIENT', method: 'SIGNATURE', evidence: 'Chart, page 3' };
    await maria.act('recordConsent', { ...signed, ...scope }, 'consent { id }');
    const { previewReferral: preview } = await maria.ask(PREVIEW, { input: wanted });
    expect([preview.missingConsent, preview.warnings]).toEqual([[], []]);
    const letter = { ...wanted, request: 'A box each week, please.', idempotencyKey: newId() };
    const { id } = (await maria.act('sendReferral', letter, 'referral { id }')).referral;
    expect((await maria.act('sendReferral', letter, 'referral { id }')).referral.id).toBe(id);
    await hub.runJobs();
    expect(hub.mail.to('intake@hope.example.org')).toMatchObject([
      { subject: 'A new referral is waiting for you / Una nueva referencia le espera' },
    ]);

    // Will opens his inbox: he reads what Maria saw in the preview, and nothing else.
    const { inbox, inboxCounts } = await will.ask(INBOX);
    expect(inboxCounts).toEqual({ new: 1, overdue: 0, waiting: 0, inWork: 0 });
    const arrived = { id, patientLabel: 'Rosa D.', request: 'A box each week, please.', shared: preview.shared };
    const buttons = ['ACCEPT', 'DECLINE', 'CANCEL', 'PROPOSE_TRANSFER', 'MESSAGE'];
    expect(inbox.edges).toEqual([{ node: { ...arrived, viewerActions: buttons } }]);
    await will.act('markReferralSeen', { id }, 'referral { seenAt }');
    await later({ hours: 1 });
    await will.act('acceptReferral', { id, expectedVersion: 1 }, 'referral { status }');
    const question = { id, body: 'Can she come on Tuesday?', idempotencyKey: newId() };
    await will.act('sendReferralMessage', question, 'message { id }');
    const thread = (await maria.ask(THREAD, { id })).referral;
    expect(thread).toMatchObject({ status: 'ACCEPTED', seenAt: '2026-11-16T15:00:00.000Z' });
    expect(thread.messages.edges).toEqual([{ node: { body: 'Can she come on Tuesday?', side: 'TARGET' } }]);
    const answer = { id, body: 'Yes, by bus.', idempotencyKey: newId() };
    await maria.act('sendReferralMessage', answer, 'message { id }');
    await later({ days: 1 });
    await will.act('startReferral', { id }, 'referral { status }');
    await later({ days: 1 });
    const result = { id, outcome: 'HELP_RECEIVED', enrollment: 'ENROLLED', note: 'Comes each Tuesday.' };
    await will.act('completeReferral', result, 'referral { status }');

    // "Completed" is the agency's word. Maria asks Rosa.
    const waiting = { id, loop: { helpReceived: true, confirmedByPatient: false } };
    expect((await maria.ask(TODAY)).today).toEqual({ toConfirm: [waiting], counts: { toConfirm: 1 } });
    const word = { id, confirmation: 'HELPED', needMet: true };
    await maria.act('confirmReferralOutcome', word, 'referral { id }');
    expect((await maria.ask(END, { id })).referral).toEqual({
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
    const { patientAccesses } = await petra.ask(ACCESSES, { id: rosa.id });
    const accesses = patientAccesses.edges.map((edge: { node: object }) => edge.node);
    const seen = { outcome: 'ALLOWED', organization: { name: 'Hope Pantry' }, actorName: expect.any(String) };
    expect(accesses).toContainEqual({ ...seen, action: 'referral.accept', words: 'Accepted a referral' });
    expect(accesses).toContainEqual(expect.objectContaining({ actorName: 'Maria', action: 'referral.send' }));
    for (const { action, words } of accesses) expect([action, words]).not.toEqual([action, action]);
    const from = new Set(accesses.map((one: typeof seen) => one.organization.name));
    expect(from).toEqual(new Set(['Harbor Health', 'Hope Pantry']));
  });

  it('shows the plan figures, and of one person nothing', async () => {
    const { anya, care, plan } = world;
    expect((await anya.ask(FIGURES)).populationSummary).toBeNull();
    for (let i = 0; i < 26; i += 1) {
      const id = await patient(hub, { organizationId: care.id });
      await coverage(hub, { organizationId: care.id }, id, { plan_org_id: plan.id });
      if (i % 2) await need(hub, { organizationId: care.id }, id);
    }
    // The year ends, and care organizations have a month to write down what happened in it.
    hub.clock.set('2027-01-31T09:00:00Z');
    await anya.signIn();
    const asTask = hub.orm.em.fork({ session: { role: 'hub_task' } });
    await asTask.transactional((em) => enqueue(em, 'population.publish', {}));
    await hub.runJobs();
    const figures = (await anya.ask(FIGURES)).populationSummary;
    expect(figures.report.from).toBe('2026-07-01');
    expect(figures.members).toEqual({ value: 27, suppressed: false });
    expect(figures.funnel.sent).toEqual({ value: null, suppressed: true });
    // Figures, and never a person.
    await expect(anya.ask('{ patients { edges { node { id } } } }')).rejects.toThrow(/FORBIDDEN/);
    await expect(anya.ask('{ referrals { edges { node { id } } } }')).rejects.toThrow(/FORBIDDEN/);
  });
});
