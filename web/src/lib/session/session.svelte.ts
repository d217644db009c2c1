import { ApiError, hangUp, request } from '#lib/api/index';
import { SignOutDocument, ViewerDocument, type ViewerFieldsFragment } from '#lib/gql/graphql';
import { preferredLocale, speak, type Locale } from '#lib/i18n/index';

/** What the person's roles allow; the words of the server's permission table. */
export type Permission =
  | 'search.patient'
  | 'patient.read'
  | 'patient.write'
  | 'patient.assign'
  | 'screening.write'
  | 'consent.write'
  | 'need.write'
  | 'referral.read'
  | 'referral.send'
  | 'referral.answer'
  | 'referral.message'
  | 'listing.write'
  | 'population.read'
  | 'directory.write'
  | 'directory.import'
  | 'audit.read'
  | 'member.manage'
  | 'apikey.manage';

/** Who is signed in here. The server decides everything again; this only chooses what to show. */
class Session {
  viewer = $state.raw<ViewerFieldsFragment | null>(null);
  offline = $state(false);
  #asked = false;

  can(permission: Permission): boolean {
    return this.viewer?.permissions.includes(permission) ?? false;
  }

  /** Asks once who is signed in, and speaks their language. */
  async start(): Promise<void> {
    if (this.#asked) return;
    await this.refresh();
  }

  async refresh(): Promise<void> {
    try {
      this.viewer = (await request(ViewerDocument)).viewer ?? null;
      this.offline = false;
      this.#asked = true;
    } catch (cause) {
      this.viewer = null;
      this.offline = cause instanceof ApiError && cause.code === 'OFFLINE';
      this.#asked = !this.offline;
    }
    const wish = this.viewer?.user.locale;
    await speak(wish === 'es' || wish === 'en' ? (wish satisfies Locale) : preferredLocale());
  }

  /** Ends the session and forgets everything on the page by loading it anew. */
  async signOut(reason?: 'idle'): Promise<void> {
    await request(SignOutDocument, { input: {} }).catch(() => undefined);
    hangUp();
    location.assign(reason ? `/sign-in?why=${reason}` : '/sign-in');
  }
}

export const session = new Session();
