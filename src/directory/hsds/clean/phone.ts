import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** One number of a cell: as written, and in E.164 where it is a possible number of its country. */
export interface Phone {
  number: string;
  e164: string | undefined;
  extension: string | undefined;
  /** What stood beside the number, such as who answers. */
  remark: string | undefined;
}

// Numbers repeat within a directory; libphonenumber takes about 20 µs.
const known = new Map<string, string | undefined>();
const knownLimit = 50_000;

function e164Of(number: string): string | undefined {
  if (known.has(number)) return known.get(number);
  const parsed = parsePhoneNumberFromString(vanity(number), 'US');
  const e164 = parsed?.isValid() ? parsed.number : undefined;
  if (known.size >= knownLimit) known.clear();
  known.set(number, e164);
  return e164;
}

/** "1-800-395-HELP" in digits, only when letters follow a toll-free or area code. */
function vanity(number: string): string {
  if (!/^\+?1?[-. (]*\d{3}[-. )]+[A-Z\d-]{7,9}$/.test(number) || !/[A-Z]/.test(number)) return number;
  return number.replace(/[A-Z]/g, (c) => letters[c] ?? c);
}

const letters: Readonly<Record<string, string>> = Object.fromEntries(
  ['ABC', 'DEF', 'GHI', 'JKL', 'MNO', 'PQRS', 'TUV', 'WXYZ'].flatMap((set, i) =>
    [...set].map((c) => [c, String(i + 2)]),
  ),
);

const extensionAt = /[\s,;:(]*(?:\b(?:ext(?:ension)?|x)\b|ext|x|#)[.:\s]*(\d{1,7})\)?\s*$/i;
// Short numbers that everyone in the US can dial.
const shortNumbers = /^(?:[2-9]11|988)$/;

/** Whether a number without E.164 form can be dialled all the same. */
export function isShortNumber(number: string): boolean {
  return shortNumbers.test(number);
}

// Ten digits with or without country code and the usual marks between them.
const northAmerican =
  /(?<!\d)(?:\+?1[-. ]*)?\(?\d{3}\)?[-. ]*\d{3}[-. ]*\d{4}(?!\d)(?:[\s,;:(]*(?:ext(?:ension)?|x|#)[.:\s]*\d{1,7}\)?)?/gi;

function one(text: string): Phone {
  const number = text.trim().replace(/\s+/g, ' ');
  const extension = extensionAt.exec(number)?.[1];
  const bare = extension ? number.replace(extensionAt, '').trim() : number;
  return { number: bare, e164: e164Of(bare), extension, remark: undefined };
}

const between = /\s*(?:[/;,|\n]|\b(?:or|and|y|o)\b)\s*/i;
/** A number without its area code. */
const local = /^\d{3}[-. ]\d{4}(?:[\s,;:(]*(?:ext(?:ension)?|x|#)[.:\s]*\d{1,7}\)?)?$/i;

export function isLocalNumber(number: string): boolean {
  return local.test(number);
}

/**
 * The numbers in a cell. Usually one, kept as written; a cell with several ("(618) 453-3217; (618) 536-7711", or names
 * with numbers) is cut into one each, and what else it says becomes their remark: of the one that it stands beside where
 * that is plain ("Office: …", "… (fax)"), else of each.
 */
export function readPhones(text: string): Phone[] {
  const cell = text.replace(/^(?:phone|tel|telephone|call)(?: no)?\.?:?\s*/i, '').trim();
  const bare = /^[\s().-]*(\d{3})[\s().-]*$/.exec(cell)?.[1]; // "(311) -" out of a form with three boxes.
  const whole = one(bare && isShortNumber(bare) ? bare : cell);
  if (whole.e164 && !/[a-z]{2}/.test(whole.number)) return [whole]; // libphonenumber also finds a number among words.
  const found = [...cell.matchAll(northAmerican)]
    .map((match) => ({ phone: one(match[0]), from: match.index, to: match.index + match[0].length }))
    .filter(({ phone }) => phone.e164);
  if (found.length === 0) {
    const parts = cell.split(between).filter(Boolean);
    return parts.length > 1 && parts.every(isLocalNumber) ? parts.map(one) : [whole];
  }
  const gaps = [...found.map(({ from }, i) => cell.slice(found[i - 1]?.to ?? 0, from)), cell.slice(found.at(-1)?.to)];
  const labels = found.length > 1 ? labelsOf(gaps) : undefined;
  const shared = labels ? undefined : remarkOf(gaps.join(' '));
  const phones = found.map(({ phone }, i) => ({ ...phone, remark: labels ? labels[i] : shared }));
  return phones.filter((p, i) => phones.findIndex((q) => q.e164 === p.e164 && q.extension === p.extension) === i);
}

/** What stands beside each of several numbers; undefined where it cannot be told which of them it is about. */
function labelsOf(gaps: readonly string[]): (string | undefined)[] | undefined {
  const marks = /^[\s/;,|:()-]*(?:(?:or|and|y|o)\b)?[\s/;,|:()-]*$/i;
  const behind = gaps.slice(1).map((gap) => /^\s*\(([^()]*)\)/.exec(gap));
  const left = gaps.map((gap, i) => gap.slice(behind[i - 1]?.[0].length ?? 0));
  if (behind.some(Boolean)) {
    return left.every((gap) => marks.test(gap)) ? behind.map((match) => remarkOf(match?.[1] ?? '')) : undefined;
  }
  const before = gaps.slice(0, -1).map((gap) => /^[\s/;,|]*([^:;,|/]+):\s*$/.exec(gap)?.[1]);
  return before.every((label) => label !== undefined) && marks.test(gaps.at(-1) ?? '')
    ? before.map(remarkOf)
    : undefined;
}

function remarkOf(text: string | undefined): string | undefined {
  const remark = (text ?? '')
    .replace(/\s+/g, ' ')
    .replace(/^[\s/;,:()-]+|[\s/;,:(-]+$/g, '')
    .trim();
  return /[a-z]{2}/i.test(remark) && !/^(or|and)$/i.test(remark) ? remark : undefined;
}
