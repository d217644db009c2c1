import type { Config } from '../../platform/config.js';

/** The address people open, without a slash at the end. */
export function baseUrlOf(config: Pick<Config, 'baseUrl' | 'port'>): string {
  return config.baseUrl ?? `http://localhost:${config.port}`;
}

/** A link to a page with a token behind the `#`: that part is sent to no server, so it reaches no log and no referrer. */
export function tokenLink(config: Pick<Config, 'baseUrl' | 'port'>, page: string, token: string): string {
  return `${baseUrlOf(config)}/${page}#token=${token}`;
}
