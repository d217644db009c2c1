/**
 * What 42 CFR 2.31 asks a written consent to substance-use disorder records to say, kept as it was said. The patient's
 * name, the signature and its date stand in the consent itself.
 */
export interface Part2Elements {
  /** Who may disclose. */
  discloser: string;
  /** Who may receive: an organization's name, or the class in words. */
  recipient: string;
  /** A specific and meaningful description of the information. */
  description: string;
  purpose: string;
  /** Date or event. */
  expires: string;
  /** That it may be revoked in writing, and how. */
  revocation: string;
}
