/** How Excel shows a number, as far as it makes another text of it. */
export type CellForm =
  { kind: 'plain' } | { kind: 'date' | 'time' | 'moment' | 'money' } | { kind: 'digits'; like: string };

const plain: CellForm = { kind: 'plain' };

/** Forms of numbers that every workbook knows by number. */
const known: Readonly<Record<number, CellForm['kind']>> = {
  5: 'money', 6: 'money', 7: 'money', 8: 'money', 14: 'date', 15: 'date', 16: 'date', 17: 'date', 18: 'time',
  19: 'time', 20: 'time', 21: 'time', 22: 'moment', 42: 'money', 44: 'money', 45: 'time', 46: 'time', 47: 'time',
}; // prettier-ignore

/** What a form of numbers makes of a cell: `code` is Excel's own, such as `m/d/yyyy` or `00000` for ZIP codes. */
export function formOf(id: number, code: string | undefined): CellForm {
  const standard = known[id];
  if (standard && standard !== 'digits') return { kind: standard };
  // What stands in quotes, behind a backslash or in brackets is shown as it is; only the form of numbers above 0 counts.
  const bare = (code ?? '').split(';')[0] ?? '';
  const like = bare.replaceAll(/\[[^\]]*\]|[\\"]/g, '');
  if (/^0[0-]*0$/.test(like)) return { kind: 'digits', like };
  if (/\[\$[^\]]*\$|\[\$\$|\$/.test(bare)) return { kind: 'money' };
  const letters = bare.replaceAll(/"[^"]*"|\\.|\[(?![hms]+\])[^\]]*\]/gi, '').toLowerCase();
  const day = /[yd]/.test(letters);
  const hour = /[hs]|am\/pm|a\/p/.test(letters);
  if (day) return { kind: hour ? 'moment' : 'date' };
  return hour ? { kind: 'time' } : plain;
}

const DAY_MS = 86_400_000;
/** Day 0 of Excel's two calendars. The first takes 1900 for a leap year, so its days fit from March 1900 on. */
const epochs = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) } as const;

/** The text of a cell that holds a number. */
export function numberWords(text: string, form: CellForm, calendar: 1900 | 1904): string {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number)) return text;
  switch (form.kind) {
    case 'digits': {
      const digits = String(Math.round(Math.abs(number))).padStart(form.like.replaceAll('-', '').length, '0');
      const parts = form.like.split('-').toReversed();
      let [left, shown] = [digits, ''];
      for (const part of parts.slice(0, -1)) {
        shown = `-${left.slice(-part.length)}${shown}`;
        left = left.slice(0, -part.length);
      }
      return left + shown;
    }
    case 'money':
      return `$${Number.isInteger(number) ? number : number.toFixed(2)}`;
    case 'plain':
      // 39.290400000000002 is how 39.2904 lies in a file.
      return String(Number(number.toPrecision(15)));
    default: {
      const at = new Date(epochs[calendar] + Math.round((number * DAY_MS) / 1000) * 1000);
      if (Number.isNaN(at.getTime())) return text;
      const iso = at.toISOString();
      const clock = iso.slice(11, 16);
      // A time of day, or what was meant as one: day 0.
      if (form.kind === 'time' || number < 1) return clock;
      return form.kind === 'date' || clock === '00:00' ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${clock}`;
    }
  }
}
