import type { Language } from '../platform/words.js';
import { permissionsOf, type Permission, type Role } from './permissions.js';

/** How the caller proved who they are. */
export type CallerVia = 'SESSION' | 'API_KEY' | 'LINK' | 'TASK';

/** One organization a person belongs to, with the roles they hold there. */
export interface CallerMembership {
  id: string;
  organizationId: string;
  roles: readonly Role[];
}

/** Who has a patient's page open by a link: the patient, or somebody around them. */
export interface PageReader {
  patientId: string;
  /** null for the patient. */
  relatedPersonId: string | null;
  /** Kinds of need that somebody around the patient was given, `*` for all that are not sensitive; null for the patient. */
  categories: readonly string[] | null;
  sessionId: string;
}

/** Who is calling, in one organization at a time. Anonymous callers are `null` in the context. */
export interface Caller {
  /** null for an API key and for a link. */
  userId: string | null;
  organizationId: string;
  /** All memberships of the person; the caller acts in the one of `organizationId`. */
  memberships: readonly CallerMembership[];
  roles: readonly Role[];
  permissions: ReadonlySet<Permission>;
  via: CallerVia;
  /** Whether a second factor was given in this session. */
  mfa: boolean;
  /** The session or API key that this is, so that a live connection ends with it. */
  credentialId: string | null;
  /** The language of a person's settings; null for software. */
  locale: Language | null;
  /** What somebody without an account calls themself, written beside what they do; null when they did not say. */
  name?: string | null;
  /** Set for the page of a patient, whose caller has no account and reaches one record alone. */
  reader: PageReader | null;
}

/** A caller with the permissions of their roles filled in. */
export function callerOf(
  who: Omit<Caller, 'permissions' | 'memberships' | 'mfa' | 'credentialId' | 'locale' | 'reader'> & Partial<Caller>,
): Caller {
  return {
    memberships: [],
    mfa: false,
    credentialId: null,
    locale: null,
    reader: null,
    permissions: permissionsOf(who.roles),
    ...who,
  };
}
