import { clockWords } from '../../directory/index.js';
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

/** "Mon, Tue 9:00 am–12:00 pm; Sat 10:00 am–12:00 pm". */
export function windowsWords(windows: readonly ContactWindow[]): Words {
  const inOne = (language: Language) =>
    windows
      .map(({ days, from, to }) => {
        const names = days.map((day) => SHORT[day][language]).join(', ');
        return `${names} ${clockWords(from, language)}–${clockWords(to, language)}`;
      })
      .join('; ');
  return { en: inOne('en'), es: inOne('es') };
}

const NAMES = DAYS.map((day) => SHORT[day].en).join('|');
const TIME = '(\\d\\d?:\\d\\d)( [ap]m)?';
/** Copies of before were written by 24 hours. */
const STRETCH = new RegExp(`((?:${NAMES})(?:, (?:${NAMES}))*) ${TIME}–${TIME}`, 'g');

function clockIn(time: string, half: string | undefined, language: Language): string {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const added = half === undefined ? hours : (hours % 12) + (half === ' pm' ? 12 : 0);
  return clockWords(`${added}:${minutes}`, language);
}

/** A text that holds hours as {@link windowsWords} wrote them in English, in the reader's language. */
export function windowsIn(text: string, language: Language): string {
  const write = (_: string, days: string, from: string, am: string | undefined, to: string, pm: string | undefined) => {
    const names = days.replace(new RegExp(NAMES, 'g'), (name) => {
      const day = DAYS.find((one) => SHORT[one].en === name);
      return day ? SHORT[day][language] : name;
    });
    return `${names} ${clockIn(from, am, language)}–${clockIn(to, pm, language)}`;
  };
  return text.replace(STRETCH, write);
}
