/** A text message. It says no more about a person than the number it goes to must know. */
export interface TextMessage {
  /** The number in E.164, such as `+14105550123`. */
  to: string;
  text: string;
  /** What it is for, such as `referral`; shown beside it in the local outbox. */
  purpose: string;
  /** Makes sending it again do nothing where the way allows; a job gives an id that stays the same on retry. */
  id?: string;
}

/** The way out for text messages. Called from jobs only: a request never waits for it. */
export interface Texts {
  /** Rejects when the message was not accepted; the job then tries again. */
  send(message: TextMessage): Promise<void>;
}
