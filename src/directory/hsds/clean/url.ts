/** A web address as it should be, and whether it was changed; undefined when it is none. */
function readUrl(text: string): { url: string; repaired: boolean } | undefined {
  const written = text.trim().replace(/[\s,;.`'"]+$/, '');
  const fixed = written
    .replace(/^<(.*)>$/, '$1')
    .replace(/^(https?)\s*[:;]?\s*\/\/?:?\/?(?=[^/])/i, (_, scheme: string) => `${scheme.toLowerCase()}://`) // https//x, http:/x, HTTP://x
    .replace(/^(https?:\/\/)+(?=https?:\/\/)/i, '')
    .replace(/^(?=(?:www\.)?[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,24}(?:[/?#:]|$))/i, 'http://'); // www.x.org
  if (/\s/.test(fixed) || !URL.canParse(fixed)) return undefined;
  const { protocol, hostname } = new URL(fixed);
  if (protocol !== 'http:' && protocol !== 'https:') return undefined;
  if (!/^[^.]+(\.[^.]+)+$/.test(hostname) && hostname !== 'localhost') return undefined;
  return { url: fixed, repaired: fixed !== text };
}

/** The web addresses of a cell that may hold several, cut at blanks, commas and semicolons. */
export function readUrls(text: string): { url: string; repaired: boolean }[] {
  const whole = readUrl(text);
  if (whole) return [whole];
  const parts = text.split(/[\s,;]+|\bor\b|\band\b/i).filter(Boolean);
  const urls = parts.map(readUrl);
  return urls.every((u) => u !== undefined) ? [...new Map(urls.map((u) => [u.url, u])).values()] : [];
}

const mailbox = /[^\s@<>,;:()[\]"]+@[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,24}/gi;

/** The mail addresses in a cell, "mailto:" and names around them left out. */
export function readEmails(text: string): string[] {
  const found = text.match(mailbox)?.map((m) => m.replace(/^mailto:/i, '').replace(/\.+$/, '')) ?? [];
  return found.filter((one, i) => found.findIndex((other) => other.toLowerCase() === one.toLowerCase()) === i);
}
