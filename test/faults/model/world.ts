import { agencyStaff, careManager, visitor, type Actor, type Visitor } from '../../actors.js';
import { consent, need, patient } from '../../caseload-factories.js';
import type { TestHub } from '../../hub.js';
import { service } from '../../referral-factories.js';

export const SECRET = 'a-secret-of-the-mail-server-32-chars';

/** An agency that reads its mail and has an account too. */
export interface Agency {
  actor: Actor;
  serviceId: string;
  desk: string;
}

/** A care manager with a patient of theirs, a colleague, and three agencies: all that a run of the model is about. */
export interface World {
  hub: TestHub;
  sender: Actor;
  colleague: Actor;
  agencies: Agency[];
  anybody: Visitor;
  patientId: string;
  needId: string;
  owner: { organizationId: string };
  /** Steps of clocks that a referral had when it was first seen closed: no more may come. */
  closed: Map<string, number>;
  /** Agencies that were told that a referral is withdrawn, by letter: how often. */
  lettersBefore: number;
}

let made = 0;
export async function agencyIn(hub: TestHub): Promise<Agency> {
  const actor = await agencyStaff(hub);
  const desk = `desk${(made += 1)}@agency.example`;
  const now = hub.clock.now();
  const serviceId = await service(hub, actor.organization.id, {
    referral_email: desk,
    eligibility_rules: JSON.stringify([{ kind: 'EVERYONE' }]),
    capacity_status: 'CAPACITY',
    capacity_updated_at: now,
  });
  return { actor, serviceId, desk };
}

/** A consent for all agencies and food, for ten days: long enough to be used and short enough to run out in a run. */
export const agree = (world: Pick<World, 'hub' | 'owner' | 'patientId' | 'sender'>, days = 10): Promise<string> =>
  consent(world.hub, world.owner, world.patientId, {
    recorded_by: world.sender.user.id,
    starts_at: world.hub.clock.now(),
    expires_at: new Date(world.hub.clock.now().getTime() + days * 86_400_000),
  });

/** The organizations stay for all runs; the person is a new one. */
export async function worldOf(hub: TestHub, like?: World): Promise<World> {
  const sender = like?.sender ?? (await careManager(hub));
  const colleague = like?.colleague ?? (await careManager(hub, { organization: sender.organization }));
  const agencies = like?.agencies ?? [await agencyIn(hub), await agencyIn(hub), await agencyIn(hub)];
  const owner = { organizationId: sender.organization.id };
  // What earlier runs left is nobody's to be reminded of, and lies in no inbox.
  await hub.sql(`update hub.referral set next_clock_at = null, status = 'ENTERED_IN_ERROR' where next_clock_at is not null or status <> 'ENTERED_IN_ERROR'`); // prettier-ignore
  await hub.sql(`update hub.service set capacity_updated_at = $1`, [hub.clock.now()]);
  await hub.sql('delete from graphile_worker._private_jobs');
  await hub.sql('delete from hub.rate_limit');
  const patientId = await patient(hub, owner, { phone: '+14105550123', zip: '21201' });
  const needId = await need(hub, owner, patientId);
  const anybody = like?.anybody ?? (await visitor(hub));
  const world = { hub, sender, colleague, agencies, anybody, patientId, needId, owner, closed: new Map(), lettersBefore: hub.mail.letters.length }; // prettier-ignore
  await agree(world);
  return world;
}

export interface Row {
  id: string;
  status: string;
  version: number;
  to_org_id: string;
  service_id: string;
  offer_id: string | null;
  hidden: boolean;
  ended: boolean;
}

/** The referrals of a world, the oldest first. */
export const referralsOf = ({ hub, patientId }: World): Promise<Row[]> =>
  hub.sql<Row>(
    `select id, status, version, to_org_id, service_id, offer_id, consent_ended_at is not null as ended,
       consent_ended_at is not null and answered_at is null as hidden from hub.referral where patient_id = $1 order by id`,
    [patientId],
  );

export const agencyOf = ({ agencies }: World, { to_org_id }: Row): Agency => {
  const found = agencies.find(({ actor }) => actor.organization.id === to_org_id);
  if (!found) throw new Error('A referral of another world');
  return found;
};
