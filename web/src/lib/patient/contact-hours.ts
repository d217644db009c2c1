import type { Weekday } from '#lib/gql/graphql';
import { weekdays, type HoursLine } from '#lib/listing/values';

interface ContactWindow {
  days: readonly Weekday[];
  from: string;
  to: string;
}

/** Safe hours as lines of a form. */
export const linesOf = (windows: readonly ContactWindow[] | null | undefined): HoursLine[] =>
  (windows ?? []).map(({ days, from, to }) => ({ days: [...days], opensAt: from, closesAt: to }));

/** Lines of a form as the API takes safe hours, the days in the order of the week. */
export const windowsOf = (lines: readonly HoursLine[]) =>
  lines.map(({ days, opensAt, closesAt }) => ({
    days: weekdays.filter((day) => days.includes(day)) as Weekday[],
    from: opensAt,
    to: closesAt,
  }));
