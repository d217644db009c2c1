import { languageOfTag } from '../../platform/language.js';
import type { Language } from '../../platform/words.js';
import type { ContactMethod } from '../patient/words.js';
import { DAYS, nextInWindows, type ContactWindow } from './contact-windows.js';

/** All that is known about reaching a person safely. */
export interface ReachRules {
  contactMethod: ContactMethod;
  phone: string | null;
  email: string | null;
  /** Not this number, not this address: others hear or read what comes there. */
  phoneSafe: boolean;
  emailSafe: boolean;
  voicemailOk: boolean;
  contactWindows: readonly ContactWindow[] | null;
  /** What was said about times in words that only a person can follow. */
  contactTimes: string | null;
  timeZone: string;
  language: string;
  /** Whether the care team still serves them. */
  active: boolean;
  /** Whether the patient has died: then no letter goes, and nobody is asked to say it instead. */
  died: boolean;
}

export type Way = 'EMAIL' | 'TEXT';

/** Why a person must decide instead. */
export type WhyAsked =
  | 'NOT_ACTIVE'
  | 'DO_NOT_CONTACT'
  | 'BY_PHONE'
  | 'BY_POST'
  | 'NO_NUMBER'
  | 'NO_ADDRESS'
  | 'NOT_THIS_NUMBER'
  | 'NOT_THIS_ADDRESS'
  | 'TIMES_IN_WORDS'
  | 'NO_TIME';

export type Reach =
  | { go: 'SEND'; way: Way; to: string; language: Language }
  | { go: 'CALL'; to: string; language: Language; voicemail: boolean }
  | { go: 'WAIT'; until: Date }
  | { go: 'ASK'; why: WhyAsked };

const ask = (why: WhyAsked): Reach => ({ go: 'ASK', why });

/** Nobody's phone sounds at night, whatever was not said about times. */
export const BY_DAY: readonly ContactWindow[] = [{ days: [...DAYS], from: '08:00', to: '21:00' }];

const WAYS: Record<ContactMethod, Way | WhyAsked> = {
  EMAIL: 'EMAIL',
  TEXT: 'TEXT',
  PHONE: 'BY_PHONE',
  MAIL: 'BY_POST',
  NONE: 'DO_NOT_CONTACT',
};

const isWay = (way: Way | WhyAsked): way is Way => way === 'EMAIL' || way === 'TEXT';

/** The number or address, or why it may not be used. */
function target({ phone, email, phoneSafe, emailSafe }: ReachRules, way: Way | 'CALL'): { to: string } | WhyAsked {
  const [found, safe] = way === 'EMAIL' ? [email, emailSafe] : [phone, phoneSafe];
  if (!found) return way === 'EMAIL' ? 'NO_ADDRESS' : 'NO_NUMBER';
  if (!safe) return way === 'EMAIL' ? 'NOT_THIS_ADDRESS' : 'NOT_THIS_NUMBER';
  return { to: found };
}

/** The one moment from which on they may be reached; undefined for now. */
function moment(rules: ReachRules, way: Way | 'CALL', now: Date): Date | WhyAsked | undefined {
  const { contactWindows, contactTimes, timeZone } = rules;
  if (!contactWindows && contactTimes?.trim()) return 'TIMES_IN_WORDS';
  if (!contactWindows && way === 'EMAIL') return undefined;
  const next = nextInWindows(contactWindows ?? BY_DAY, timeZone, now);
  if (!next) return 'NO_TIME';
  return next > now ? next : undefined;
}

/**
 * Whether and how a person may be reached at a moment: every letter, text and call to a patient or somebody around them
 * asks here. `asked` is a way that they asked for themselves this time, or a call that somebody is about to make.
 */
export function mayReach(rules: ReachRules, now: Date, asked?: Way | 'CALL'): Reach {
  if (!rules.active) return ask('NOT_ACTIVE');
  if (rules.contactMethod === 'NONE') return ask('DO_NOT_CONTACT');
  const usual = WAYS[rules.contactMethod];
  const way = asked ?? usual;
  if (way !== 'CALL' && !isWay(way)) return ask(way);
  const found = target(rules, way);
  if (typeof found === 'string') return ask(found);
  const from = moment(rules, way, now);
  if (typeof from === 'string') return ask(from);
  if (from) return { go: 'WAIT', until: from };
  const language = languageOfTag(rules.language);
  if (way === 'CALL') return { go: 'CALL', ...found, language, voicemail: rules.voicemailOk };
  return { go: 'SEND', way, ...found, language };
}
