import type { Language, Words } from '../../platform/words.js';
import { DAYS, type ContactWindow, type Day } from './contact-windows.js';

const SHORT: Record<Day, Words> = {
  MO: { en: 'Mon', es: 'lun' },
  TU: { en: 'Tue', es: 'mar' },
  WE: { en: 'Wed', es: 'mié' },
  TH: { en: 'Thu', es: 'jue' },
  FR: { en: 'Fri', es: 'vie' },
  SA: { en: 'Sat', es: 'sáb' },
  SU: { en: 'Sun', es: 'dom' },
};

/** "Mon, Tue 09:00–12:00; Sat 10:00–12:00". */
export function windowsWords(windows: readonly ContactWindow[]): Words {
  const inOne = (language: Language) =>
    windows
      .map(({ days, from, to }) => `${days.map((day) => SHORT[day][language]).join(', ')} ${from}–${to}`)
      .join('; ');
  return { en: inOne('en'), es: inOne('es') };
}

const NAMES = DAYS.map((day) => SHORT[day].en).join('|');
const STRETCH = new RegExp(`(?:${NAMES})(?:, (?:${NAMES}))* (?=\\d\\d:\\d\\d–)`, 'g');

/** A text that holds hours as {@link windowsWords} wrote them in English, with their days in the reader's language. */
export function windowsIn(text: string, language: Language): string {
  return text.replace(STRETCH, (days) =>
    days.replace(new RegExp(NAMES, 'g'), (name) => {
      const day = DAYS.find((one) => SHORT[one].en === name);
      return day ? SHORT[day][language] : name;
    }),
  );
}
