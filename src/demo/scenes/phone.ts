import { FOUND, type Found, type Player, type Stage } from './stage.js';

/** What the care manager reads of rides that one agency could not give: other rides come first, bus passes later. */
const REQUEST = 'Rides to dialysis on Monday, Wednesday and Friday mornings. A walker comes along.';

/** Rides that were declined, with what was asked for: who is asked next follows that. In English, which every agency speaks. */
export async function rides(stage: Stage, care: Player): Promise<void> {
  await stage.rows(
    `update hub.referral set request = $3 where id = (select r.id from hub.referral r join hub.service s on s.id = r.service_id
       join hub.patient p on p.id = r.patient_id
       where r.from_org_id = $1 and r.sent_by = $2 and r.status in ('REJECTED', 'FAILED') and s.name like '%ides to medical appointments%'
       order by p.language = 'en' desc nulls last, r.sent_at desc, r.id limit 1)`,
    [care.org, care.id, REQUEST],
  );
}

/** An agency that said yes by phone, and one that says it was written down wrongly. */
export async function toldByPhone(stage: Stage, care: Player): Promise<void> {
  const found = await stage.rows<Found & { transition: string; at: Date }>(
    `select t.id as transition, t.at, ${FOUND} join hub.referral_transition t on t.referral_id = r.id and t.to_status = 'ACCEPTED'
     where r.from_org_id = $1 and r.sent_by = $2 and r.status in ('ACCEPTED', 'IN_PROGRESS') and r.consent_ended_at is null
     order by r.sent_at desc, r.id limit 2`,
    [care.org, care.id],
  );
  for (const [at, one] of found.entries()) {
    await stage.rows(`update hub.referral_transition set via = 'PHONE', by_user_id = $2, by_name = $3 where id = $1`, [
      one.transition,
      care.id,
      care.name,
    ]);
    const wrong = at === 1;
    await stage.rows(
      `insert into hub.phone_answer (id, referral_id, from_org_id, to_org_id, answer, said_by, said_at, note, recorded_by, recorded_by_name,
         recorded_at, contradicted_at, contradicted_by_name, contradiction)
       values ($1, $2, $3, $4, 'ACCEPT', 'Front desk (demo)', $5, 'They call the person this week.', $6, $7, $5, $8, $9, $10)`,
      [
        stage.dice.id(one.at),
        one.id,
        one.from_org_id,
        one.to_org_id,
        one.at,
        care.id,
        care.name,
        wrong ? new Date(Math.min(stage.now.getTime(), one.at.getTime() + 7_200_000)) : null,
        wrong ? 'Intake (demo)' : null,
        wrong ? 'We can help only from next month on.' : null,
      ],
    );
  }
}
