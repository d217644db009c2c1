import PostalMime, { type Email } from 'postal-mime';
import { REPLY_CODE } from '../link/token.js';

/** A mail as far as it matters for an answer. */
export interface IncomingMail {
  /** What tells it from every other: its Message-ID, else null. */
  messageId: string | null;
  /** The reply code in the address it came to, or in its subject. */
  code: string | null;
  /** What the sender is called. */
  name: string | null;
  text: string;
  /** Why it is no person's answer: a program answered, a server returned it, nobody vouches for its sender. */
  machine: 'AUTO_REPLY' | 'BOUNCE' | 'BULK' | 'FORGED' | null;
}

/** Where a server writes whom a mail was for, in the order of how much each is worth. */
const ADDRESSED = ['x-original-to', 'delivered-to', 'envelope-to', 'x-envelope-to', 'to', 'cc'];

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

const ENTITIES: Readonly<Record<string, string>> = { nbsp: ' ', amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** What stands in a mail that has no plain text, without what it quotes. */
export function textOfHtml(html: string): string {
  return html
    .replace(/<(style|script|head|title)\b[\s\S]*?<\/\1>/gi, '')
    .replace(/<div[^>]*class="?[^">]*gmail_quote[\s\S]*$/i, '')
    .replace(/<div[^>]*id="?(divRplyFwdMsg|appendonsend)[\s\S]*$/i, '')
    .replace(/<blockquote\b[\s\S]*?<\/blockquote>/gi, '')
    .replace(/<br\s*\/?>|<\/(p|div|li|tr|h\d)>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d{1,6});/g, (_, code: string) => String.fromCodePoint(Math.min(Number(code), 0x10ffff)))
    .replace(/&([a-z]+);/gi, (whole, name: string) => ENTITIES[name.toLowerCase()] ?? whole)
    .replace(/^[ \t]+/gm, '');
}

/** Takes a raw mail (RFC 822) apart. Throws when it is none. */
export async function readMail(raw: Buffer): Promise<IncomingMail> {
  const mail = await PostalMime.parse(raw, { maxNestingDepth: 20, maxHeadersSize: 256 * 1024 });
  const headers = headersOf(mail);
  const subject = mail.subject ?? '';
  const places = [...ADDRESSED.flatMap((key) => headers.get(key) ?? []), subject];
  const code = places.map((place) => REPLY_CODE.exec(place)?.[1]?.toLowerCase()).find((one) => one !== undefined);
  const name = mail.from && 'address' in mail.from ? mail.from.name || mail.from.address?.split('@')[0] : undefined;
  return {
    messageId: mail.messageId?.trim() || null,
    code: code ?? null,
    name: name?.trim().slice(0, 100) || null,
    text: mail.text?.trim() ? mail.text : textOfHtml(mail.html ?? ''),
    machine: machineOf(headers, subject),
  };
}
