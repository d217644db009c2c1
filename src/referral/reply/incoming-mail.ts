import PostalMime, { type Email } from 'postal-mime';
import { REPLY_CODE } from '../link/token.js';

/** A mail as far as it matters for an answer. */
export interface IncomingMail {
  /** What tells it from every other: its Message-ID, else null. */
  messageId: string | null;
  /** The reply codes in the addresses it came to, else in its subject; more than one when it went to several. */
  codes: string[];
  /** Whom it says that it is from. */
  from: string | null;
  /** What the sender is called. */
  name: string | null;
  text: string;
  /** Why it is no person's answer: a program answered, a server returned it, nobody vouches for its sender. */
  machine: 'AUTO_REPLY' | 'BOUNCE' | 'BULK' | 'FORGED' | null;
}

/** Where a server writes for whom it hands a mail in; where it writes nothing, whom the mail itself names. */
const DELIVERED = ['x-original-to', 'delivered-to', 'envelope-to', 'x-envelope-to'];
const NAMED = ['to', 'cc'];

const AUTO_SUBJECT =
  /^\s*(automatic reply|auto[- ]?reply|out of (the )?office|respuesta autom[áa]tica|fuera de (la )?oficina|ausente)\b/i;
const BOUNCE_SUBJECT =
  /^\s*(undeliver(able|ed)|delivery status notification|mail delivery (failed|subsystem)|returned mail|failure notice|no se pudo entregar)\b/i;

type Headers = Map<string, string[]>;

function headersOf({ headers }: Email): Headers {
  const all: Headers = new Map();
  for (const { key, value } of headers) all.set(key, [...(all.get(key) ?? []), value]);
  return all;
}

const first = (headers: Headers, key: string): string => headers.get(key)?.[0]?.trim() ?? '';

function bounced(headers: Headers, subject: string): boolean {
  const from = first(headers, 'from');
  return (
    first(headers, 'return-path') === '<>' ||
    /^multipart\/report\b/i.test(first(headers, 'content-type')) ||
    headers.has('x-failed-recipients') ||
    /\b(mailer-daemon|postmaster)@/i.test(from) ||
    BOUNCE_SUBJECT.test(subject)
  );
}

/** RFC 3834, and what older programs say instead. */
function automatic(headers: Headers, subject: string): boolean {
  const submitted = first(headers, 'auto-submitted').toLowerCase();
  return (
    (submitted !== '' && submitted !== 'no') ||
    headers.has('x-autoreply') ||
    headers.has('x-autorespond') ||
    headers.has('x-auto-response-suppress') ||
    /auto[-_ ]?reply/i.test(first(headers, 'precedence')) ||
    AUTO_SUBJECT.test(subject)
  );
}

const bulk = (headers: Headers): boolean =>
  /\b(bulk|junk|list)\b/i.test(first(headers, 'precedence')) ||
  headers.has('list-id') ||
  headers.has('list-unsubscribe');

/** What our own server found out about the sender stands in the topmost of these; those below it anybody can write. */
function forged(headers: Headers): boolean {
  const found = first(headers, 'authentication-results').toLowerCase();
  if (/\bdmarc=fail\b/.test(found)) return true;
  return /\bspf=(fail|softfail)\b/.test(found) && !/\bdkim=pass\b/.test(found);
}

function machineOf(headers: Headers, subject: string): IncomingMail['machine'] {
  if (bounced(headers, subject)) return 'BOUNCE';
  if (automatic(headers, subject)) return 'AUTO_REPLY';
  if (bulk(headers)) return 'BULK';
  return forged(headers) ? 'FORGED' : null;
}

const ACCENTS: Readonly<Record<string, string>> = { acute: '\u0301', grave: '\u0300', uml: '\u0308', tilde: '\u0303' };
const ENTITIES: Readonly<Record<string, string>> = {
  nbsp: ' ',
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  iquest: '¿',
  iexcl: '¡',
  ndash: '–',
  mdash: '—',
  rsquo: '’',
};

/** What stands for `&aacute;`, `&#225;` or `&#xe1;`; left as it is when it is none that people write with. */
function entity(whole: string, name: string): string {
  const [, hex, digits] = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name) ?? [];
  const code = hex ? parseInt(hex, 16) : Number(digits ?? NaN);
  if (code <= 0x10ffff) return String.fromCodePoint(code);
  const [, letter, accent] = /^([a-z])(acute|grave|uml|tilde)$/i.exec(name) ?? [];
  if (letter && accent) return (letter + (ACCENTS[accent.toLowerCase()] ?? '')).normalize('NFC');
  return ENTITIES[name.toLowerCase()] ?? whole;
}

/** What stands in a mail that has no plain text, without what it quotes. */
export function textOfHtml(html: string): string {
  return html
    .replace(/<(style|script|head|title)\b[\s\S]*?<\/\1>/gi, '')
    .replace(/<div[^>]*class="?[^">]*gmail_quote[\s\S]*$/i, '')
    .replace(/<div[^>]*id="?(divRplyFwdMsg|appendonsend)[\s\S]*$/i, '')
    .replace(/<blockquote\b[\s\S]*?<\/blockquote>/gi, '')
    .replace(/<br\s*\/?>|<\/(p|div|li|tr|h\d)>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(#?\w{1,10});/g, entity)
    .replace(/^[ \t]+/gm, '');
}

function codesIn(places: readonly string[]): string[] {
  const every = new RegExp(REPLY_CODE.source, 'gi');
  const found = places.flatMap((place) => [...place.matchAll(every)].map(([, code]) => code?.toLowerCase() ?? ''));
  return [...new Set(found)];
}

/** Takes a raw mail (RFC 822) apart. Throws when it is none. */
export async function readMail(raw: Buffer): Promise<IncomingMail> {
  const mail = await PostalMime.parse(raw, { maxNestingDepth: 20, maxHeadersSize: 256 * 1024 });
  const headers = headersOf(mail);
  const subject = mail.subject ?? '';
  const at = (keys: readonly string[]): string[] => codesIn(keys.flatMap((key) => headers.get(key) ?? []));
  const codes = [at(DELIVERED), at(NAMED), codesIn([subject])].find((found) => found.length > 0) ?? [];
  const from = mail.from && 'address' in mail.from ? mail.from : undefined;
  return {
    messageId: mail.messageId?.trim() || null,
    codes,
    from: from?.address?.trim().toLowerCase() || null,
    name: from?.name?.trim().slice(0, 100) || null,
    text: mail.text?.trim() ? mail.text : textOfHtml(mail.html ?? ''),
    machine: machineOf(headers, subject),
  };
}
