import type { HubContext } from '../../access/index.js';
import { emit } from '../../platform/events.js';
import type { ContactWindow } from '../reach/contact-windows.js';
import { BY_DAY } from '../reach/may-reach.js';
import { PersonFields } from '../patient/person-fields.js';
import { Problems } from '../problems.js';
import type { ChangeMyContactInput } from './my-help.types.js';
import { auditPage, readerOf } from './reader.js';

const COLUMNS = {
  method: 'contact_method',
  phoneSafe: 'phone_safe',
  emailSafe: 'email_safe',
  voicemailOk: 'voicemail_ok',
  windows: 'contact_windows',
  language: 'language',
} as const;

/**
 * Whoever reads the page says how to be reached from now on. Returns what is wrong with it, or null when it is kept. What
 * was said about times in words gives way to the hours that the person now says themselves.
 */
export async function changeContact(ctx: HubContext, input: ChangeMyContactInput): Promise<Problems | null> {
  const { patientId, relatedPersonId, careOrgId } = readerOf(ctx);
  const check = new PersonFields(new Problems());
  const kept: Record<keyof typeof COLUMNS, unknown> = {
    method: check.kept('method', input.method),
    phoneSafe: check.kept('phoneSafe', input.phoneSafe),
    emailSafe: check.kept('emailSafe', input.emailSafe),
    voicemailOk: check.kept('voicemailOk', input.voicemailOk),
    windows: windowsOf(check.windows('windows', input.windows), relatedPersonId !== null),
    language: check.language('language', input.language),
  };
  if (check.problems.found) return check.problems;
  const changes = Object.entries(kept).filter(([, value]) => value !== undefined) as [keyof typeof COLUMNS, unknown][];
  if (changes.length === 0) return null;
  const set = changes.map(([name]) => `${COLUMNS[name]} = ?${name === 'windows' ? '::jsonb' : ''}`);
  const values = changes.map(([, value]) => value);
  const em = await ctx.db.em();
  if (relatedPersonId === null) {
    if (kept.windows !== undefined) set.push('contact_times = null');
    set.push('updated_at = ?');
    values.push(ctx.clock.now().toISOString());
  }
  const table = relatedPersonId === null ? 'patient' : 'related_person';
  await em.execute(
    `update hub.${table} set ${set.join(', ')}, version = version + 1 where id = ? and care_org_id = ?`,
    [...values, relatedPersonId ?? patientId, careOrgId],
  );
  await emit(em, 'patient.changed', { patientId });
  auditPage(ctx, relatedPersonId === null ? 'help.contact' : 'help.relative-contact');
  return null;
}

/** Beside a note on reaching somebody around the patient, "any time" is said by hours too: else the note holds letters up. */
function windowsOf(windows: readonly ContactWindow[] | null | undefined, relative: boolean): string | null | undefined {
  if (windows === undefined) return undefined;
  const said = windows ?? (relative ? BY_DAY : null);
  return said && JSON.stringify(said);
}
