import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyAdmin, agencyStaff, careManager, type Actor } from '../../../test/actors.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { pair, send, service, type Pair } from '../../../test/referral-factories.js';

const TIMES = `id hours { days opensAt closesAt } ownHours federalHolidays closedOn timeZone ownTimeZone version
  targets { priority clock amount unit own }`;
const SET = `mutation ($input: SetAnsweringTimesInput!) { setAnsweringTimes(input: $input) {
  times { ${TIMES} } userErrors { code field } } }`;
const READ = `query ($id: ID) { answeringTimes(serviceId: $id) { ${TIMES} } }`;
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR'];
const ALL_WEEK = [...WEEKDAYS, 'SA', 'SU'];

describe('when an agency works', () => {
  let hub: TestHub;
  let between: Pair;
  let admin: Actor;

  beforeAll(async () => {
    hub = await testHub({ now: '2026-11-25T20:30:00Z' });
    between = await pair(hub);
    admin = await agencyAdmin(hub, { organization: between.agency.organization });
  });
  afterAll(() => hub.stop());

  const set = async (input: object) => (await admin.gql(SET, { input })).setAnsweringTimes;
  const refused = async (input: object) => (await set(input)).userErrors.map((error: { code: string }) => error.code);
  const preview = async () => {
    const input = { patientId: between.patientId, serviceId: between.serviceId, needIds: [between.needId] };
    const document = `query ($input: PreviewReferralInput!) { previewReferral(input: $input) { answerExpectedBy urgentAnswerExpectedBy } }`;
    return (await between.sender.gql(document, { input })).previewReferral;
  };

  it('is Monday to Friday from nine to five, and not on holidays, until it says more', async () => {
    const { answeringTimes } = await between.agency.gql(READ);
    expect(answeringTimes).toMatchObject({
      hours: [{ days: WEEKDAYS, opensAt: '09:00', closesAt: '17:00' }],
      ownHours: false,
      federalHolidays: true,
      version: 0,
    });
    expect(answeringTimes.targets).toContainEqual({
      priority: 'URGENT',
      clock: 'ANSWER',
      amount: 0,
      unit: 'WORKING_DAYS',
      own: false,
    });
    // Half past three on the day before Thanksgiving.
    expect(await preview()).toEqual({
      answerExpectedBy: '2026-11-30T22:00:00.000Z',
      urgentAnswerExpectedBy: '2026-11-27T22:00:00.000Z',
    });
  });

  it('is what its administrator says, for the agency and then for one service, and senders are told before they send', async () => {
    const { times, userErrors } = await set({
      hours: [{ days: ALL_WEEK, opensAt: '00:00', closesAt: '00:00' }],
      federalHolidays: false,
      closedOn: ['2026-11-27'],
      targets: [{ priority: 'ROUTINE', clock: 'ANSWER', amount: 6, unit: 'WORKING_HOURS' }],
      expectedVersion: 0,
    });
    expect(userErrors).toEqual([]);
    expect(times).toMatchObject({ ownHours: true, closedOn: ['2026-11-27'], version: 1 });
    expect(times.hours).toEqual([{ days: ALL_WEEK, opensAt: '00:00', closesAt: '00:00' }]);
    expect(await preview()).toEqual({
      answerExpectedBy: '2026-11-26T02:30:00.000Z',
      urgentAnswerExpectedBy: '2026-11-26T05:00:00.000Z',
    });
    const own = await set({
      serviceId: between.serviceId,
      hours: [{ days: ['MO', 'TH'], opensAt: '22:00', closesAt: '06:00' }],
      timeZone: 'America/Chicago',
      closedOn: ['2026-11-26'],
    });
    expect(own.times).toMatchObject({ id: between.serviceId, federalHolidays: false, timeZone: 'America/Chicago' });
    expect((await preview()).answerExpectedBy).toBe('2026-12-01T10:00:00.000Z');
    const id = await send(between);
    const [row] = await hub.sql('select answer_due_at, see_due_at from hub.referral where id = $1', [id]);
    expect(row).toEqual({
      answer_due_at: new Date('2026-12-01T10:00:00Z'),
      see_due_at: new Date('2026-12-01T10:00:00Z'),
    });
    await set({ serviceId: between.serviceId, hours: null, timeZone: null, closedOn: null });
    // What the sender was promised stays.
    expect(await hub.sql('select answer_due_at, see_due_at from hub.referral where id = $1', [id])).toEqual([row]);
    expect((await between.agency.gql(READ, { id: between.serviceId })).answeringTimes).toMatchObject({
      ownHours: false,
      hours: [{ days: ALL_WEEK, opensAt: '00:00', closesAt: '00:00' }],
      timeZone: 'America/New_York',
    });
  });

  it.each([
    ['HOURS_UNREADABLE', { hours: [{ days: ['MO'], opensAt: 'noon', closesAt: '17:00' }] }],
    [
      'HOURS_OVERLAP',
      {
        hours: [
          { days: ['MO'], opensAt: '09:00', closesAt: '17:00' },
          { days: ['MO'], opensAt: '16:00', closesAt: '18:00' },
        ],
      },
    ],
    [
      'HOURS_OVERLAP',
      {
        hours: [
          { days: ['SU'], opensAt: '22:00', closesAt: '06:00' },
          { days: ['MO'], opensAt: '05:00', closesAt: '18:00' },
        ],
      },
    ],
    ['HOURS_TOO_FEW', { hours: [] }],
    ['HOURS_TOO_FEW', { hours: [{ days: ['MO'], opensAt: '09:00', closesAt: '10:00' }] }],
    ['TARGET_OUT_OF_RANGE', { targets: [{ priority: 'URGENT', clock: 'ANSWER', amount: 11, unit: 'WORKING_DAYS' }] }],
    ['TARGET_OUT_OF_RANGE', { targets: [{ priority: 'URGENT', clock: 'ANSWER', amount: 0, unit: 'WORKING_HOURS' }] }],
    ['NOT_A_ZONE', { timeZone: 'Mars/Olympus' }],
    ['NOT_A_ZONE', { timeZone: '+05:00' }],
    ['CHANGED_MEANWHILE', { federalHolidays: true, expectedVersion: 77 }],
  ])('refuses with %s what nobody could keep to', async (code, input) => {
    expect(await refused(input)).toEqual([code]);
  });

  it('is changed by those who lead the agency alone, for services of their own', async () => {
    expect(await between.agency.codes(SET, { input: { federalHolidays: true } })).toEqual(['FORBIDDEN']);
    expect(await (await careManager(hub)).codes(READ)).toEqual(['FORBIDDEN']);
    const stranger = await agencyStaff(hub);
    const foreign = await service(hub, stranger.organization.id);
    expect(await admin.codes(SET, { input: { serviceId: foreign, federalHolidays: true } })).toEqual(['NOT_FOUND']);
    expect(await stranger.codes(READ, { id: between.serviceId })).toEqual(['NOT_FOUND']);
  });

  it('is changed once when two do it at the same moment', async () => {
    const { version } = (await admin.gql(READ)).answeringTimes;
    const answers = await Promise.all([
      set({ federalHolidays: true, expectedVersion: version }),
      set({ federalHolidays: false, expectedVersion: version }),
    ]);
    expect(answers.map(({ userErrors }) => userErrors.length).toSorted()).toEqual([0, 1]);
  });
});
