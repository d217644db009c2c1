const years = '(?:\\s*(?:years?|yrs?|y\\.?o\\.?|años?)\\.?(?:\\s+of\\s+age|\\s+old|\\s+de\\s+edad)?)?';
const who =
  '(?:children|kids|youth|teens?|ages?|aged|adults?,?|individuals?,?|persons?,?|people,?|anyone|residents?,?|seniors?,?|must be|open to|niños|jóvenes|adultos|personas)?\\s*(?:ages?:?|aged|edades:?|de)?\\s*';
const age = `(\\d{1,3})${years}`;
const whole = (pattern: string): RegExp => new RegExp(`^${who}${pattern}\\.?$`, 'i');
const from = [
  whole(`${age},?\\s*(?:\\+|(?:and|or|&)\\s*(?:older|over|up|above)|o más|y más|en adelante|y mayores)${years}`),
  whole(`(?:over|at least|mayores de|más de)\\s*${age}`),
];
const between = [
  whole(`${age}\\s*(?:-|–|to|through|thru|a|hasta)\\s*${age}`),
  whole(`between\\s*${age}\\s*and\\s*${age}`),
  whole(`(birth|newborns?|infants?|nacimiento)\\s*(?:-|–|to|through|a)\\s*${age}`),
];
const upTo = whole(`${age}\\s*(?:(?:and|or|&)\\s*(?:under|younger|below)|o menos|y menores)`);
const below = whole(`(?:under|younger than|below|menores de)\\s*(?:the age of\\s*)?${age}`);

/** Ages out of an eligibility text, only when the whole text says nothing else: "Ages 18 and older." */
export function readAges(text: string): { minimum?: number; maximum?: number } {
  const said = text.trim();
  for (const pattern of from) {
    const [, low] = pattern.exec(said) ?? [];
    // "Over 18" is said of eighteen as often as of nineteen: who is eighteen asks.
    if (low !== undefined) return sound({ minimum: Number(low) });
  }
  for (const pattern of between) {
    const [, low, high] = pattern.exec(said) ?? [];
    if (high !== undefined) return sound({ minimum: /^\d/.test(low ?? '') ? Number(low) : 0, maximum: Number(high) });
  }
  const [, most] = upTo.exec(said) ?? [];
  if (most !== undefined) return sound({ maximum: Number(most) });
  const [, beyond] = below.exec(said) ?? [];
  return beyond === undefined ? {} : sound({ maximum: Number(beyond) - 1 });
}

/** Ages that somebody can have; none where they contradict each other. */
function sound(ages: { minimum?: number; maximum?: number }): { minimum?: number; maximum?: number } {
  const { minimum = 0, maximum = 120 } = ages;
  return minimum < maximum && maximum <= 120 && maximum >= 0 ? ages : {};
}

/** Whether a fees text says that it costs nothing, and nothing else. Undefined when it does not say so for certain. */
export function readFree(text: string): true | undefined {
  const t = text
    .trim()
    .toLowerCase()
    .replace(/[.!\s]+$/, '');
  return (
    /^(none|free|no (fee|fees|cost|charge)|free of charge|free to everyone|free for all|there is no (fee|cost|charge)|no fees? charged|\$0(\.00)?)$/.test(
      t,
    ) || undefined
  );
}
