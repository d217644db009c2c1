import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyStaff, anonymous, careManager, curator, planAnalyst, type Actor } from '../../../test/actors.js';
import { assignment, need, patient } from '../../../test/caseload-factories.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { listing } from '../../../test/listings.js';
import { pair, send, take, type Pair } from '../../../test/referral-factories.js';

const PREVIEW = `query ($serviceId: ID!, $rules: [EligibilityRuleInput!]!) {
  eligibilityPreview(serviceId: $serviceId, rules: $rules) {
    rules { kind words minimum maximum percent annualCents places { key words } values rules { kind words } }
    warnings { kind rules words blocks } canSave area
    groups { kind people more now { fit ask shutOut } proposed { fit ask shutOut } newlyShutOut noLongerShutOut
      rules { rule shutOut alone ask } questions { words people } profiles { key words now proposed failed ask } } } }`;

interface Group {
  kind: string;
  people: number;
  now: object;
  proposed: object;
  newlyShutOut: number;
  rules: object[];
  questions: { words: string; people: number }[];
  profiles: { key: string; now: string; proposed: string; failed: string[]; ask: string[] }[];
}

describe('the preview of rules', () => {
  let hub: TestHub;
  let keeper: Actor;

  beforeAll(async () => {
    hub = await testHub({ now: '2026-11-30T15:00:00Z' });
    keeper = await curator(hub);
  });
  afterAll(() => hub.stop());

  const preview = async (who: Actor, serviceId: string, rules: object[]) =>
    (await who.gql(PREVIEW, { serviceId, rules })).eligibilityPreview as {
      rules: (object | null)[];
      warnings: { kind: string; words: string }[];
      canSave: boolean;
      area: string[];
      groups: Group[];
    };
  const groupOf = async (who: Actor, kind: string, serviceId: string, rules: object[]) =>
    (await preview(who, serviceId, rules)).groups.find((group) => group.kind === kind);
  const over60 = { kind: 'AGE', minimum: 60 };

  it('says rules in words, shows what is wrong, and tries them on fictional people for a curator', async () => {
    const row = await listing(hub, { covers: ['county:MD/Howard'], columns: { minimum_age: 60 } });
    const before = await hub.sql('select * from hub.service where id = $1', [row.id]);
    const shown = await preview(keeper, row.id, [
      { kind: 'AGE', minimum: 55 },
      { kind: 'INCOME', percent: 185 },
      { kind: 'ANY_OF', rules: [{ kind: 'VETERAN' }, { kind: 'RESIDENCE', places: ['Baltimore County, MD'] }] },
      { kind: 'LANGUAGE' },
    ]);
    expect(shown.rules).toMatchObject([
      { kind: 'AGE', words: 'Age 55 and older', minimum: 55, maximum: null },
      { kind: 'INCOME', words: 'Household income up to 185% of the poverty level', percent: 185 },
      {
        kind: 'ANY_OF',
        words: 'Veterans; or Lives in Baltimore County, MD',
        rules: [{ kind: 'VETERAN' }, { kind: 'RESIDENCE' }],
      },
      null,
    ]);
    expect(shown.warnings.map(({ kind }) => kind)).toEqual(['INCOMPLETE', 'OUTSIDE_AREA']);
    expect([shown.canSave, shown.area]).toEqual([false, ['Howard County, MD']]);
    expect(shown.groups.map(({ kind }) => kind)).toEqual(['STANDARD_PROFILES']);
    const [group] = shown.groups;
    const of = (key: string) => group?.profiles.find((one) => one.key === key);
    expect(of('older-veteran')).toMatchObject({ now: 'MATCH', proposed: 'MATCH', failed: [] });
    expect(of('both-programs')).toMatchObject({
      now: 'NO_MATCH',
      proposed: 'NO_MATCH',
      failed: ['Veterans; or Lives in Baltimore County, MD'],
    });
    expect(of('income-not-said')?.failed).toContain('Age 55 and older');
    expect(of('little-known')).toMatchObject({ now: 'NO_MATCH', proposed: 'UNKNOWN' });
    expect(group?.rules).toHaveLength(3);
    expect(await hub.sql('select * from hub.service where id = $1', [row.id])).toEqual(before);
    expect(
      await hub.sql(`select 1 from hub.audit where action like '%.count' and actor_id = $1`, [keeper.user.id]),
    ).toEqual([]);
  });

  it('counts a care manager’s own patients in need, and nobody else’s', async () => {
    const [mine, stranger] = [await careManager(hub), await careManager(hub)];
    const owner = { organizationId: mine.organization.id };
    const row = await listing(hub, { categories: ['food-insecurity'], covers: ['state:MD'] });
    const add = async (birthDate: string, given: object = {}, category = 'food-insecurity') => {
      const id = await patient(hub, owner, {
        birth_date: birthDate,
        state: 'MD',
        county: 'Howard',
        zip: '21044',
        ...given,
      });
      await need(hub, owner, id, { category });
      return id;
    };
    for (const year of ['1940', '1950', '1960']) {
      await add(`${year}-01-01`, { annual_income_cents: 1_000_000, household_size: 1 });
    }
    await add('1990-01-01', { annual_income_cents: 9_000_000, household_size: 1 });
    await add('1991-01-01');
    // Not in need of it, not there, not served any more, and of another organization.
    await add('1992-01-01', {}, 'housing-instability');
    await add('1993-01-01', { state: 'VA', county: 'Fairfax', zip: '22030' });
    await add('1994-01-01', { status: 'DECEASED' });
    const theirs = await patient(hub, { organizationId: stranger.organization.id }, { state: 'MD' });
    await need(hub, { organizationId: stranger.organization.id }, theirs);
    const rules = [over60, { kind: 'INCOME', percent: 130 }];
    expect(await groupOf(mine, 'OWN_PATIENTS', row.id, rules)).toMatchObject({
      people: 5,
      now: { fit: 0, ask: 5, shutOut: 0 },
      proposed: { fit: 3, ask: 0, shutOut: 2 },
      newlyShutOut: 2,
      rules: [
        { rule: 0, shutOut: 2, alone: 1, ask: 0 },
        { rule: 1, shutOut: 1, alone: 0, ask: 1 },
      ],
      profiles: [],
    });
    expect(await groupOf(stranger, 'OWN_PATIENTS', row.id, rules)).toMatchObject({ people: 1 });
    const audited = await hub.sql(
      `select action, entity, entity_id, patient_id, purpose, detail from hub.audit where actor_id = $1 and action = 'patient.count'`,
      [mine.user.id],
    );
    expect(audited).toEqual([
      {
        action: 'patient.count',
        entity: 'service',
        entity_id: row.id,
        patient_id: null,
        purpose: 'ELIGIBILITY',
        detail: { count: 5, categories: ['food-insecurity'] },
      },
    ]);
  });

  it('does not count a protected record for a colleague outside its care team', async () => {
    const [mine] = [await careManager(hub)];
    const colleague = await careManager(hub, { organization: mine.organization });
    const owner = { organizationId: mine.organization.id };
    const row = await listing(hub, { categories: ['food-insecurity'] });
    const id = await patient(hub, owner, { birth_date: '1950-01-01' });
    await need(hub, owner, id);
    await assignment(hub, owner, id, mine.user.id);
    await mine.gql(
      `mutation ($input: RestrictPatientInput!) { restrictPatient(input: $input) { userErrors { code } } }`,
      { input: { patientId: id, restricted: 'STAFF' } },
    );
    expect((await groupOf(mine, 'OWN_PATIENTS', row.id, [over60]))?.people).toBe(1);
    expect((await groupOf(colleague, 'OWN_PATIENTS', row.id, [over60]))?.people).toBe(0);
  });

  it('tells nothing of a shelter’s place by whom it counts', async () => {
    const mine = await careManager(hub);
    const owner = { organizationId: mine.organization.id };
    const category = 'intimate-partner-violence';
    const shelter = await listing(hub, {
      categories: [category],
      sensitivity: 'INTIMATE_PARTNER_VIOLENCE',
      site: true,
    });
    for (const [state, county, zip] of [
      ['MD', 'Howard', '21044'],
      ['VA', 'Fairfax', '22030'],
    ]) {
      await need(hub, owner, await patient(hub, owner, { state, county, zip }), { category });
    }
    const shown = await preview(mine, shelter.id, [over60]);
    expect(shown.area).toEqual([]);
    expect(shown.groups[0]).toMatchObject({ kind: 'OWN_PATIENTS', people: 2 });
    expect(JSON.stringify(shown)).not.toMatch(/Columbia|Howard|21044/);
  });

  describe('for an agency', () => {
    let first: Pair;

    beforeAll(async () => {
      first = await pair(hub);
    });

    const about = async (birthDate: string, optional: string[] = ['birthDate']) => {
      const next = await pair(hub, { sender: first.sender, agency: first.agency, serviceId: first.serviceId });
      await hub.sql('update hub.patient set birth_date = $2 where id = $1', [next.patientId, birthDate]);
      return send(next, { share: optional });
    };

    it('counts whom it was sent, by what was shared with it and by nothing else', async () => {
      await about('1940-01-01');
      await about('1990-01-01');
      await about('1990-01-01', []);
      const declined = await about('1991-01-01');
      await take(first.agency, 'declineReferral', declined, { reasonCode: 'NO_CAPACITY', reason: 'Full' });
      const group = await groupOf(first.agency, 'OWN_REFERRALS', first.serviceId, [
        over60,
        { kind: 'RESIDENCE', places: ['Baltimore City, MD'] },
      ]);
      expect(group).toMatchObject({
        people: 3,
        proposed: { fit: 1, ask: 1, shutOut: 1 },
        rules: [
          { rule: 0, shutOut: 1, alone: 1, ask: 1 },
          { rule: 1, shutOut: 0, alone: 0, ask: 0 },
        ],
        questions: [{ words: 'How old is the person?', people: 1 }],
        profiles: [],
      });
    });

    it('shows another agency, and a sender, none of them', async () => {
      await about('1940-01-01');
      const stranger = await agencyStaff(hub);
      const kinds = async (who: Actor) =>
        (await preview(who, first.serviceId, [over60])).groups.map(({ kind }) => kind);
      expect(await kinds(stranger)).toEqual(['STANDARD_PROFILES']);
      expect(await kinds(first.sender)).toEqual(['OWN_PATIENTS', 'STANDARD_PROFILES']);
      expect(await kinds(keeper)).toEqual(['STANDARD_PROFILES']);
    });
  });

  it('is for those who keep listings or have patients', async () => {
    const row = await listing(hub);
    const ask = { serviceId: row.id, rules: [over60] };
    expect(await (await anonymous(hub)).codes(PREVIEW, ask)).toEqual(['UNAUTHENTICATED']);
    expect(await (await planAnalyst(hub)).codes(PREVIEW, ask)).toEqual(['FORBIDDEN']);
    const many = { serviceId: row.id, rules: [{ kind: 'ANY_OF', rules: Array.from({ length: 100 }, () => over60) }] };
    expect(await keeper.codes(PREVIEW, many)).toEqual(['BAD_USER_INPUT']);
  });
});

