import type { InboxQuery } from '#lib/gql/graphql';
import { due, plainDate, t, when } from '#lib/i18n/index';

type Row = InboxQuery['inbox']['edges'][number]['node'];

/** Why a referral lies where it lies in the inbox of an agency, in words. Nothing where the row says it already. */
export function whyHere(row: Row, now = new Date()): string {
  const from = row.from.name;
  switch (row.status) {
    case 'REQUESTED':
      if (row.infoAskedAt && !row.infoGivenAt) return t('why.asked', { from });
      if (row.overdue) return t(row.priority === 'URGENT' ? 'why.urgentLate' : 'why.late');
      if (row.infoGivenAt) return t('why.wroteBack', { from });
      return row.priority === 'URGENT' ? t('why.urgent') : '';
    case 'ACCEPTED':
    case 'IN_PROGRESS':
      return workWords(row, now);
    case 'ON_HOLD': {
      const place = row.waitlistPosition ? t('answer.place', { place: row.waitlistPosition }) : '';
      const room = row.waitlistExpectedOn ? t('answer.roomOn', { day: plainDate(row.waitlistExpectedOn) }) : '';
      return [place, room].filter(Boolean).join(' ');
    }
    default:
      return '';
  }
}

function workWords(row: Row, now: Date): string {
  if (row.appointmentAt && new Date(row.appointmentAt) > now) {
    return t('answer.appointmentOn', { when: when(row.appointmentAt) });
  }
  if (!row.firstContactAt && row.contactDueAt) return t('why.contact', { due: due(row.contactDueAt, now) });
  return row.outcomeDueAt ? t('why.outcome', { due: due(row.outcomeDueAt, now) }) : '';
}
