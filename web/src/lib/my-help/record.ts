import { locale, plainDate, t, when, word } from '#lib/i18n/index';
import type { Help } from './page.svelte';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const safe = (text: string): string => text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
const item = (...lines: string[]): string => `<li>${lines.filter(Boolean).map(safe).join('<br>')}</li>`;
const part = (title: string, items: string[]): string =>
  `<h2>${safe(title)}</h2><ul>${items.join('') || '<li>—</li>'}</ul>`;

/** The record as a page of its own, to read, print or keep without the hub. */
export function readable(help: Help, at: Date): string {
  const title = t('help.record', { careTeam: help.careTeam });
  return `<!doctype html><html lang="${locale()}"><meta charset="utf-8"><title>${safe(title)}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:45rem;margin:1rem auto;padding:0 1rem}li{margin-bottom:.5rem}</style>
<h1>${safe(title)}</h1><p>${safe(help.name)} · ${safe(t('help.recordOn', { date: plainDate(at) }))}</p>
${part(
  t('help.needs'),
  help.needs.map((one) => item(one.label, plainDate(one.since))),
)}
${part(
  t('help.referrals'),
  help.referrals.map((one) =>
    item(
      `${one.service}, ${one.agency}`,
      word('HelpStatus', one.status),
      one.sentAt ? t('help.askedOn', { date: plainDate(one.sentAt) }) : '',
    ),
  ),
)}
${part(
  t('help.sharing'),
  help.consents.map((one) =>
    item(
      one.recipient,
      one.statement ?? '',
      t('help.shareSince', { date: plainDate(one.startsAt) }),
      one.revokedAt
        ? t('help.stoppedOn', { date: plainDate(one.revokedAt) })
        : one.status === 'ACTIVE'
          ? ''
          : t('help.shareOver'),
    ),
  ),
)}
${part(
  t('help.told'),
  help.disclosures.map((one) =>
    item(`${one.to}, ${when(one.at)}`, one.fields.map((field) => word('ToldField', field)).join(', ')),
  ),
)}
${part(
  t('help.looked'),
  help.accesses.map((one) => item(`${when(one.at)}: ${one.who}, ${one.words}`)),
)}</html>`;
}

/** The same as data: what the API answered, with what it is and when it was taken. */
export function asData(help: Help, at: Date): string {
  return `${JSON.stringify({ format: 'community-referral-hub/patient-record', version: 1, takenAt: at.toISOString(), record: help }, null, 2)}\n`;
}

/** Gives a text to the browser to be saved. */
export function save(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
