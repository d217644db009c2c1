import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  agencyStaff,
  anonymous,
  careManager,
  curator,
  operator,
  type Actor,
  type Visitor,
} from '../../../test/actors.js';
import { insert, organization } from '../../../test/factories.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { listing } from '../../../test/listings.js';
import { asTask } from '../../platform/database/operation.js';
import { newId } from '../../platform/id.js';
import { rebuildSearch } from '../index.js';

describe('curation', () => {
  let hub: TestHub;
  let keeper: Actor;
  let staff: Actor;
  let stranger: Actor;

  beforeAll(async () => {
    hub = await testHub({ now: '2026-11-22T15:00:00Z' });
    [keeper, staff, stranger] = [await curator(hub), await agencyStaff(hub), await agencyStaff(hub)];
  });
  afterAll(() => hub.stop());

  const mutate = async (who: Visitor, name: string, input: object, fields = 'id') => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const data = await who.gql(
      `mutation($input: ${type}!) { ${name}(input: $input) { service { ${fields} } userErrors { code field message } } }`,
      { input },
    );
    return data[name] as { service: Record<string, unknown> | null; userErrors: { code: string; field: string }[] };
  };
  const codes = (who: Visitor, name: string, input: object) =>
    who.codes(
      `mutation($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { service { id } } }`,
      { input },
    );
  const found = async (text: string): Promise<string[]> => {
    const data = await (
      await anonymous(hub)
    ).gql('query($text: String) { searchServices(input: { text: $text }) { edges { node { service { name } } } } }', {
      text,
    });
    return data.searchServices.edges.map((edge: { node: { service: { name: string } } }) => edge.node.service.name);
  };

  const newListing = {
    organizationName: 'Columbia Kitchen',
    name: 'Sunday Supper',
    categories: ['food-insecurity'],
    phone: '(410) 555-0123',
    address1: '5 Lake Dr',
    city: 'Columbia',
    stateProvince: 'Maryland',
    postalCode: '21044',
    hours: [{ days: ['SU', 'SA'], opensAt: '17:00', closesAt: '19:00' }],
    serviceAreas: ['Howard County, MD', 'our parish'],
    languages: ['es'],
    isFree: true,
    takesReferrals: true,
    idempotencyKey: 'sunday-supper-1',
  };

  it('adds a listing with its place, hours, phone and areas, once per key, and the search knows it', async () => {
    const fields = `id name organization { name claimed } phones { number callable } weekHours { days opensAt } serviceAreas { name covers }
      languages { code name } sites { location { addresses { stateProvince postalCode } } } freshness { assuredOn dueOn state verifiedBy } version
      history { edges { node { field replacement by action } } }`;
    const { service, userErrors } = await mutate(keeper, 'addService', newListing, fields);
    expect(userErrors).toEqual([]);
    expect(service).toMatchObject({
      name: 'Sunday Supper',
      organization: { name: 'Columbia Kitchen', claimed: false },
      phones: [{ number: '(410) 555-0123', callable: '+14105550123' }],
      serviceAreas: [{ covers: ['county:MD/Howard'] }, { name: 'our parish', covers: [] }],
      languages: [{ code: 'es', name: 'Spanish' }],
      sites: [{ location: { addresses: [{ stateProvince: 'MD', postalCode: '21044' }] } }],
      freshness: {
        assuredOn: '2026-11-22',
        dueOn: '2027-05-21',
        state: 'VERIFIED',
        verifiedBy: keeper.organization.name,
      },
    });
    expect(service?.['weekHours']).toContainEqual({ days: ['SA', 'SU'], opensAt: '17:00' });
    const again = await mutate(keeper, 'addService', newListing);
    expect(again.service?.['id']).toBe(service?.['id']);
    await hub.runJobs();
    expect(await found('sunday supper')).toEqual(['Sunday Supper']);
  });

  it('names the field of a listing that cannot be, and keeps nothing of it', async () => {
    const before = await hub.sql('select count(*) from hub.organization');
    const add = (more: object) => mutate(keeper, 'addService', { ...newListing, idempotencyKey: null, ...more });
    for (const [more, field, code] of [
      [{ name: '  ' }, 'name', 'REQUIRED'],
      [{ phone: 'ask inside' }, 'phone', 'BAD_PHONE'],
      [{ url: 'javascript:alert(1)' }, 'url', 'BAD_URL'],
      [{ postalCode: null }, 'postalCode', 'REQUIRED'],
      [{ stateProvince: 'Atlantis' }, 'stateProvince', 'BAD_STATE'],
      [{ languages: ['klingonish'] }, 'languages[0]', 'BAD_LANGUAGE'],
      [{ organizationId: newId(), organizationName: null }, 'organizationId', 'UNKNOWN_ORGANIZATION'],
    ] as const) {
      expect(await add(more)).toMatchObject({ service: null, userErrors: [{ field, code }] });
    }
    await expect(add({ categories: ['food'] })).rejects.toThrow('input.categories[0]: one of ');
    await expect(add({ hours: [{ days: ['MO'], opensAt: '9', closesAt: '17:00' }] })).rejects.toThrow(
      'input.hours[0].opensAt',
    );
    expect(await hub.sql('select count(*) from hub.organization')).toEqual(before);
  });

  it('corrects what changed, field by field, and keeps it from the next import', async () => {
    const row = await listing(hub, {
      organizationId: staff.organization.id,
      name: 'Old Name',
      hours: [{ byday: 'MO', opens: '09:00', closes: '12:00' }],
    });
    const input = {
      id: row.id,
      expectedVersion: 1,
      applicationProcess: 'Ring twice',
      description: `${row.name} helps people.`,
      hours: [{ days: ['TU'], opensAt: '10:00', closesAt: '12:00' }],
    };
    const { service } = await mutate(
      staff,
      'correctService',
      input,
      'version weekHours { days } history { edges { node { field previous replacement by action } } }',
    );
    expect(service).toMatchObject({ version: 2 });
    const by = staff.organization.name;
    const history = service?.['history'] as { edges: { node: object }[] } | undefined;
    expect(history?.edges.map((edge) => edge.node)).toEqual([
      {
        field: 'schedules',
        previous: 'Monday: 9:00 am to 12:00 pm',
        replacement: 'Tuesday: 10:00 am to 12:00 pm',
        by,
        action: 'update',
      },
      { field: 'application_process', previous: '', replacement: 'Ring twice', by, action: 'update' },
    ]);
    const owners = await hub.sql(
      'select field, owner, set_by from hub.field_owner where entity_id = $1 order by field',
      [row.id],
    );
    expect(owners).toEqual([
      { field: 'application_process', owner: 'AGENCY', set_by: staff.user.id },
      { field: 'schedules', owner: 'AGENCY', set_by: staff.user.id },
    ]);
    await hub.runJobs();
    expect(await found('ring twice')).toContain('Old Name');
    expect(
      await mutate(
        keeper,
        'correctService',
        { id: row.id, expectedVersion: 2, applicationProcess: 'Ring once' },
        'version',
      ),
    ).toMatchObject({ service: { version: 3 } });
    expect(
      await hub.sql(`select owner from hub.field_owner where entity_id = $1 and field = 'application_process'`, [
        row.id,
      ]),
    ).toEqual([{ owner: 'CURATOR' }]);
  });

  it('takes a number back where it was changed, and leaves the others alone', async () => {
    const row = await listing(hub);
    const phone = (number: string, description: string | null) =>
      insert(hub, 'phone', {
        id: newId(),
        service_id: row.id,
        number,
        e164: `+1${number.replaceAll('-', '')}`,
        description,
      });
    await phone('410-555-0101', 'Director');
    await phone('410-555-0102', 'Intake');
    const all = () => hub.sql('select number, description from hub.phone where service_id = $1 order by id', [row.id]);
    const before = await all();
    const { service } = await mutate(
      keeper,
      'correctService',
      { id: row.id, expectedVersion: 1, phone: '(410) 555-0199' },
      'version history { edges { node { id field } } }',
    );
    expect(await all()).toEqual([before[0], { number: '(410) 555-0199', description: 'Intake' }]);
    const history = service?.['history'] as { edges: { node: { id: string } }[] };
    const changeId = history.edges[0]?.node.id;
    await mutate(keeper, 'undoChange', { changeId, expectedVersion: service?.['version'] });
    expect(await all()).toEqual(before);
  });

  it('refuses a change of an old version', async () => {
    const row = await listing(hub);
    await mutate(keeper, 'correctService', { id: row.id, expectedVersion: 1, alert: 'Closed today' });
    for (const name of ['correctService', 'verifyService', 'retireService']) {
      expect(
        await codes(keeper, name, { id: row.id, expectedVersion: 1, ...(name === 'retireService' && { reason: 'x' }) }),
      ).toEqual(['CONFLICT']);
    }
  });

  it('checks what is corrected', async () => {
    const row = await listing(hub);
    const correct = (more: object) => mutate(keeper, 'correctService', { id: row.id, expectedVersion: 1, ...more });
    expect(await correct({ name: '' })).toMatchObject({ userErrors: [{ field: 'name' }] });
    expect(await correct({ minimumAge: 70, maximumAge: 60 })).toMatchObject({ userErrors: [{ field: 'minimumAge' }] });
    expect(await correct({ eligibilityRules: '[{"kind":"AGE"}]' })).toMatchObject({
      userErrors: [{ field: 'eligibilityRules', code: 'BAD_RULES' }],
    });
    expect(await correct({ eligibilityRules: '{' })).toMatchObject({ userErrors: [{ code: 'BAD_RULES' }] });
    expect(await correct({ eligibilityRules: '[{"kind":"AGE","min":60}]' })).toMatchObject({ userErrors: [] });
  });

  it('keeps a shelter secret whatever its categories become', async () => {
    const row = await listing(hub, {
      organizationId: staff.organization.id,
      categories: ['intimate-partner-violence'],
      sensitivity: 'INTIMATE_PARTNER_VIOLENCE',
      site: true,
    });
    const { service } = await mutate(
      staff,
      'correctService',
      { id: row.id, expectedVersion: 1, categories: ['homelessness'] },
      'sensitivity sites { id }',
    );
    expect(service).toEqual({ sensitivity: 'INTIMATE_PARTNER_VIOLENCE', sites: [] });
  });

  it('lets an agency close for a while, but not leave or enter the directory', async () => {
    const row = await listing(hub, { organizationId: staff.organization.id });
    const status = (version: number, wanted: string, who = staff) =>
      mutate(who, 'correctService', { id: row.id, expectedVersion: version, status: wanted }, 'status');
    expect(await status(1, 'DEFUNCT')).toMatchObject({ userErrors: [{ code: 'STATUS_NEEDS_CURATOR' }] });
    expect(await status(1, 'TEMPORARILY_CLOSED')).toMatchObject({ service: { status: 'TEMPORARILY_CLOSED' } });
    expect(await status(2, 'INACTIVE', keeper)).toMatchObject({ service: { status: 'INACTIVE' } });
    expect(await status(3, 'ACTIVE')).toMatchObject({ userErrors: [{ code: 'STATUS_NEEDS_CURATOR' }] });
  });

  it('confirms a listing, and takes one out of the directory and the search', async () => {
    const row = await listing(hub, { name: 'Ocarina Hour' });
    await rebuildSearch(asTask(hub.orm));
    const verified = await mutate(
      keeper,
      'verifyService',
      { id: row.id, expectedVersion: 1, note: 'by phone' },
      'freshness { assuredOn dueOn state verifiedBy }',
    );
    expect(verified.service).toEqual({
      freshness: {
        assuredOn: '2026-11-22',
        dueOn: '2027-05-21',
        state: 'VERIFIED',
        verifiedBy: keeper.organization.name,
      },
    });
    expect(await found('ocarina')).toEqual(['Ocarina Hour']);
    const retired = await mutate(
      keeper,
      'retireService',
      { id: row.id, expectedVersion: 2, reason: 'Moved away' },
      'status history { edges { node { field replacement } } }',
    );
    expect(retired.service).toMatchObject({ status: 'DEFUNCT' });
    await hub.runJobs();
    expect(await found('ocarina')).toEqual([]);
  });

  it('takes the agency’s word on room, and forgets it when it is old', async () => {
    const row = await listing(hub, { organizationId: staff.organization.id });
    const set = (status: string) =>
      mutate(staff, 'setCapacity', { id: row.id, status, note: 'until Friday' }, 'capacity { status note stale }');
    expect((await set('WAITLIST')).service).toEqual({
      capacity: { status: 'WAITLIST', note: 'until Friday', stale: false },
    });
    await hub.sql(
      `update hub.service set capacity_updated_at = capacity_updated_at - interval '15 days' where id = $1`,
      [row.id],
    );
    const { service } = await staff.gql('query($id: ID!) { service(id: $id) { capacity { status note stale } } }', {
      id: row.id,
    });
    expect(service.capacity).toEqual({ status: 'UNKNOWN', note: null, stale: true });
    expect((await set('UNKNOWN')).service).toEqual({ capacity: { status: 'UNKNOWN', note: null, stale: false } });
  });

  it('is for curators, and for an agency with its own listings: mine, another agency’s, a stranger’s', async () => {
    const row = await listing(hub, { organizationId: staff.organization.id });
    const base = { id: row.id, expectedVersion: 1 };
    const care = await careManager(hub);
    const nobody = await anonymous(hub);
    for (const [name, input] of [
      ['correctService', { ...base, alert: 'x' }],
      ['verifyService', base],
      ['setCapacity', { id: row.id, status: 'CAPACITY' }],
    ] as const) {
      expect(await codes(stranger, name, input)).toEqual(['FORBIDDEN']);
      expect(await codes(care, name, input)).toEqual(['FORBIDDEN']);
      expect(await codes(nobody, name, input)).toEqual(['UNAUTHENTICATED']);
    }
    for (const who of [staff, stranger, care]) {
      expect(await codes(who, 'retireService', { ...base, reason: 'x' })).toEqual(['FORBIDDEN']);
      expect(await codes(who, 'addService', newListing)).toEqual(['FORBIDDEN']);
    }
    expect(await codes(staff, 'setCapacity', { id: row.id, status: 'CAPACITY' })).toEqual([]);
    expect(await codes(keeper, 'setCapacity', { id: row.id, status: 'CAPACITY' })).toEqual([]);
    const mine = 'query { myListings(first: 100) { edges { node { id organization { id } } } } }';
    const own = (await staff.gql(mine)).myListings.edges.map(
      (edge: { node: { organization: { id: string } } }) => edge.node.organization.id,
    );
    expect(new Set(own)).toEqual(new Set([staff.organization.id]));
    expect((await stranger.gql(mine)).myListings.edges).toEqual([]);
    expect(await care.codes(mine)).toEqual(['FORBIDDEN']);
  });

  it('queues what is due, never confirmed or retired', async () => {
    const { id: organizationId } = await organization(hub, { name: 'Queue_100% Test' });
    const make = (name: string, columns: Record<string, unknown>, status = 'active') =>
      listing(hub, { organizationId, name, columns, status });
    await make('Late', { assured_date: '2026-01-01', next_verification_on: '2026-07-01' });
    await make('Soon', { assured_date: '2026-06-01', next_verification_on: '2026-12-01' });
    await make('Fine', { assured_date: '2026-11-01', next_verification_on: '2027-05-01' });
    await make('Never', {});
    await make('Gone', {}, 'inactive');
    const query =
      'query($filter: CurationFilter, $text: String) { curationQueue(filter: $filter, text: $text) { edges { node { name } } } }';
    const queue = async (filter: string | null, text = 'queue_100%') =>
      (await keeper.gql(query, { filter, text })).curationQueue.edges.map(
        (edge: { node: { name: string } }) => edge.node.name,
      );
    expect(await queue(null)).toEqual(['Late', 'Soon']);
    expect(await queue('NEVER_VERIFIED')).toEqual(['Never']);
    expect(await queue('RETIRED')).toEqual(['Gone']);
    expect(await queue('ALL')).toEqual(['Fine', 'Gone', 'Late', 'Never', 'Soon']);
    expect(await queue('ALL', 'queueX100')).toEqual([]);
    expect(await staff.codes(query)).toEqual(['FORBIDDEN']);
  });

  it('shows the reports of imports to those who import', async () => {
    const [sourceId, id] = [newId(), newId()];
    await insert(hub, 'import_source', { id: sourceId, name: 'County list' });
    await insert(hub, 'import_run', {
      id,
      source_id: sourceId,
      format: 'hsds-3',
      path: 'county.zip',
      status: 'DONE',
      finished_at: hub.clock.now(),
      counts: JSON.stringify({ service: { read: 3, created: 2, updated: 0, unchanged: 0, rejected: 1, skipped: 0 } }),
    });
    for (const [severity, line] of [
      ['ERROR', 2],
      ['WARNING', 3],
      ['WARNING', 4],
    ]) {
      await insert(hub, 'import_problem', {
        run_id: id,
        severity,
        code: `CODE_${severity}`,
        file: 'services.csv',
        line,
        message: 'Look at it.',
      });
    }
    const importer = await operator(hub);
    const query = `query($id: ID!) { importRun(id: $id) { source status counts { entity read created rejected }
      problems(severity: WARNING) { edges { node { line severity } } } problemKinds { code severity count } } importRuns { edges { node { id } } } }`;
    const { importRun, importRuns } = await importer.gql(query, { id });
    expect(importRun).toEqual({
      source: 'County list',
      status: 'DONE',
      counts: [{ entity: 'service', read: 3, created: 2, rejected: 1 }],
      problems: { edges: [{ node: { line: 3, severity: 'WARNING' } }, { node: { line: 4, severity: 'WARNING' } }] },
      problemKinds: [
        { code: 'CODE_ERROR', severity: 'ERROR', count: 1 },
        { code: 'CODE_WARNING', severity: 'WARNING', count: 2 },
      ],
    });
    expect(importRuns.edges).toEqual([{ node: { id } }]);
    expect(await staff.codes(query, { id })).toContain('FORBIDDEN');
  });
});
