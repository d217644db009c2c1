import { clean } from '../clean/text.js';
import { isPrivateNumber } from '../../private-number.js';
import { isLocalNumber, isShortNumber, readPhones } from '../clean/phone.js';
import { readWord } from '../clean/words.js';
import { short } from '../clean-value.js';
import type { Complain, RawRow } from '../rows.js';

/** An address and no number: of a table whose cells slipped by one. */
const isAddress = (cell: string): boolean =>
  /\d.*\p{L}{3}.*,\s*[A-Z]{2}(?:\s+\d{5}(?:-\d{4})?)?$/u.test(cell) && !/(?<!\d)\d{3}\D{0,3}\d{4}/.test(cell);

/** A phone row with its number parted from extension and remark, one row a number; none when there is no number in it. */
export function readyPhone(raw: RawRow, complain: Complain): RawRow[] {
  const cell = clean(raw.values.number);
  if (!cell || /^no (phone|number|telephone)/i.test(cell)) return [];
  const phones = readPhones(cell);
  if (isAddress(cell) && phones.every(({ e164 }) => !e164)) return [];
  const given = clean(raw.values.extension)?.replace(/^(ext(ension)?|x)[.: ]*/i, '');
  if (phones.length > 1) {
    complain(
      'WARNING',
      'SEVERAL_VALUES',
      'number',
      `"${short(cell)}" holds ${phones.length} numbers; each became a phone of its own.`,
    );
  }
  if (phones.length === 1 && phones[0] && !phones[0].e164 && !isShortNumber(phones[0].number)) {
    complain(
      'WARNING',
      'BAD_PHONE',
      'number',
      isLocalNumber(cell)
        ? `"${short(cell)}" lacks its area code; it was kept as written.`
        : `"${short(cell)}" is not a number that can be dialled; it was kept as written.`,
    );
  } else if (phones.some(({ number }) => isLocalNumber(number))) {
    complain('WARNING', 'BAD_PHONE', 'number', `"${short(cell)}" lacks its area code; it was kept as written.`);
  }
  const said = clean(raw.values.description);
  if (isPrivateNumber(said)) {
    const message =
      'It is noted as not for the public, so only those who keep the directory see it. Change its words if that is wrong.';
    complain('WARNING', 'PRIVATE_NUMBER', 'description', message);
  }
  return phones.map((phone, i) => ({
    ...raw,
    key: raw.key && i > 0 ? `${raw.key}#${i + 1}` : raw.key,
    values: {
      ...raw.values,
      number: phone.number,
      e164: phone.e164 ?? (isShortNumber(phone.number) ? phone.number : undefined),
      extension: given && given !== '0' ? given : phone.extension,
      // "Fax" beside a number says what kind of number it is.
      type: raw.values.type ?? readWord('phone_type', phone.remark ?? said ?? ''),
      description: [said, phone.remark].filter(Boolean).join('; ') || undefined,
    },
  }));
}
