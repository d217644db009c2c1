import type { Column } from '../model.js';

// RFC 3986, as the validators of HSDS's schemas take it.
const uri = /^[a-z][a-z0-9+.-]*:\/\/[^\s"<>\\^`{|}]+$/i;
const badEscape = /%(?![0-9a-f]{2})/gi;
const email = /^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/i;

/** An address that schemas accept: what has no place in one is escaped; undefined when that does not make it one. */
function uriOf(text: string): string | undefined {
  const escaped = text
    .trim()
    .replace(/[^\x21-\x7e]|["<>\\^`{|}]/gu, (character) => encodeURIComponent(character))
    .replace(badEscape, '%25');
  return uri.test(escaped) && URL.canParse(escaped) ? escaped : undefined;
}

/**
 * A column's value as JSON text in HSDS's type and format, so that it passes the published schemas; undefined when it
 * cannot.
 */
export function schemaValue({ kind }: Column, value: string | number): string | undefined {
  if (typeof value === 'number') return String(value);
  if (kind === 'uri') {
    const fixed = uriOf(value);
    return fixed === undefined ? undefined : JSON.stringify(fixed);
  }
  if (kind === 'email') return email.test(value) ? JSON.stringify(value) : undefined;
  return JSON.stringify(value);
}

/** HSDS takes a phone's extension for a number: `012` and `2a` would be lost in one and go into its description. */
export function extensionOf(extension: string): number | undefined {
  return /^(0|[1-9]\d{0,14})$/.test(extension) ? Number(extension) : undefined;
}
