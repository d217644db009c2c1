import type { Letter, Mail } from '../src/platform/mail/mail.js';

/** Mail that stays in memory, where a test reads it. */
export class Mailbox implements Mail {
  readonly letters: Letter[] = [];

  async send(letter: Letter): Promise<void> {
    this.letters.push(letter);
  }

  async close(): Promise<void> {
    // Nothing to end.
  }

  /** The letters to one address, the latest last. */
  to(address: string): Letter[] {
    return this.letters.filter((letter) => letter.to === address);
  }
}
