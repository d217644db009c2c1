import { ApiError, type UserError } from '#lib/api/index';
import { refusalWords, t } from '#lib/i18n/index';
import { session } from '#lib/session/session.svelte';

export interface Refusable {
  userErrors: UserError[];
}

/** A form's values, what is wrong with each, and whether they differ from what is saved. */
export class Form<T extends object> {
  values: T;
  errors = $state<Record<string, string>>({});
  problem = $state('');
  busy = $state(false);
  #saved = $state('');

  constructor(initial: T) {
    const values = $state(structuredClone(initial));
    this.values = values;
    this.#saved = JSON.stringify(initial);
  }

  get dirty(): boolean {
    return JSON.stringify(this.values) !== this.#saved;
  }

  /** What is on the page counts as saved from now on. */
  keep(): void {
    this.#saved = JSON.stringify(this.values);
  }

  /** Marks fields without a value; true when none is missing. */
  require(...fields: (keyof T & string)[]): boolean {
    this.errors = Object.fromEntries(
      fields.filter((field) => isEmpty(this.values[field])).map((field) => [field, t('form.missing')]),
    );
    return this.#settle();
  }

  /** Sends; what is refused stands beside its field. Returns the payload when nothing was refused. */
  async send<P extends Refusable>(work: () => Promise<P>): Promise<P | undefined> {
    if (this.busy) return undefined;
    this.busy = true;
    this.errors = {};
    this.problem = '';
    try {
      const payload = await work();
      for (const refusal of payload.userErrors) {
        if (refusal.field && refusal.field in this.values) this.errors[refusal.field] = refusalWords(refusal);
        else this.problem ||= refusalWords(refusal);
      }
      if (payload.userErrors.length > 0) return void this.#settle();
      this.keep();
      return payload;
    } catch (cause) {
      this.problem = failureWords(cause);
      return undefined;
    } finally {
      this.busy = false;
    }
  }

  /** Takes the reader to the first field that is wrong. */
  #settle(): boolean {
    if (Object.keys(this.errors).length === 0) return true;
    queueMicrotask(() => setTimeout(() => document.querySelector<HTMLElement>(WRONG)?.focus()));
    return false;
  }
}

/** A field that is wrong, or the first of the choices of which none was made. */
const WRONG = '[aria-invalid="true"], [data-wrong] input';

function isEmpty(value: unknown): boolean {
  return value === '' || value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

/** What a failed request means for the person at the form. */
export function failureWords(cause: unknown): string {
  if (cause instanceof ApiError && cause.reason) return cause.message;
  const code = cause instanceof ApiError ? cause.code : 'INTERNAL';
  if (code === 'OFFLINE') return t('form.offline');
  if (code === 'CONFLICT') return t('form.conflict');
  // Whoever came by a link was never signed in.
  if (code === 'UNAUTHENTICATED' && session.viewer) return t('form.signedOut');
  if (code === 'FORBIDDEN' || code === 'UNAUTHENTICATED') return t('form.forbidden');
  // It says how long to wait.
  if (cause instanceof ApiError && (code === 'RATE_LIMITED' || code === 'BUSY')) return cause.message;
  return t('form.failed');
}

/** "" → undefined, so that an empty field leaves the stored value alone. */
export const given = (text: string | null | undefined): string | undefined => text?.trim() || undefined;

/** A number typed into a field; undefined when it is none. */
export function number(typed: string | number | null | undefined): number | undefined {
  if (typed === '' || typed === null || typed === undefined) return undefined;
  const value = Number(typed);
  return Number.isFinite(value) ? value : undefined;
}
