import type { HubContext } from '../../access/index.js';
import type { LinkHolder } from './as-link.js';

/** One kind of link, such as `referral`; its root says whom a token lets in. */
export interface LinkKind {
  name: string;
  /**
   * The holder of a token; null for one that was made up, has run out or was withdrawn. Counts the use of one that works.
   * `ctx` is that of nobody.
   */
  find(ctx: HubContext, token: string): Promise<LinkHolder | null>;
  /** The listing whose letters hold such a link: whoever has one reads the mail of that listing. */
  listing?(ctx: HubContext, holder: LinkHolder): Promise<string | null>;
}

const kinds = new Map<string, LinkKind>();

/** Makes a kind of link known to the routes that take one instead of a session. */
export function defineLink(kind: LinkKind): LinkKind {
  kinds.set(kind.name, kind);
  return kind;
}

/** The kind of link that a token is of, and the listing whose letters it came in; null when it is of none. */
export async function listingOfLink(
  ctx: HubContext,
  token: string,
): Promise<{ kind: string; serviceId: string } | null> {
  for (const kind of kinds.values()) {
    const holder = kind.listing && (await kind.find(ctx, token));
    const serviceId = holder && (await kind.listing?.(ctx, holder));
    if (serviceId) return { kind: kind.name, serviceId };
  }
  return null;
}

/** What a request says of its link, `x-hub-link: referral TOKEN`; null when it says nothing or names no kind. */
export function linkOf(header: unknown): { kind: LinkKind; token: string } | null {
  const [, name = '', token] = typeof header === 'string' ? (/^([a-z-]+) ([\w-]{20,100})$/.exec(header) ?? []) : [];
  const kind = kinds.get(name);
  return kind && token !== undefined ? { kind, token } : null;
}
