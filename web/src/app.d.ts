declare namespace App {
  /** What a page that could not load shows: `code` picks the words. */
  interface Error {
    code?: 'NOT_FOUND' | 'FORBIDDEN' | 'OFFLINE' | 'BUSY' | 'BROKEN';
  }
}

/** A part of a catalogue: `web/split-words.ts` makes it. */
declare module '*.json?open' {
  const words: Record<string, string>;
  export default words;
}
declare module '*.json?work' {
  const words: Record<string, string>;
  export default words;
}
