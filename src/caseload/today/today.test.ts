import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyStaff, careManager, careSupervisor, type Actor } from '../../../test/actors.js';
import { assignment, patient, screening } from '../../../test/caseload-factories.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { callerOf, openContext, settle } from '../../access/index.js';
import { countStatements } from '../../platform/database/statements.js';
import { memoryCookies } from '../../platform/http/request.js';
import { newId } from '../../platform/id.js';
import { factsOfPatient, patientById } from '../index.js';

const TODAY =
  '{ today { screeningsDue { id } highRisk { id summary { screeningDue } } counts { patients screeningsDue } } }';
const ids = (rows: { id: string }[]) => rows.map((row) => row.id);

describe('the desk of today', () => {
  let hub: TestHub;
  const own = (actor: Actor) => ({ organizationId: actor.organization.id });
  beforeAll(async () => {
    hub = await testHub({ now: '2026-06-15T14:00:00Z' });
  });
  afterAll(() => hub.stop());
  const contextOf = (actor: Actor) =>
    openContext(
      hub.platform,
      callerOf({ userId: actor.user.id, organizationId: actor.organization.id, roles: actor.roles, via: 'SESSION' }),
      { id: newId(), ip: '127.0.0.1', userAgent: null, acceptLanguage: null, cookies: memoryCookies() },
    );

  it('shows a care manager her own patients, and a supervisor the whole organization', async () => {
    const me = await careManager(hub);
    const supervisor = await careSupervisor(hub, { organization: me.organization });
    const mine = await patient(hub, own(me), { family_name: 'A', risk: 'HIGH' });
    const screened = await patient(hub, own(me), { family_name: 'B' });
    const other = await patient(hub, own(me), { family_name: 'C', risk: 'HIGH' });
    await patient(hub, own(me), { family_name: 'D', status: 'DECEASED', risk: 'HIGH' });
    await assignment(hub, own(me), mine, me.user.id);
    await assignment(hub, own(me), screened, me.user.id);
    await screening(hub, own(me), screened);
    await patient(hub, own(await careManager(hub)), { risk: 'HIGH' });
    const { today } = await me.gql(TODAY);
    expect(ids(today.screeningsDue)).toEqual([mine]);
    expect(today.highRisk).toEqual([{ id: mine, summary: { screeningDue: true } }]);
    expect(today.counts).toEqual({ patients: 2, screeningsDue: 1 });
    const { today: all } = await supervisor.gql(TODAY);
    expect(ids(all.screeningsDue)).toEqual([mine, other]);
    expect(ids(all.highRisk)).toEqual([mine, other]);
    expect(all.counts).toEqual({ patients: 3, screeningsDue: 2 });
    expect(await (await agencyStaff(hub)).codes(TODAY)).toEqual(['FORBIDDEN']);
  });

  it('takes a statement a list however many patients there are, and leaves a trace of each', async () => {
    const me = await careSupervisor(hub);
    for (let i = 0; i < 25; i += 1) await patient(hub, own(me), { risk: 'HIGH' });
    let desk: { highRisk: unknown[] } = { highRisk: [] };
    // Two lists, one summary, the counts, the audit.
    expect(await countStatements(hub.orm, async () => ({ today: desk } = await me.gql(TODAY)))).toBeLessThanOrEqual(5);
    expect(desk.highRisk).toHaveLength(20);
    const trace = await hub.sql('select action, detail from hub.audit where org_id = $1 order by id', [
      me.organization.id,
    ]);
    expect(trace).toHaveLength(2);
    expect(trace[0]).toMatchObject({ action: 'patient.list', detail: { count: 20 } });
  });

  it('and other roots learn of a patient only what the caller’s organization keeps, with a trace', async () => {
    const me = await careManager(hub);
    const stranger = await careManager(hub);
    const agency = await agencyStaff(hub);
    const mine = await patient(hub, own(me), {
      household_size: 3,
      annual_income_cents: 2_500_000,
      is_veteran: true,
      zip: '21201',
      state: 'MD',
      language: 'es',
    });
    const ctx = contextOf(me);
    expect(await factsOfPatient(ctx, mine)).toEqual({
      ageYears: 56,
      householdSize: 3,
      annualIncomeCents: 2_500_000,
      veteran: true,
      disability: null,
      caregiver: null,
      state: 'MD',
      county: null,
      zip: '21201',
      languages: ['es'],
      insurance: null,
    });
    expect((await patientById(ctx, mine))?.id).toBe(mine);
    await settle(ctx);
    for (const actor of [stranger, agency]) {
      const other = contextOf(actor);
      await expect(factsOfPatient(other, mine)).rejects.toMatchObject({ extensions: { code: 'NOT_FOUND' } });
      expect(await patientById(other, mine)).toBeNull();
      await settle(other);
    }
    const trace = await hub.sql('select action from hub.audit where patient_id = $1 order by id', [mine]);
    expect(trace).toEqual([{ action: 'patient.facts' }, { action: 'patient.read' }]);
  });
});
