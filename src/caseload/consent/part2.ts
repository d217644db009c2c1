import type { Words } from '../../platform/words.js';

/**
 * What 42 CFR 2.31 asks a written consent to substance-use disorder records to say, kept as it was said. The signature
 * stands in the consent itself.
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
  /** Whose records; older consents have it in the patient alone. */
  patient?: string;
  /** That what is received may be passed on and then be protected no more, and what happens to who does not sign. */
  redisclosure?: string;
  signedBy?: string;
  /** `YYYY-MM-DD`. */
  signedOn?: string;
}

/** The elements without which nothing may be disclosed on a consent. */
export type RequiredElement = 'discloser' | 'recipient' | 'description' | 'purpose' | 'expires' | 'revocation';

/** The notice of 42 CFR 2.32(a), which goes with every disclosure of such records, and what it means in plain words. */
export const PART2_NOTICE: Words = {
  en: '42 CFR part 2 prohibits unauthorized use or disclosure of these records. That means: use them to help this person, do not pass them on, and never use them against the person.',
  es: 'La norma 42 CFR parte 2 prohíbe usar o divulgar estos datos sin autorización. Es decir: úselos para ayudar a esta persona, no los pase a otros y nunca los use en su contra.',
};
