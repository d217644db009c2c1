import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyStaff, careManager, carePrivacyOfficer, type Actor } from '../../../test/actors.js';
import { need, patient } from '../../../test/caseload-factories.js';
import { testHub, type TestHub } from '../../../test/hub.js';

const FIELDS =
  'need { id status wantsHelp note confirmedAt resolvedAt sensitivity label icd10cm version category { code } } userErrors { code field }';
const mutation = (name: string) =>
  `mutation ($input: ${name[0]!.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${FIELDS} } }`;

describe('needs', () => {
  let hub: TestHub;
  let me: Actor;
  let mine: string;
  const own = (actor: Actor) => ({ organizationId: actor.organization.id });
  const act = async (name: string, input: object, actor = me) => (await actor.gql(mutation(name), { input }))[name];
  beforeAll(async () => {
    hub = await testHub({ now: '2026-06-15T14:00:00Z' });
  });
  afterAll(() => hub.stop());
  const fresh = async (status = 'POSSIBLE') => {
    me = await careManager(hub);
    mine = await patient(hub, own(me));
    return need(hub, own(me), mine, { status, wants_help: null, confirmed_at: null });
  };

  it('are confirmed, given up and opened again', async () => {
    const id = await fresh();
    const now = hub.clock.now().toISOString();
    expect((await act('confirmNeed', { id, wantsHelp: true, note: ' Two children ' })).need).toMatchObject({
      status: 'CONFIRMED',
      wantsHelp: true,
      confirmedAt: now,
      note: 'Two children',
      version: 2,
    });
    expect((await act('resolveNeed', { id, status: 'UNMET' })).need).toMatchObject({
      status: 'UNMET',
      resolvedAt: now,
    });
    expect((await act('confirmNeed', { id, wantsHelp: true })).need).toMatchObject({
      status: 'CONFIRMED',
      resolvedAt: null,
      note: 'Two children',
    });
    expect((await act('resolveNeed', { id, status: 'MET' })).need).toMatchObject({ status: 'MET' });
    for (const [name, input] of [
      ['confirmNeed', { id, wantsHelp: true }],
      ['declineNeed', { id }],
      ['refuteNeed', { id }],
      ['resolveNeed', { id, status: 'UNMET' }],
    ] as const) {
      expect(await act(name, input)).toEqual({ need: null, userErrors: [{ code: 'NEED_NOT_THERE', field: null }] });
    }
  });

  it('that are only possible cannot be met', async () => {
    const id = await fresh();
    expect((await act('resolveNeed', { id, status: 'MET' })).userErrors).toEqual([
      { code: 'NEED_NOT_THERE', field: null },
    ]);
    expect((await act('resolveNeed', { id, status: 'POSSIBLE' })).userErrors).toEqual([
      { code: 'MET_OR_UNMET', field: 'status' },
    ]);
    expect((await act('refuteNeed', { id, note: 'x'.repeat(1001) })).userErrors).toEqual([
      { code: 'TOO_LONG', field: 'note' },
    ]);
    expect((await act('refuteNeed', { id })).need).toMatchObject({ status: 'REFUTED' });
  });

  it('of two steps at once one is taken and the other is a CONFLICT or refused', async () => {
    const id = await fresh();
    const tries = await Promise.all([
      me.codes(mutation('confirmNeed'), { input: { id, wantsHelp: true } }),
      me.codes(mutation('confirmNeed'), { input: { id, wantsHelp: false } }),
    ]);
    const [row] = await hub.sql<{ version: number }>('select version from hub.need where id = $1', [id]);
    expect(tries.flat().filter((code) => code === 'CONFLICT').length).toBe(3 - (row?.version ?? 0));
    expect(tries.flat().every((code) => code === 'CONFLICT')).toBe(true);
  });

  it('are added once a category, sensitive where the category is', async () => {
    await fresh('MET');
    const input = {
      patientId: mine,
      category: 'intimate-partner-violence',
      wantsHelp: true,
      idempotencyKey: 'add-need-1',
    };
    const added = await act('addNeed', input);
    expect(added.need).toMatchObject({
      status: 'CONFIRMED',
      sensitivity: 'INTIMATE_PARTNER_VIOLENCE',
      category: { code: 'intimate-partner-violence' },
    });
    expect((await act('addNeed', input)).need.id).toBe(added.need.id);
    expect((await act('addNeed', { ...input, idempotencyKey: null })).userErrors).toEqual([
      { code: 'ALREADY_OPEN', field: 'category' },
    ]);
    expect(
      (await act('addNeed', { patientId: mine, category: 'food-insecurity', wantsHelp: false })).need,
    ).toMatchObject({ icd10cm: 'Z59.41', wantsHelp: false });
    expect((await act('addNeed', { patientId: mine, category: 'toys', wantsHelp: true })).userErrors).toEqual([
      { code: 'UNKNOWN_CATEGORY', field: 'category' },
    ]);
    const other = { patientId: mine, category: 'sdoh-category-unspecified', wantsHelp: true };
    expect((await act('addNeed', { ...other, label: 'A crib' })).userErrors).toEqual([]);
    expect((await act('addNeed', { ...other, label: 'A bed' })).userErrors).toEqual([]);
    expect((await act('addNeed', { ...other, label: 'A bed' })).userErrors).toEqual([
      { code: 'ALREADY_OPEN', field: 'category' },
    ]);
  });

  it('belong to one organization, and leave a trace of each step', async () => {
    const id = await fresh();
    const partner = await careManager(hub, { organization: me.organization });
    const stranger = await careManager(hub);
    const input = { id, wantsHelp: true };
    expect(await stranger.codes(mutation('confirmNeed'), { input })).toEqual(['NOT_FOUND']);
    expect(
      await stranger.codes(mutation('addNeed'), { input: { patientId: mine, category: 'stress', wantsHelp: true } }),
    ).toEqual(['NOT_FOUND']);
    for (const outsider of [await agencyStaff(hub), await carePrivacyOfficer(hub, { organization: me.organization })]) {
      expect(await outsider.codes(mutation('confirmNeed'), { input })).toEqual(['FORBIDDEN']);
    }
    await act('confirmNeed', input, partner);
    await act('resolveNeed', { id, status: 'MET' });
    const trace = await hub.sql(
      'select action, actor_id, entity_id, patient_id from hub.audit where org_id = $1 order by at, id',
      [me.organization.id],
    );
    expect(trace).toEqual([
      { action: 'need.confirm', actor_id: partner.user.id, entity_id: id, patient_id: mine },
      { action: 'need.resolve', actor_id: me.user.id, entity_id: id, patient_id: mine },
    ]);
  });
});
