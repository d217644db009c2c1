import { languageOf, type HubContext } from '../../access/index.js';
import type { Patient } from '../../caseload/index.js';
import { rankWords, servicesLike, type AlikeService } from '../../directory/index.js';
import { keys } from '../../platform/database/compile.js';
import { aboutPatient, readServices } from '../prepare-referral.js';
import { judge, skipRefused, type Judged } from './guards.js';
import type { SkipReason } from './offer.enums.js';

/** So many are judged; whoever stands behind them is no help any more. */
const JUDGED = 20;

/** What the next agency is looked for. */
export interface Wanted {
  patientId: string;
  needIds: readonly string[];
  categories: readonly string[];
  share?: readonly string[] | null;
  /** The service that was asked, and what was written to it. */
  asked: { serviceId: string; request?: string | null };
  /** Agencies that are not asked again. */
  except: ReadonlySet<string>;
}

export interface Candidate extends Judged {
  serviceId: string;
  distanceMiles: number | null;
  /** It gives the help that was asked for, and not only other help with the same need. */
  asAsked: boolean;
  /** Why it stands where it stands, in words. */
  why: string[];
}

export interface Next {
  candidates: Candidate[];
  /** Agencies that help with it, too, and cannot be asked as things are: how many for each reason. */
  leftOut: Map<SkipReason, number>;
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

/** What nobody can be sent to, whoever decides; what is only not known is proposed. */
const RULED_OUT: ReadonlySet<SkipReason> = new Set<SkipReason>([
  'CONSENT',
  'NO_FIT',
  'NO_ROOM',
  'NOT_OFFERED',
  'NEED_SETTLED',
  'PATIENT_NOT_ACTIVE',
  'ELSEWHERE',
  'OTHER_LANGUAGE',
  'CLOSED',
]);

/** Whether the patient can speak with them; a listing that says nothing of languages is one to ask. */
function speechProblem({ languages, interpreter }: AlikeService, language: string): SkipReason | null {
  if (language === 'en' || interpreter || languages.includes(language)) return null;
  return languages.length > 0 ? 'OTHER_LANGUAGE' : 'LANGUAGE_UNKNOWN';
}

/** Agencies are told by letter or in their account; the rest has a phone at most. */
const REACHED = `select s.id from hub.service s join hub.organization o on o.id = s.organization_id where s.id = any ($1::uuid[])
  and (o.claimed_at is not null or coalesce(s.referral_email, o.referral_email, s.email, o.email) is not null)`;

/** Why the hub does not send there by itself, beyond what `judge` says of any service: what rules it out comes first. */
function problemOf(one: AlikeService, patient: Patient, skip: SkipReason | null, reached: boolean): SkipReason | null {
  const problems: (SkipReason | null)[] = [
    skip,
    one.elsewhere ? 'ELSEWHERE' : null,
    speechProblem(one, patient.language),
    patient.zip ? null : 'PLACE_UNKNOWN',
    reached ? null : 'NOT_REACHED',
    one.likeness === 'SAME' ? null : 'OTHER_HELP',
  ];
  const found = problems.filter((problem) => problem !== null);
  return found.find((problem) => RULED_OUT.has(problem)) ?? found[0] ?? null;
}

/**
 * The agencies to ask next: first what gives the help that was asked for, then other help with the same need; one service of
 * each agency, none that was asked already, and nobody that is known not to be able to help this person now. With each,
 * whether it may be sent to without anybody deciding.
 */
export async function nextAgencies(ctx: HubContext, wanted: Wanted, most: number): Promise<Next> {
  const { patientId, needIds, categories, share, asked } = wanted;
  const about = await aboutPatient(ctx, patientId, needIds).catch(skipRefused);
  if (typeof about === 'string') return { candidates: [], leftOut: new Map() };
  const { patient } = about;
  const near = patient.zip ? { near: { place: patient.zip } } : {};
  const found = await servicesLike(
    ctx,
    { serviceId: asked.serviceId, categories, words: asked.request ?? '' },
    { patientId, takesReferrals: true, fitsOnly: true, ...near },
  );
  const reached = new Set(
    (await ctx.db.query<{ id: string }>(REACHED, [keys(found.map(({ hit }) => hit.serviceId))])).map(({ id }) => id),
  );
  const looked = found.slice(0, JUDGED);
  await readServices(
    ctx,
    looked.map(({ hit }) => hit.serviceId),
  );
  const seen = new Set(wanted.except);
  const next: Next = { candidates: [], leftOut: new Map() };
  for (const one of looked) {
    if (next.candidates.length >= most) break;
    const { serviceId, miles, parts, organizationId } = one.hit;
    const input = { patientId, serviceId, needIds: [...needIds], share: share ? [...share] : null };
    const judged = seen.has(organizationId)
      ? null
      : await judge(ctx, input, 'looked at', { ...about, fit: one.hit.fit });
    // Who offers it may have changed since it was indexed.
    const to = judged?.prepared?.to.id ?? organizationId;
    if (!judged || seen.has(to)) continue;
    const skip = problemOf(one, patient, judged.skip, reached.has(serviceId));
    if (skip && RULED_OUT.has(skip)) {
      next.leftOut.set(skip, (next.leftOut.get(skip) ?? 0) + 1);
      continue;
    }
    seen.add(to);
    const language = languageOf(ctx);
    const why = [...one.why.map((words) => words[language]), ...rankWords(parts, language)];
    next.candidates.push({ ...judged, skip, serviceId, distanceMiles: miles, asAsked: one.likeness === 'SAME', why });
  }
  return next;
}
