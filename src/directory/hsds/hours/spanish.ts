const days: Readonly<Record<string, string>> = {
  lunes: 'monday', martes: 'tuesday', miercoles: 'wednesday', jueves: 'thursday', viernes: 'friday', sabado: 'saturday', domingo: 'sunday',
  lun: 'monday', mie: 'wednesday', jue: 'thursday', vie: 'friday', sab: 'saturday', dom: 'sunday',
}; // prettier-ignore
const whole = new RegExp(`\\b(${Object.keys(days).join('|')})(e?s)?\\b`);
const word = new RegExp(`\\b(${Object.keys(days).join('|')}|mar)(?:e?s)?\\b`, 'g');

/** Words around days and times, in the order in which they are put into English. */
const words: readonly (readonly [RegExp, string])[] = [
  [/\btodos los dias\b|\bdiariamente\b|\bdiario\b/g, 'daily'],
  [/\b(?:las )?24 horas\b/g, '24 hours'],
  [/\b(?:al )?medio ?dia\b/g, 'noon'],
  [/\b(?:a la )?media ?noche\b/g, 'midnight'],
  [/\bcerrado\b|\bcerrada\b/g, 'closed'],
  [/\bprimer(?:o|os)?\b/g, 'first'],
  [/\bsegundos?\b/g, 'second'],
  [/\btercer(?:o|os)?\b/g, 'third'],
  [/\bcuartos?\b/g, 'fourth'],
  [/\bultimos?\b/g, 'last'],
  [/\b(?:de|del) (?:cada )?mes\b/g, 'of the month'],
  // "9 a 5": alone it stands between two times or days; in "9 a.m." it does not.
  [/\b(?:hasta|a)(?!\.? ?m\b)(?: las?| el)?\b(?!\.)/g, '-'],
  [/\bde (?:las? )?(?=\d|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|\bdesde (?:las? |el )?/g, ' '],
  [/\bentre semana\b/g, 'weekdays'],
  [/\b(?:los|las|el|la|cada)\b/g, ' '],
  [/\by\b/g, 'and'],
  [/\b(?:horas|hrs?\.?)(?![a-z])/g, ' '],
];

/** Hours that are told with Spanish names of days, in the English that the rest understands; other texts as they are. */
export function inEnglish(text: string): string {
  const bare = text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();
  if (!whole.test(bare) && !/\btodos los dias\b/.test(bare)) return text;
  const named = bare.replace(word, (_, day: string) => (day === 'mar' ? 'tuesday' : (days[day] ?? day)));
  return words.reduce((said, [pattern, english]) => said.replace(pattern, english), named);
}
