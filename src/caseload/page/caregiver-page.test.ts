import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Visitor } from '../../../test/actors.js';
import { consent, need, relatedPerson } from '../../../test/caseload-factories.js';
import { CONTACT, PAGE, STOP, helpPages, make, read, type HelpPages } from '../../../test/help-page.js';
import type { TestHub } from '../../../test/hub.js';
import { pair, send, service, type Pair } from '../../../test/referral-factories.js';

let pages: HelpPages;
let hub: TestHub;
beforeAll(async () => {
  pages = await helpPages('2027-11-17T15:00:00Z');
  ({ hub } = pages);
});
afterAll(() => pages.stop());

describe('somebody around the patient', () => {
  const given = async (between: Pair, input: object = {}) => {
    const { owner, patientId, sender } = between;
    const daughter = await relatedPerson(hub, owner, patientId, { name: 'Rosa' });
    expect((await make(sender, { patientId, relatedPersonId: daughter })).userErrors).toEqual([
      { code: 'NOTHING_GIVEN', field: 'relatedPersonId' },
    ]);
    const consentId = await consent(hub, owner, patientId, {
      kind: 'FAMILY',
      grantee_class: null,
      grantee_related_person_id: daughter,
      categories: ['food-insecurity'],
      purpose: 'FAMILY_INVOLVEMENT',
      recorded_by: sender.user.id,
      ...input,
    });
    return { daughter, consentId, page: await pages.pageOf(between, { relatedPersonId: daughter }) };
  };

  it('sees what she was given and until when, never what is sensitive, never how to reach the patient', async () => {
    const between = await pair(hub);
    const { owner, patientId, sender, agency } = between;
    await need(hub, owner, patientId, { category: 'housing-instability', label: 'Behind with the rent' });
    const secret = await need(hub, owner, patientId, { sensitivity: 'INTIMATE_PARTNER_VIOLENCE', label: 'Not safe' });
    await consent(hub, owner, patientId, { sensitivities: ['INTIMATE_PARTNER_VIOLENCE'] });
    const food = await send(between);
    await send({ ...between, needId: secret, serviceId: await service(hub, agency.organization.id) });
    const { page, daughter, consentId } = await given(between);
    const found = await read(page, { withPrivate: true });
    expect(found).toMatchObject({ reader: 'Rosa', given: [{ code: 'food-insecurity' }], givenUntil: '2028-11-16T15:00:00.000Z' }); // prettier-ignore
    expect(found).toMatchObject({ consents: [], disclosures: [], accesses: [], contact: { phoneEnding: null } });
    expect(found.needs).toEqual([{ label: 'Not enough food', status: 'BEING_ADDRESSED' }]);
    expect(found.referrals.map(({ id }: { id: string }) => id)).toEqual([food]);
    // Showing it is a disclosure to her, on the consent that allowed it.
    const told = await hub.sql('select recipient_related_person_id, consent_id from hub.disclosure where recipient_org_id is null and patient_id = $1', [patientId]); // prettier-ignore
    expect(told).toEqual([{ recipient_related_person_id: daughter, consent_id: consentId }]);
    expect(await page.codes(STOP, { input: {} })).toEqual(['FORBIDDEN']);
    const rows = await pages.asPage(
      'hub_caregiver',
      between,
      {
        needs: 'select count(*)::int as n from hub.need',
        referrals: 'select count(*)::int as n from hub.referral',
      },
      { 'hub.categories': '{*}', 'hub.related_person_id': daughter },
    );
    // What a session claims can only narrow what she was given.
    expect(rows).toEqual({ needs: 1, referrals: 1 });
    for (const sql of [
      'select phone from hub.patient',
      'select shared from hub.referral',
      'select id from hub.disclosure',
      'select evidence from hub.need',
      'select id from hub.audit',
      'select id from hub.screening',
    ]) {
      // prettier-ignore
      await expect(pages.asPage('hub_caregiver', between, { sql })).rejects.toMatchObject({ code: '42501' });
    }
    expect(sender.user.name).toBeTruthy();
  });

  it('says how she herself is reached: her letters obey, and nothing of the patient changes', async () => {
    const between = await pair(hub);
    const { patientId, sender } = between;
    const { page, daughter } = await given(between);
    await hub.sql(`update hub.related_person set phone = '+14155550142', contact_note = 'Works at night', time_zone = 'America/Los_Angeles' where id = $1`, [daughter]); // prettier-ignore
    const before = await hub.sql('select * from hub.patient where id = $1', [patientId]);
    expect((await read(page)).contact).toEqual({ method: 'TEXT', phoneEnding: '0142', phoneSafe: true, windows: null });
    const linkFor = () => make(sender, { patientId, relatedPersonId: daughter, way: 'TEXT' });
    // A note is for a person to follow, until she says herself when it is safe.
    expect((await linkFor()).userErrors).toEqual([{ code: 'TIMES_IN_WORDS', field: 'way' }]);
    const evenings = [{ days: ['MO', 'TU', 'WE', 'TH', 'FR'], from: '18:00', to: '20:00' }];
    const change = async (input: object, on: Visitor = page) => (await on.gql(CONTACT, { input })).changeMyContact;
    expect(await change({ windows: evenings })).toMatchObject({ contact: { windows: evenings }, userErrors: [] });
    expect((await change({ windows: [{ days: ['MO'], from: '20:00', to: '18:00' }] })).userErrors).toEqual([
      { code: 'NOT_HOURS', field: 'windows' },
    ]);
    // Six in the evening where she lives, three hours after six in Baltimore.
    expect((await linkFor()).goesAt).toBe('2027-11-18T02:00:00.000Z');
    // The new link ended the older one, and her page with it.
    expect(await page.codes(PAGE)).toEqual(['UNAUTHENTICATED']);
    const again = await pages.pageOf(between, { relatedPersonId: daughter });
    expect(await change({ phoneSafe: false }, again)).toMatchObject({ contact: { phoneSafe: false } });
    expect((await linkFor()).userErrors).toEqual([{ code: 'NOT_THIS_NUMBER', field: 'way' }]);
    expect(await hub.sql('select * from hub.patient where id = $1', [patientId])).toEqual(before);
    const own = await read(await pages.pageOf(between));
    const said = own.accesses.map(({ who, words }: { who: string; words: string }) => `${who}: ${words}`);
    expect(said).toContain('Someone you let see this: Changed how family is reached');
    expect(own.contact).toMatchObject({ phoneSafe: true, windows: null });
  });

  it('changes with the role of her page only how she is reached, and only her own row', async () => {
    const between = await pair(hub);
    const { owner, patientId } = between;
    const { daughter } = await given(between);
    const son = await relatedPerson(hub, owner, patientId, { name: 'Sam' });
    const as = { 'hub.categories': '{*}', 'hub.related_person_id': daughter };
    const tryTo = (sql: string) => pages.asPage('hub_caregiver', between, { sql }, as);
    for (const set of [
      `authority = 'GUARDIAN'`,
      `phone = '+14105550100'`,
      `ended_at = null`,
      `own_patient_id = null`,
    ]) {
      await expect(tryTo(`update hub.related_person set ${set}`)).rejects.toMatchObject({ code: '42501' });
    }
    const both =
      'with done as (update hub.related_person set voicemail_ok = true returning 1) select count(*)::int as n from done';
    expect(await tryTo(both)).toEqual({ sql: 1 });
    expect(await tryTo(`select count(*)::int as n from hub.related_person where id = '${son}'`)).toEqual({ sql: 0 });
    await expect(tryTo(`update hub.patient set voicemail_ok = true`)).rejects.toMatchObject({ code: '42501' });
  });

  it('sees nothing any more in the moment the patient takes it back, or it runs out', async () => {
    const between = await pair(hub);
    const { page, consentId } = await given(between);
    expect(await page.codes(PAGE)).toEqual([]);
    const patient = await pages.pageOf(between);
    await patient.gql(STOP, { input: { consentId } });
    expect(await page.codes(PAGE)).toEqual(['UNAUTHENTICATED']);
    expect((await pages.open(page.link, 1970)).state).toBe('ENDED');
  });

  it('sees all that is not sensitive by her own authority, as long as that holds', async () => {
    const between = await pair(hub);
    const { owner, patientId } = between;
    await need(hub, owner, patientId, { category: 'housing-instability', label: 'Behind with the rent' });
    const guardian = await relatedPerson(hub, owner, patientId, { authority: 'GUARDIAN', authority_to: '2027-11-17' });
    const page = await pages.pageOf(between, { relatedPersonId: guardian });
    const found = await read(page);
    expect(found).toMatchObject({ given: null, givenUntil: '2027-11-18T05:00:00.000Z' });
    expect(found.needs).toHaveLength(2);
    hub.clock.set('2027-11-18T05:00:00Z');
    expect((await pages.open(page.link, 1970)).state).toBe('ENDED');
    hub.clock.set('2027-11-17T15:00:00Z');
  });
});
