const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function iso(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const real = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real && year >= 1800 && year <= 2200 ? date.toISOString().slice(0, 10) : undefined;
}

/** A date as YYYY-MM-DD from "2020-01-31", "1/31/2020", "1/31/20", "01-31-2020" or "Jan 31, 2020"; month first, as in the US. */
export function readDate(text: string): string | undefined {
  const t = text.trim();
  const [, y, m, d] = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ].*)?$/.exec(t) ?? [];
  if (y) return iso(Number(y), Number(m), Number(d));
  const [, month, day, year = ''] = /^(\d{1,2})[-/](\d{1,2})[-/](\d{4}|\d{2})(?: .*)?$/.exec(t) ?? [];
  if (month) return iso(year.length === 2 ? 2000 + Number(year) : Number(year), Number(month), Number(day));
  const [, name = '', dd, yyyy] = /^([A-Za-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})$/.exec(t) ?? [];
  const at = monthNames.indexOf(name.toLowerCase());
  return at >= 0 ? iso(Number(yyyy), at + 1, Number(dd)) : undefined;
}

/** A moment as ISO 8601 in UTC; a date alone is its midnight in UTC. */
export function readMoment(text: string): string | undefined {
  const t = text.trim().replace(/^(\d{4}-\d{2}-\d{2}) (\d)/, '$1T$2');
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(t)) {
    const zoned = /(Z|[+-]\d{2}:?\d{2})$/i.test(t) ? t : `${t}Z`;
    const at = Date.parse(zoned);
    if (!Number.isNaN(at)) return new Date(at).toISOString();
  }
  const date = readDate(text);
  return date && `${date}T00:00:00.000Z`;
}
