declare namespace App {
  /** What a page that could not load shows: `code` picks the words. */
  interface Error {
    code?: 'NOT_FOUND' | 'FORBIDDEN' | 'OFFLINE' | 'BUSY' | 'BROKEN';
  }
}
