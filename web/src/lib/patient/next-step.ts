import type { PatientPageQuery } from '#lib/gql/graphql';
import { t } from '#lib/i18n/index';
import { isStopped } from '#lib/referral/words';

type Patient = PatientPageQuery['patient'];
export type NextStep = { words: string; why: string } & ({ href: string } | { start: 'screening' | 'needs' });

/** The one thing to do next for a patient; null when nothing waits. */
export function nextStep(patient: Patient): NextStep | null {
  const needs = patient.needs.edges.map((edge) => edge.node);
  const referrals = patient.referrals.edges.map((edge) => edge.node);
  const running = patient.screenings.edges.map((edge) => edge.node).find((one) => one.status === 'IN_PROGRESS');
  if (running) return { words: t('next.goOn'), why: t('next.goOnWhy'), href: `/screenings/${running.id}` };
  const stopped = referrals.find(isStopped);
  if (stopped) {
    return {
      words: t('next.decide'),
      why: t('next.decideWhy', { agency: stopped.to.name }),
      href: `/referrals/${stopped.id}`,
    };
  }
  const stuck = referrals.find((one) => one.overdue);
  if (stuck) {
    return {
      words: t('next.chase'),
      why: t('next.chaseWhy', { agency: stuck.to.name }),
      href: `/referrals/${stuck.id}`,
    };
  }
  const done = referrals.find((one) => one.status === 'COMPLETED' && !one.patientConfirmation);
  if (done) {
    return {
      words: t('next.confirm'),
      why: t('next.confirmWhy', { agency: done.to.name }),
      href: `/referrals/${done.id}`,
    };
  }
  // Nothing new begins for somebody who is served no more.
  if (patient.status !== 'ACTIVE') return null;
  if (needs.some((one) => one.status === 'POSSIBLE')) {
    return { words: t('next.needs'), why: t('next.needsWhy'), start: 'needs' };
  }
  const open = needs.find((one) => one.status === 'CONFIRMED' && one.wantsHelp);
  if (open) {
    const href = `/patients/${patient.id}/find?category=${open.category.code}`;
    return { words: t('next.find', { need: open.label }), why: t('next.findWhy'), href };
  }
  if (patient.summary.screeningDue) {
    const why = patient.screenings.edges.length > 0 ? t('next.screenWhy') : t('next.screenFirst');
    return { words: t('next.screen'), why, start: 'screening' };
  }
  return null;
}
