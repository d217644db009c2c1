import { ApiError, hangUp, request } from '#lib/api/index';
import { SignOutDocument, ViewerDocument, type ViewerFieldsFragment } from '#lib/gql/graphql';
import { preferredLocale, speak, type Locale } from '#lib/i18n/index';

/** What the person's roles allow; the words of the server's permission table. */
export type Permission =
  | 'search.patient'
  | 'patient.read'
  | 'patient.write'
  | 'patient.assign'
  | 'patient.restrict'
  | 'emergency.open'
  | 'screening.write'
  | 'instrument.write'
  | 'hub.operate'
  | 'consent.write'
  | 'need.write'
  | 'referral.read'
  | 'referral.send'
  | 'referral.answer'
  | 'referral.message'
  | 'listing.write'
  | 'population.read'
  | 'directory.write'
  | 'directory.verify'
  | 'directory.import'
  | 'audit.read'
  | 'member.manage'
  | 'organization.manage'
  | 'apikey.manage';

/** Milliseconds that signing out waits for the server before the page is left anyway. */
const PATIENCE = 3000;

/** Who is signed in here. The server decides everything again; this only chooses what to show. */
class Session {
  viewer = $state.raw<ViewerFieldsFragment | null>(null);
  offline = $state(false);
  /** Somebody is signing out, or has to: nothing of theirs is shown any more. */
  ending = $state(false);
  /** Whether something on the page was typed and is not saved. */
  unsaved = $state(false);
  /** What leaves the page once somebody has agreed to lose that. */
  waiting = $state.raw<(() => void) | null>(null);
  /** Where other tabs of this browser learn that the session has ended. */
  readonly ENDED = 'hub.ended';
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
    const language = wish === 'es' || wish === 'en' ? (wish satisfies Locale) : preferredLocale();
    await speak(language, this.viewer !== null);
  }

  /**
   * Ends the session here, in the other tabs and at the server. The page is empty at once, whether or not the server
   * can be reached and whatever was not saved.
   */
  async signOut(reason?: 'idle' | 'ended'): Promise<void> {
    if (this.ending) return;
    this.ending = true;
    localStorage.setItem(this.ENDED, String(Date.now()));
    const told = request(SignOutDocument, { input: {} }).catch(() => undefined);
    await Promise.race([told, new Promise((done) => setTimeout(done, PATIENCE))]);
    this.leave(reason ? `/sign-in?why=${reason}` : '/sign-in');
  }

  /** Does what leaves the page, and asks first when that would lose something. */
  leaveBy(act: () => void): void {
    if (this.unsaved) this.waiting = act;
    else act();
  }

  /** Empties the page and loads another one, so that nothing of it stays, not even behind the Back button. */
  leave(to: string): void {
    this.ending = true;
    hangUp();
    location.replace(to);
  }
}

export const session = new Session();
