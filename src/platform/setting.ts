import { ConfigError } from './start-error.js';

// How single settings are read: each throws a ConfigError that names the setting and what is expected.

/** An address with one of these protocols. The value itself stays out of messages: it may hold a password. */
export function url(name: string, text: string | undefined, protocols: string[]): string | undefined {
  if (text === undefined) return undefined;
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  if (!parsed || !protocols.includes(parsed.protocol)) {
    throw new ConfigError(`${name} is not an address that starts with ${protocols.map((p) => `${p}//`).join(' or ')}.`);
  }
  return text;
}

/** Addresses of replicas, comma separated. */
export function urls(name: string, text: string | undefined, primary: string | undefined): string[] {
  if (!text) return [];
  if (!primary) throw new ConfigError(`${name} needs DATABASE_URL beside it: the embedded database has no replicas.`);
  return text.split(',').flatMap((part) => url(name, part.trim(), ['postgres:', 'postgresql:']) ?? []);
}

/** A whole number within bounds. */
export function whole(name: string, text: string, min: number, max: number): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < min || number > max) {
    throw new ConfigError(`${name}: "${text}" is not a whole number from ${min} to ${max}.`);
  }
  return number;
}

/** `HOURS=90,CONTACT=120`: days by name. */
export function daysByName<N extends string>(name: string, text: string | undefined, names: readonly N[]) {
  const days: Partial<Record<N, number>> = {};
  for (const part of text?.split(',') ?? []) {
    const [key = '', number = ''] = part.split('=').map((one) => one.trim());
    days[oneOf(names, name, key.toUpperCase())] = whole(name, number, 1, 3650);
  }
  return days;
}

/** `yes` or `no`. */
export function yesNo(name: string, text: string): boolean {
  return oneOf(['yes', 'no'] as const, name, text) === 'yes';
}

/** One of the words allowed. */
export function oneOf<T extends string>(allowed: readonly T[], name: string, text: string): T {
  const found = allowed.find((option) => option === text);
  if (found === undefined) throw new ConfigError(`${name}: "${text}" is not one of ${allowed.join(', ')}.`);
  return found;
}
