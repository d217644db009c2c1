import { print } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillWhenEmpty } from '../../src/demo/index.js';
import { listStatements } from '../../src/platform/database/statements.js';
import { visitor, type Visitor } from '../actors.js';
import { session, type MembershipRow } from '../factories.js';
import { testHub, type TestHub } from '../hub.js';
import { webOperations } from '../web-operations.js';

type Variables = Record<string, unknown>;

/** A page may ask one thing for two or three of its lists, and of each of the few agencies that come next. */
const MOST = 4;

/** Who opens what, and what it is told of. `$patient` and the like stand for rows of the demo. */
const PAGES: Record<string, readonly (readonly [operation: string, variables?: Variables])[]> = {
  'care@example.org': [
    ['Viewer'],
    ['Today'],
    ['CareAlerts'],
    ['Colleagues'],
    ['FollowUps', { filter: { mine: true } }],
    ['Patients', { sort: 'RISK' }],
    ['PatientPage', { id: '$patient' }],
    ['PatientDue', { id: '$patient' }],
    ['ReferralDrafts', { patientId: '$patient' }],
    ['ScreeningsDue', {}],
    ['ScreeningPage', { id: '$screening' }],
    ['ScreeningRules'],
    ['Instruments'],
    ['SentReferrals', { filter: {} }],
    ['SentReferral', { id: '$referral' }],
    ['NextAgencies', { referralId: '$declined' }],
    ['OfferPage', { id: '$offer' }],
    ['SearchServices', { input: { text: 'food', patientId: '$patient' } }],
    ['SearchServices', { input: { text: 'ride to doctor', near: { place: '21215' } } }],
    ['ServiceDetail', { id: '$service' }],
  ],
  'pantry@example.org': [
    ['Inbox', { filter: {} }],
    ['AgencyAlerts'],
    ['AgencyNotices'],
    ['ReceivedReferral', { id: '$received' }],
    ['MyListings'],
    ['ListingCare', { id: '$mine' }],
    ['ListingHistory', { id: '$mine' }],
    ['Members'],
    ['Invitations'],
    ['ApiKeys'],
  ],
  'plan@example.org': [['PopulationReports']],
  'curator@example.org': [
    ['CurationQueue', {}],
    ['Suggestions', {}],
    ['Duplicates', {}],
    ['ListingClaims', {}],
    ['Synonyms', {}],
    ['SearchGaps', {}],
    ['HelpGaps', {}],
    ['RoomGaps'],
    ['ImportRuns'],
    ['ImportSources'],
    ['ImportConflicts'],
    ['ImportDecisions'],
    ['RetireProposals'],
    ['ForeignTerms', {}],
    ['InstrumentVersions'],
  ],
  'privacy@example.org': [['PatientAccesses', { patientId: '$patient' }], ['EmergencyAccesses']],
  'operator@example.org': [['HubState']],
};

describe('the pages of the web client over the demo network', () => {
  let hub: TestHub;
  let documents: Map<string, string>;
  let rows: Record<string, string>;
  beforeAll(async () => {
    hub = await testHub({ env: { HUB_DEMO: 'yes' } });
    await fillWhenEmpty(hub.platform, hub.app.database.ownerUrl);
    const { operations, whole } = await webOperations();
    documents = new Map(operations.map((one) => [one.name?.value ?? '', print(whole(one))]));
    rows = await demoRows(hub);
  }, 180_000);
  afterAll(() => hub.stop());

  const as = async (email: string): Promise<Visitor> => {
    const [member] = await hub.sql<{ id: string; user_id: string; organization_id: string }>(
      `select m.* from hub.membership m join hub.user_account u on u.id = m.user_id where u.email = $1`,
      [email],
    );
    if (!member) throw new Error(`The demo has no ${email}`);
    return visitor(hub, await session(hub, { id: member.id, user: { id: member.user_id } } as MembershipRow));
  };
  const filled = (variables: Variables): Variables =>
    JSON.parse(JSON.stringify(variables).replace(/\$(\w+)/g, (_, name: string) => rows[name] ?? '')) as Variables;

  it.each(Object.entries(PAGES))('that %s opens answer, and ask nothing again for each row', async (email, pages) => {
    const me = await as(email);
    const again: string[] = [];
    for (const [name, variables = {}] of pages) {
      const document = documents.get(name);
      if (!document) throw new Error(`The web client asks no ${name}`);
      const statements = await listStatements(hub.orm, () => me.gql(document, filled(variables)));
      const times = Map.groupBy(statements, (text) => text);
      for (const [text, same] of times) {
        if (same.length > MOST) {
          again.push(`${name}: ${same.length} times ${text.slice(0, 150)}`);
        }
      }
    }
    expect(again).toEqual([]);
  });
});

/** Rows of the demo with much hanging on them. */
async function demoRows(hub: TestHub): Promise<Record<string, string>> {
  const one = async (text: string): Promise<string> => (await hub.sql<{ id: string }>(text))[0]?.id ?? '';
  const org = (email: string) =>
    `(select m.organization_id from hub.membership m join hub.user_account u on u.id = m.user_id where u.email = '${email}@example.org' limit 1)`;
  const patient = await one(
    `select p.id from hub.patient p join hub.assignment a on a.patient_id = p.id and a.ends_at is null
       join hub.user_account u on u.id = a.user_id where u.email = 'care@example.org' and p.status = 'ACTIVE'
      order by (select count(*) from hub.referral r where r.patient_id = p.id) desc, p.id limit 1`,
  );
  const sent = (where: string) =>
    one(`select r.id from hub.referral r where r.from_org_id = ${org('care')} and ${where}
         order by (select count(*) from hub.referral_message m where m.referral_id = r.id) desc, r.id limit 1`);
  return {
    patient,
    screening: await one(
      `select id from hub.screening where patient_id = '${patient}' and completed_at is not null limit 1`,
    ),
    referral: await sent(`r.status = 'COMPLETED'`),
    declined: await sent(`r.status = 'REJECTED'`),
    offer: await one(`select id from hub.referral_offer where from_org_id = ${org('care')} order by id limit 1`),
    received: await one(`select id from hub.referral where to_org_id = ${org('pantry')} order by id limit 1`),
    mine: await one(`select s.id from hub.service s where s.organization_id = ${org('pantry')} limit 1`),
    service: await one(`select s.id from hub.service s where s.organization_id = ${org('housing')} limit 1`),
  };
}
