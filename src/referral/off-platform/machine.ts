import type { Words } from '../../platform/words.js';
import { DECLINE_REASONS, FAIL_REASONS } from '../reasons.js';

/** How help stands that was asked for outside the hub, as the care team knows it. */
export const OFF_PLATFORM_STATUSES = [
  'ASKED',
  'ACCEPTED',
  'WAITLIST',
  'DECLINED',
  'HELPED',
  'NOT_HELPED',
  'ENTERED_IN_ERROR',
] as const;
export type OffPlatformStatus = (typeof OFF_PLATFORM_STATUSES)[number];

/** What may follow. The care team learns late and out of order, so an end may follow at once. */
export const OFF_PLATFORM_STEPS: Record<OffPlatformStatus, readonly OffPlatformStatus[]> = {
  ASKED: ['ACCEPTED', 'WAITLIST', 'DECLINED', 'HELPED', 'NOT_HELPED', 'ENTERED_IN_ERROR'],
  ACCEPTED: ['WAITLIST', 'HELPED', 'NOT_HELPED', 'ENTERED_IN_ERROR'],
  WAITLIST: ['ACCEPTED', 'DECLINED', 'HELPED', 'NOT_HELPED', 'ENTERED_IN_ERROR'],
  DECLINED: ['ENTERED_IN_ERROR'],
  HELPED: ['ENTERED_IN_ERROR'],
  NOT_HELPED: ['ENTERED_IN_ERROR'],
  ENTERED_IN_ERROR: [],
};

/** The statuses in which it may be recorded first: whoever calls often learns the end in the same call. */
export const FIRST_OFF_PLATFORM: ReadonlySet<OffPlatformStatus> = new Set([
  'ASKED',
  'ACCEPTED',
  'WAITLIST',
  'DECLINED',
  'HELPED',
  'NOT_HELPED',
]);

const OPEN: ReadonlySet<OffPlatformStatus> = new Set(['ASKED', 'ACCEPTED', 'WAITLIST']);
const WITHOUT_HELP: ReadonlySet<OffPlatformStatus> = new Set(['DECLINED', 'NOT_HELPED', 'ENTERED_IN_ERROR']);

/** True while help may still come. */
export const isOpenOffPlatform = (status: OffPlatformStatus): boolean => OPEN.has(status);
/** True when its needs wait for help again. */
export const endsWithoutHelp = (status: OffPlatformStatus): boolean => WITHOUT_HELP.has(status);

/** The reasons a status takes; a code is required where there are any. */
export const OFF_PLATFORM_REASONS: Partial<Record<OffPlatformStatus, Record<string, Words>>> = {
  DECLINED: DECLINE_REASONS,
  NOT_HELPED: FAIL_REASONS,
};

const PROBLEMS = {
  NOT_TAKEN: { en: 'No reason is recorded with this step.', es: 'Este paso no lleva motivo.' },
  MISSING: { en: 'Say why.', es: 'Indique el motivo.' },
  NO_WORDS: {
    en: 'Say in a few words what the other reason is.',
    es: 'Explique en pocas palabras el otro motivo.',
  },
} as const satisfies Record<string, Words>;

/** What is wrong with the reason given for a status; null when it is right. */
export function reasonProblem(status: OffPlatformStatus, code: string | null, note: string | null): Words | null {
  const codes = OFF_PLATFORM_REASONS[status];
  if (!codes) return code === null ? null : PROBLEMS.NOT_TAKEN;
  if (code === null || !Object.hasOwn(codes, code)) return PROBLEMS.MISSING;
  return code === 'OTHER' && !note ? PROBLEMS.NO_WORDS : null;
}
