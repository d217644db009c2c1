const years = '(?:\\s*years?(?:\\s+of\\s+age|\\s+old)?)?';
const who =
  '(?:ages?|aged|adults?,?|individuals?,?|persons?,?|people,?|anyone|residents?,?|seniors?,?|must be|open to)?\\s*(?:ages?|aged)?\\s*';
const from = new RegExp(
  `^${who}(\\d{1,2})${years},?\\s*(?:\\+|(?:and|or|&)\\s*(?:older|over|up|above))${years}\\.?$`,
  'i',
);
const between = new RegExp(`^${who}(\\d{1,2})\\s*(?:-|–|to|through)\\s*(\\d{1,2})${years}\\.?$`, 'i');
const upTo = new RegExp(`^${who}(\\d{1,2})${years}\\s*(?:and|or|&)\\s*(?:under|younger)\\.?$`, 'i');

/** Ages out of an eligibility text, only when the whole text says nothing else: "Ages 18 and older." */
export function readAges(text: string): { minimum?: number; maximum?: number } {
  const t = text.trim();
  const low = from.exec(t);
  if (low) return { minimum: Number(low[1]) };
  const span = between.exec(t);
  if (span && Number(span[1]) < Number(span[2])) return { minimum: Number(span[1]), maximum: Number(span[2]) };
  const high = upTo.exec(t);
  return high ? { maximum: Number(high[1]) } : {};
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
