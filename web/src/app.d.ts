declare global {
  namespace App {
    /** What a page that could not load shows: `code` picks the words. */
    interface Error {
      code?: 'NOT_FOUND' | 'FORBIDDEN' | 'OFFLINE' | 'BUSY' | 'BROKEN';
    }
    interface PageData {
      /** The message key of the page's title. */
      title?: string;
    }
  }
}

export {};
