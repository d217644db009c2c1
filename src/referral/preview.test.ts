import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { need } from '../../test/caseload-factories.js';
import { agencyStaff } from '../../test/actors.js';
import { testHub, type TestHub } from '../../test/hub.js';
import { pair, send, type Pair } from '../../test/referral-factories.js';
import { OPTIONAL_KEYS } from './shared-information.js';

let hub: TestHub;
beforeAll(async () => {
  hub = await testHub({ now: new Date('2026-11-18T15:00:00Z') });
});
afterAll(() => hub.stop());

const PREVIEW = `query ($input: PreviewReferralInput!) { previewReferral(input: $input) {
  to { id } service { id } shared { items { key value } } optionalKeys coveredBy { id } missingConsent warnings
  capacity { status stale } fit { verdict failed ask } answerExpectedBy } }`;
const input = ({ patientId, serviceId, needId }: Pair, more: object = {}) => ({
  patientId,
  serviceId,
  needIds: [needId],
  ...more,
});
const preview = async (between: Pair, more: object = {}) =>
  (await between.sender.gql(PREVIEW, { input: input(between, more) })).previewReferral;

const word = fc.stringMatching(/^[A-Za-zÁÉáéñ '.-]{1,20}$/).filter((text) => text.trim() !== '');
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
/** Everything of a patient's record that a referral could carry, as its columns. */
const person = fc.record({
  given_name: word,
  family_name: word,
  preferred_name: maybe(word),
  birth_date: fc.constantFrom('1938-02-28', '1987-04-12', '2016-12-31'),
  language: fc.constantFrom('en', 'es', 'so'),
  interpreter_needed: fc.boolean(),
  phone: maybe(fc.constantFrom('+14105550123', '+13015550177')),
  email: maybe(fc.constant('ana@example.org')),
  address_1: maybe(word),
  address_2: maybe(word),
  city: maybe(fc.constant('Baltimore')),
  state: maybe(fc.constant('MD')),
  zip: maybe(fc.constantFrom('21201', '21044')),
  contact_method: fc.constantFrom('PHONE', 'TEXT', 'EMAIL', 'MAIL', 'NONE'),
  voicemail_ok: fc.boolean(),
  contact_times: maybe(fc.constant('after 17:00')),
  contact_note: maybe(word),
  household_size: maybe(fc.integer({ min: 1, max: 12 })),
  what_matters: maybe(word),
});

describe('the preview of a referral', () => {
  it('shows exactly what the agency then reads, whatever the person and whatever is chosen', async () => {
    const like = await pair(hub);
    await fc.assert(
      fc.asyncProperty(person, fc.subarray([...OPTIONAL_KEYS]), fc.boolean(), async (columns, share, two) => {
        const between = await pair(hub, like);
        const names = Object.keys(columns);
        await hub.sql(
          `update hub.patient set ${names.map((name, index) => `${name} = $${index + 2}`).join(', ')} where id = $1`,
          [between.patientId, ...Object.values(columns)],
        );
        const label = `Second need of ${columns.given_name}`;
        const other = two ? [await need(hub, between.owner, between.patientId, { label })] : [];
        const chosen = { share, needIds: [between.needId, ...other] };
        const before = (await preview(between, chosen)).shared;
        const id = await send(between, chosen);
        const read = 'query ($id: ID!) { referral(id: $id) { shared { items { key value } } } }';
        expect((await between.agency.gql(read, { id })).referral.shared).toEqual(before);
        // What the record says later is not what was shared.
        await hub.sql(`update hub.patient set family_name = 'Changed', zip = '10001' where id = $1`, [
          between.patientId,
        ]);
        expect((await between.sender.gql(read, { id })).referral.shared).toEqual(before);
      }),
      { numRuns: 25 },
    );
  });

  it('says what would happen, and sends nothing', async () => {
    const between = await pair(hub);
    expect(await preview(between)).toEqual({
      to: { id: between.agency.organization.id },
      service: { id: between.serviceId },
      shared: {
        items: [
          { key: 'name', value: expect.stringMatching(/^Given\d+ Family\d+$/) },
          { key: 'needs', value: 'Not enough food' },
          { key: 'phone', value: '+14105550123' },
          { key: 'safeContact', value: 'Call; leave no voicemail' },
          { key: 'language', value: 'en' },
          { key: 'zip', value: '21201' },
        ],
      },
      optionalKeys: ['birthDate', 'email', 'address', 'householdSize', 'whatMatters'],
      coveredBy: { id: between.consentId },
      missingConsent: [],
      warnings: [],
      capacity: { status: 'UNKNOWN', stale: false },
      fit: { verdict: 'UNKNOWN', failed: [], ask: [] },
      // Two working days on, at the close: Wednesday, Thursday, Friday in New York.
      answerExpectedBy: '2026-11-20T22:00:00.000Z',
    });
    await hub.runJobs();
    expect(hub.mail.letters).toEqual([]);
    expect(await hub.sql('select from hub.referral where patient_id = $1', [between.patientId])).toEqual([]);
    expect(
      await hub.sql(`select consent_id from hub.audit where patient_id = $1 and action = 'referral.preview'`, [
        between.patientId,
      ]),
    ).toEqual([{ consent_id: between.consentId }]);
  });

  it('names what a consent would have to say', async () => {
    const between = await pair(hub);
    await hub.sql(
      `update hub.consent set categories = '{housing-instability}', purpose = 'CARE_COORDINATION' where id = $1`,
      [between.consentId],
    );
    expect(await preview(between)).toMatchObject({
      coveredBy: null,
      missingConsent: ['The consent does not cover “Food”.'],
    });
    await hub.sql('delete from hub.consent where id = $1', [between.consentId]);
    expect((await preview(between)).missingConsent).toEqual(['There is no consent yet: ask the patient first.']);
  });

  it('warns of an open referral, of no room, of a rule that is not met, and of what the service announces', async () => {
    const between = await pair(hub);
    await send(between);
    await hub.sql(
      `update hub.service set capacity_status = 'NO_CAPACITY', capacity_updated_at = $2, alert = 'Closed on Thanksgiving.',
         minimum_age = 60 where id = $1`,
      [between.serviceId, hub.clock.now()],
    );
    await hub.sql('update hub.organization set claimed_at = null where id = $1', [between.agency.organization.id]);
    const found = await preview(between);
    expect(found.capacity.status).toBe('NO_CAPACITY');
    expect(found.fit.verdict).toBe('NO_MATCH');
    expect(found.warnings).toEqual([
      'This patient already has an open referral to this service.',
      'This agency does not work in the hub yet: call it as well.',
      'The service says it has no room right now.',
      `May not qualify: ${found.fit.failed[0]}`,
      'Closed on Thanksgiving.',
    ]);
    // What was said of its room weeks ago says nothing any more.
    hub.clock.advance({ days: 30 });
    const later = await preview(between);
    expect(later.capacity).toEqual({ status: 'UNKNOWN', stale: true });
    expect(later.warnings).not.toContain('The service says it has no room right now.');
    hub.clock.advance({ days: -30 });
  });

  it('is refused where sending would be', async () => {
    const between = await pair(hub);
    await hub.sql('update hub.service set takes_referrals = false where id = $1', [between.serviceId]);
    expect(await between.sender.codes(PREVIEW, { input: input(between) })).toEqual(['BAD_USER_INPUT']);
    const another = await pair(hub, { agency: await agencyStaff(hub) });
    expect(await another.sender.codes(PREVIEW, { input: input(another, { needIds: [between.needId] }) })).toEqual([
      'BAD_USER_INPUT',
    ]);
  });
});
