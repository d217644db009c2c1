/**
 * What directories note beside numbers of their own: "FCFH updates only", "Director's home, do not give out". The same as
 * hub.is_private_number; a test holds the two together.
 */
const PRIVATE = new RegExp(
  [
    String.raw`\b(do not|don.?t|never|not to be) (give|given|publish|published|release|released|share|shared|list|listed)\b`,
    String.raw`\b(fcfh|211|2-1-1|agency|agencies|staff|internal|office|provider|providers) (use )?only\b|\buse only\b`,
    String.raw`\b(fcfh|211|2-1-1|directory|listing|database)( #)?( for)? updates?\b|\bupdates? (only|contact)\b`,
    String.raw`\b(unlisted|unpublished|non-?published|private (number|line|phone|#))|\bnot for (the )?(public|clients?)\b`,
    String.raw`\bno (dar|divulgar|publicar|compartir)\b|\bnúmero privado\b|\buso interno\b|\bsolo (personal|agencias)\b`,
  ].join('|'),
  'i',
);

/** Whether what is said of a number keeps it from the public. */
export const isPrivateNumber = (description: string | null | undefined): boolean =>
  typeof description === 'string' && PRIVATE.test(description);
