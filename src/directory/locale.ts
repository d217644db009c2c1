import type { HubContext } from '../access/index.js';
import type { Language } from '../platform/words.js';

/** The language that was asked for, else the one the browser prefers, else English. `es-MX` is Spanish. */
export function languageOf(ctx: Pick<HubContext, 'request'>, locale?: string | null): Language {
  const wanted = locale ?? ctx.request.acceptLanguage ?? 'en';
  return /^\s*es\b/i.test(wanted) ? 'es' : 'en';
}
