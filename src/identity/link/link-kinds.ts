import type { HubContext } from '../../access/index.js';
import type { LinkHolder } from './as-link.js';

/** One kind of link, such as `referral`; its root says whom a token lets in. */
export interface LinkKind {
  name: string;
  /** The holder of a token; null for one that was made up, has run out or was withdrawn. `ctx` is that of nobody. */
  find(ctx: HubContext, token: string): Promise<LinkHolder | null>;
}

const kinds = new Map<string, LinkKind>();

/** Makes a kind of link known to the routes that take one instead of a session. */
export function defineLink(kind: LinkKind): LinkKind {
  kinds.set(kind.name, kind);
  return kind;
}

/** What a request says of its link, `x-hub-link: referral TOKEN`; null when it says nothing or names no kind. */
export function linkOf(header: unknown): { kind: LinkKind; token: string } | null {
  const [, name = '', token] = typeof header === 'string' ? (/^([a-z-]+) ([\w-]{20,100})$/.exec(header) ?? []) : [];
  const kind = kinds.get(name);
  return kind && token !== undefined ? { kind, token } : null;
}