describe('rules that are saved', () => {
  let hub: TestHub;
  let keeper: Actor;
  let staff: Actor;

  beforeAll(async () => {
    hub = await testHub({ now: '2026-11-30T15:00:00Z' });
    [keeper, staff] = [await curator(hub), await agencyStaff(hub)];
  });
  afterAll(() => hub.stop());

  const CORRECT = `mutation ($input: CorrectServiceInput!) { correctService(input: $input) {
    service { version minimumAge maximumAge eligibilityRules { kind words } } suggestion { id } userErrors { code field message } } }`;
  const correct = async (who: Actor, id: string, rules: object[] | null, expectedVersion = 1, more: object = {}) =>
    (await who.gql(CORRECT, { input: { id, expectedVersion, rules, ...more } })).correctService;
  const HISTORY = `query ($id: ID!) { service(id: $id) { version minimumAge eligibilityRules { words }
    history { edges { node { id field previous replacement viewerCanUndo } } } } }`;
  const state = async (id: string) => {
    const { service } = await keeper.gql(HISTORY, { id });
    return { ...service, history: service.history.edges.map(({ node }: { node: object }) => node) };
  };
  const rules = [
    { kind: 'AGE', minimum: 55 },
    { kind: 'RESIDENCE', places: ['Howard County, MD'] },
  ];

  it('stand in the history in words, and are taken back as they were', async () => {
    const kept = [{ kind: 'AGE', min: 60 }, { kind: 'VETERAN' }];
    const row = await listing(hub, { columns: { eligibility_rules: JSON.stringify(kept), minimum_age: 60 } });
    const done = await correct(keeper, row.id, rules);
    expect(done).toMatchObject({
      userErrors: [],
      service: {
        minimumAge: 55,
        eligibilityRules: [{ words: 'Age 55 and older' }, { words: 'Lives in Howard County, MD' }],
      },
    });
    const after = await state(row.id);
    expect(after.history).toMatchObject([
      {
        field: 'eligibility_rules',
        previous: 'Age 60 and older; Veterans',
        replacement: 'Lives in Howard County, MD',
        viewerCanUndo: true,
      },
      { field: 'minimum_age', previous: '60', replacement: '55' },
    ]);
    let version = done.service.version;
    for (const { id } of after.history) {
      const { undoChange } = await keeper.gql(
        'mutation ($input: UndoChangeInput!) { undoChange(input: $input) { service { version } userErrors { code } } }',
        { input: { changeId: id, expectedVersion: version } },
      );
      version = undoChange.service.version;
    }
    expect(await state(row.id)).toMatchObject({
      minimumAge: 60,
      eligibilityRules: [{ words: 'Age 60 and older' }, { words: 'Veterans' }],
    });
    expect(await hub.sql('select eligibility_rules from hub.service where id = $1', [row.id])).toEqual([
      { eligibility_rules: kept },
    ]);
  });

  it('write nothing when nothing changed, in whatever order PostgreSQL keeps them', async () => {
    const kept = [
      { kind: 'AGE', min: 18, max: 64 },
      { kind: 'INCOME', maxPercent: 130 },
    ];
    const row = await listing(hub, { columns: { eligibility_rules: JSON.stringify(kept) } });
    const same = [
      { kind: 'AGE', minimum: 18, maximum: 64 },
      { kind: 'INCOME', percent: 130 },
    ];
    await correct(keeper, row.id, same);
    expect((await state(row.id)).history).toEqual([]);
  });

  it('of an agency wait for a curator, who reads them in words', async () => {
    const row = await listing(hub, { organizationId: staff.organization.id, columns: { minimum_age: 60 } });
    const done = await correct(staff, row.id, rules);
    expect(done).toMatchObject({
      userErrors: [],
      service: { minimumAge: 60, eligibilityRules: [{ words: 'Age 60 and older' }] },
    });
    const { suggestion } = await keeper.gql(
      'query ($id: ID!) { suggestion(id: $id) { version fields { key current suggested } service { version } } }',
      { id: done.suggestion.id },
    );
    expect(suggestion.fields).toEqual([
      { key: 'minimumAge', current: '60', suggested: '55' },
      { key: 'eligibilityRules', current: '', suggested: 'Lives in Howard County, MD' },
    ]);
    await keeper.gql(
      'mutation ($input: AcceptSuggestionInput!) { acceptSuggestion(input: $input) { userErrors { code } } }',
      {
        input: {
          id: done.suggestion.id,
          expectedVersion: suggestion.version,
          serviceVersion: suggestion.service.version,
        },
      },
    );
    expect((await state(row.id)).eligibilityRules).toEqual([
      { words: 'Age 55 and older' },
      { words: 'Lives in Howard County, MD' },
    ]);
  });

  it('are refused half filled in or said twice, and cleared by nothing', async () => {
    const row = await listing(hub, { columns: { minimum_age: 60 } });
    expect(await correct(keeper, row.id, [{ kind: 'AGE', minimum: 60, maximum: 18 }])).toMatchObject({
      service: null,
      userErrors: [{ code: 'BAD_RULES', field: 'rules' }],
    });
    expect(await keeper.codes(CORRECT, { input: { id: row.id, expectedVersion: 1, rules, minimumAge: 3 } })).toEqual([
      'BAD_USER_INPUT',
    ]);
    await correct(keeper, row.id, null);
    expect(await state(row.id)).toMatchObject({ minimumAge: null, eligibilityRules: [] });
  });
});
