import { chain } from './cells.js';

/** Assessments sent in a period, those that were done, and those that found a need. */
export interface AssessmentCounts {
  asked: number;
  done: number;
  needFound: number;
}

/** Help asked for outside the hub, what the care team heard of it, and what patients said. */
export interface OffPlatformCounts {
  asked: number;
  helped: number;
  patientAsked: number;
  confirmed: number;
}

/** What is counted apart from the funnel: it stands in none of its steps and in none of its bases. */
export interface ApartCounts {
  assessments: AssessmentCounts;
  offPlatform: OffPlatformCounts;
}

type Shown<Counts> = { [Key in keyof Counts]: number | null };

/** The same as it may be shown; null = withheld. */
export interface ShownApart {
  assessments: Shown<AssessmentCounts>;
  offPlatform: Shown<OffPlatformCounts>;
}

export const NOTHING_APART: ApartCounts = {
  assessments: { asked: 0, done: 0, needFound: 0 },
  offPlatform: { asked: 0, helped: 0, patientAsked: 0, confirmed: 0 },
};

/** Small counts are taken out as in the funnel: whatever is a part of another, and what fell away beside it. */
export function shownApart({ assessments, offPlatform: of }: ApartCounts): ShownApart {
  const [asked = null, done = null, needFound = null] = chain([
    assessments.asked,
    assessments.done,
    assessments.needFound,
  ]);
  const [all = null, helped = null] = chain([of.asked, of.helped]);
  const [, patientAsked = null, confirmed = null] = chain([of.asked, of.patientAsked, of.confirmed]);
  return { assessments: { asked, done, needFound }, offPlatform: { asked: all, helped, patientAsked, confirmed } };
}

const countIf = (column: string): string => `(count(*) filter (where ${column}))::int`;

/** The two counts of rows that say `kind`, `done`, `found`, `asked` and `confirmed`. */
export const APART_COLUMNS = `f.kind, count(*)::int as n, ${countIf('done')} as done, ${countIf('found')} as found,
  ${countIf('patient_asked')} as "patientAsked", ${countIf('confirmed')} as confirmed`;

/** What is apart, one row each: referrals for an assessment, and help asked for outside the hub. */
export const APART_ROWS = `
  select 'ASSESSMENT' as kind, f.from_org_id as org_id, f.patient_id, f.sent_at as at, f.status = 'COMPLETED' as done,
    f.status = 'COMPLETED' and coalesce(f.finding in ('NEEDS_THIS', 'NEEDS_OTHER', 'NOT_ELIGIBLE'), false) as found,
    false as patient_asked, false as confirmed
  from hub.referral f where f.kind = 'ASSESSMENT' and f.sent_at is not null and f.status not in ('DRAFT', 'ENTERED_IN_ERROR')
  union all
  select 'OFF_PLATFORM', f.care_org_id, f.patient_id, f.made_at, f.status = 'HELPED', false,
    coalesce(f.patient_confirmation <> 'COULD_NOT_ASK', false), coalesce(f.patient_confirmation in ('HELPED', 'PARTLY'), false)
  from hub.off_platform_referral f where f.status <> 'ENTERED_IN_ERROR'`;

export interface ApartLine {
  kind: 'ASSESSMENT' | 'OFF_PLATFORM';
  n: number;
  done: number;
  found: number;
  patientAsked: number;
  confirmed: number;
}

export function apartOf(lines: readonly ApartLine[]): ApartCounts {
  const assessments = lines.find(({ kind }) => kind === 'ASSESSMENT');
  const outside = lines.find(({ kind }) => kind === 'OFF_PLATFORM');
  return {
    assessments: assessments
      ? { asked: assessments.n, done: assessments.done, needFound: assessments.found }
      : NOTHING_APART.assessments,
    offPlatform: outside
      ? { asked: outside.n, helped: outside.done, patientAsked: outside.patientAsked, confirmed: outside.confirmed }
      : NOTHING_APART.offPlatform,
  };
}
