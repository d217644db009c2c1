/** A letter. Its text holds no more about a person than the address it goes to must know. */
export interface Letter {
  to: string;
  subject: string;
  text: string;
  html?: string;
  /** Where an answer to it goes; to MAIL_FROM when left out. */
  replyTo?: string;
  /** What it is for, such as `password-reset`; shown beside it in the local outbox. */
  purpose: string;
  /** Makes sending it again do nothing where the way allows; a job gives an id that stays the same on retry. */
  id?: string;
}

/** The way out for letters. Called from jobs only: a request never waits for a mail server. */
export interface Mail {
  /** Rejects when the letter was not accepted; the job then tries again. */
  send(letter: Letter): Promise<void>;
  close(): Promise<void>;
}
