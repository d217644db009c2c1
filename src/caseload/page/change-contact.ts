import type { HubContext } from '../../access/index.js';
import { emit } from '../../platform/events.js';
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

/** The patient says how to be reached from now on. Returns what is wrong with it, or null when it is kept. */
export async function changeContact(ctx: HubContext, input: ChangeMyContactInput): Promise<Problems | null> {
  const { patientId, careOrgId } = readerOf(ctx);
  const check = new PersonFields(new Problems());
  const windows = check.windows('windows', input.windows);
  const kept: Record<keyof typeof COLUMNS, unknown> = {
    method: check.kept('method', input.method),
    phoneSafe: check.kept('phoneSafe', input.phoneSafe),
    emailSafe: check.kept('emailSafe', input.emailSafe),
    voicemailOk: check.kept('voicemailOk', input.voicemailOk),
    windows: windows && JSON.stringify(windows),
    language: check.language('language', input.language),
  };
  if (check.problems.found) return check.problems;
  const changes = Object.entries(kept).filter(([, value]) => value !== undefined) as [keyof typeof COLUMNS, unknown][];
  if (changes.length === 0) return null;
  // What was said about times in words gives way to the hours that the person now says themselves.
  const words = windows === undefined ? '' : ', contact_times = null';
  const set = changes.map(([name]) => `${COLUMNS[name]} = ?${name === 'windows' ? '::jsonb' : ''}`).join(', ');
  const em = await ctx.db.em();
  await em.execute(
    `update hub.patient set ${set}${words}, version = version + 1, updated_at = ? where id = ? and care_org_id = ?`,
    [...changes.map(([, value]) => value), ctx.clock.now().toISOString(), patientId, careOrgId],
  );
  await emit(em, 'patient.changed', { patientId });
  auditPage(ctx, 'help.contact');
  return null;
}
