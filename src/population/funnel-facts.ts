/** What became of a referral `f`, as each step of the funnel asks it. */
export const FUNNEL_FACTS = {
  answered: 'f.answered_at is not null',
  accepted: `f.answered_at is not null and f.status <> 'REJECTED'`,
  closed: `f.status in ('COMPLETED', 'FAILED', 'REJECTED')`,
  helped: `f.status = 'COMPLETED' and coalesce(f.outcome in ('HELP_RECEIVED', 'PARTLY_HELPED'), false)`,
  asked: `coalesce(f.patient_confirmation <> 'COULD_NOT_ASK', false)`,
  confirmed: `coalesce(f.patient_confirmation in ('HELPED', 'PARTLY'), false)`,
} as const;

/** Of the categories of a referral, the one that stands for it where each is counted once. */
export const STANDS = 'k.category = (select min(c) from unnest(f.categories) c)';
