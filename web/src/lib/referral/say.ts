import type { AnswerReferralsInput, AgencyAnswer } from '#lib/gql/graphql';

type Said = Omit<AnswerReferralsInput, 'ids'>;
type Reason = NonNullable<Said['reasonCode']>;

/** All that may be filled in for an answer, empty. */
export const nothingSaid = {
  words: '',
  reasonCode: [] as string[],
  waitlistPosition: '',
  waitlistExpectedOn: '',
  appointmentAt: '',
  appointmentPlace: '',
  outcome: [] as string[],
  finding: [] as string[],
  enrollment: '',
  how: ['PHONE'],
};
export type SaidValues = typeof nothingSaid;

/** What each answer cannot do without. */
export const needed = (answer: AgencyAnswer, assessing: boolean): keyof SaidValues | undefined =>
  (
    ({
      DECLINE: 'reasonCode',
      NOT_HELPED: 'reasonCode',
      NEED_INFO: 'words',
      APPOINTMENT: 'appointmentAt',
      HELPED: assessing ? 'finding' : 'outcome',
    }) as const satisfies Partial<Record<AgencyAnswer, keyof SaidValues>>
  )[answer as 'DECLINE'];

/** What was filled in, as the server takes it. */
export function saidWith(answer: AgencyAnswer, assessing: boolean, values: SaidValues): Said {
  return {
    answer,
    words: values.words.trim() || null,
    reasonCode: (values.reasonCode[0] ?? null) as Reason | null,
    waitlistPosition: values.waitlistPosition === '' ? null : Number(values.waitlistPosition),
    waitlistExpectedOn: values.waitlistExpectedOn || null,
    appointmentAt: values.appointmentAt ? new Date(values.appointmentAt).toISOString() : null,
    appointmentPlace: values.appointmentPlace.trim() || null,
    outcome: (answer === 'HELPED' && assessing ? 'ASSESSED' : (values.outcome[0] ?? null)) as Said['outcome'],
    finding: (values.finding[0] ?? null) as Said['finding'],
    enrollment: (values.enrollment || null) as Said['enrollment'],
    how: (answer === 'NOT_REACHED' ? values.how[0] : null) as Said['how'],
  };
}
