import type { HubContext } from '../../access/index.js';
import { Patient } from '../../caseload/index.js';
import { searchServices } from '../../directory/index.js';
import { judge, type Judged } from './guards.js';

/** How many results of the search are looked at. */
const LOOKED_AT = 20;

/** What the next agency is looked for. */
export interface Wanted {
  patientId: string;
  needIds: readonly string[];
  categories: readonly string[];
  share?: readonly string[] | null;
  /** Agencies that are not asked again. */
  except: ReadonlySet<string>;
}

export interface Candidate extends Judged {
  serviceId: string;
  distanceMiles: number | null;
}

/** Agencies that were asked about these needs already, whatever they said. */
export async function askedAlready(ctx: HubContext, needIds: readonly string[]): Promise<Set<string>> {
  const em = await ctx.db.em();
  const rows = await em.execute<{ id: string }[]>(
    `select distinct r.to_org_id as id from hub.referral_need n join hub.referral r on r.id = n.referral_id
     where n.need_id = any (?::uuid[]) and r.from_org_id = ? and n.from_org_id = r.from_org_id`,
    [`{${needIds.join()}}`, ctx.caller?.organizationId ?? null],
  );
  return new Set(rows.map((row) => row.id));
}

/**
 * The agencies to ask next, best first, as the search ranks them for this person: one service of each, none that was
 * asked already, and nobody for whom the person does not qualify. With each, whether it may be sent to without anybody deciding.
 */
export async function nextAgencies(ctx: HubContext, wanted: Wanted, most: number): Promise<Candidate[]> {
  const em = await ctx.db.em();
  const patient = await em.findOneOrFail(Patient, { id: wanted.patientId });
  const near = patient.zip ? { near: { place: patient.zip } } : {};
  const asked = {
    patientId: patient.id,
    categories: [...wanted.categories],
    takesReferrals: true,
    fitsOnly: true,
    ...near,
  };
  const page = await searchServices(ctx, asked, { first: LOOKED_AT }, false);
  const seen = new Set(wanted.except);
  const candidates: Candidate[] = [];
  for (const { hit } of page.found) {
    if (candidates.length >= most) break;
    const input = {
      patientId: wanted.patientId,
      serviceId: hit.serviceId,
      needIds: [...wanted.needIds],
      share: wanted.share ? [...wanted.share] : null,
    };
    const judged = await judge(ctx, input);
    const to = judged.prepared?.to.id;
    // A search that finds too little lets its filters go; somebody who does not fit is no help.
    if (!to || seen.has(to) || judged.fit?.verdict === 'NO_MATCH') continue;
    seen.add(to);
    candidates.push({ ...judged, serviceId: hit.serviceId, distanceMiles: hit.miles });
  }
  return candidates;
}
