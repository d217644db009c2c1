import { sql } from 'kysely';
import type { HubContext } from '../access/index.js';
import { callerName } from '../identity/index.js';
import { newId } from '../platform/id.js';
import type { Prepared } from './prepare-referral.js';
import type { Referral } from './referral.entity.js';
import { viaOf } from './take-step.js';

/** What was told to the agency, by name; what it is asked for besides is the sender's own words. */
const toldOf = ({ shared, request }: Referral): string[] => [
  ...shared.map((item) => item.key),
  ...(request ? ['request'] : []),
];

/**
 * Keeps what hangs on a referral that was just written, in one statement: its first step, the needs that it is for, whom
 * in the household it is for (no more than the agency may read), what was disclosed on which consent and whether the
 * notice of 42 CFR 2.32 went with it. What was sent is no draft any more.
 */
export async function keepSent(ctx: HubContext, referral: Referral, sent: Prepared): Promise<void> {
  const { id, fromOrgId: from, toOrgId: to, patientId, consentId, categories, serviceId } = referral;
  const by = ctx.caller?.userId ?? null;
  const at = ctx.clock.now().toISOString();
  const needIds = sent.needs.map((need) => need.id);
  const persons = sent.household.map((one, index) => ({
    id: newId(),
    position: index + 1,
    relation: one.relation,
    age: one.age,
    given_name: one.givenName,
    related_person_id: one.relatedPersonId,
  }));
  const db = (await ctx.db.em()).getKysely<unknown>();
  await sql`
    with step as (
      insert into hub.referral_transition (id, referral_id, from_org_id, to_org_id, to_status, side, via, by_user_id, by_name, at)
      values (${newId()}, ${id}, ${from}, ${to}, 'REQUESTED', 'REQUESTER', ${viaOf(ctx)}, ${by}, ${await callerName(ctx)}, ${at})
    ), needs as (
      insert into hub.referral_need (referral_id, need_id, from_org_id) select ${id}::uuid, need, ${from}::uuid from unnest(${needIds}::uuid[]) need
    ), persons as (
      insert into hub.referral_person (id, referral_id, from_org_id, to_org_id, position, relation, age, given_name, related_person_id)
      select p.id, ${id}::uuid, ${from}::uuid, ${to}::uuid, p.position, p.relation, p.age, p.given_name, p.related_person_id
      from json_populate_recordset(null::hub.referral_person, ${JSON.stringify(persons)}::json) p
    ), told as (
      insert into hub.disclosure (id, care_org_id, patient_id, recipient_org_id, referral_id, consent_id, categories, fields, purpose, notice, at)
      values (${newId()}, ${from}, ${patientId}, ${to}, ${id}, ${consentId}, ${categories}, ${toldOf(referral)}, 'REFERRAL', ${referral.part2}, ${at})
    )
    delete from hub.referral_draft where patient_id = ${patientId} and service_id = ${serviceId} and made_by = ${by}`.execute(
    db,
  );
}
