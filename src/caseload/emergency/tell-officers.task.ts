import { v5 as uuidOf } from 'uuid';
import { baseUrlOf } from '../../identity/index.js';
import { defineTask } from '../../platform/jobs/task.js';
import { sendEach } from '../../platform/mail/once.js';
import { fill, type Language, type Words } from '../../platform/words.js';

const SUBJECT: Words = { en: 'A protected record was opened', es: 'Se abrió un expediente protegido' };
const TEXT: Words = {
  en: 'Somebody outside the care team opened a protected record in an emergency. Look at the reason they gave, and say whether it holds:\n{link}\n',
  es: 'Alguien ajeno al equipo de atención abrió un expediente protegido en una emergencia. Vea el motivo que dio y diga si es válido:\n{link}\n',
};
const OFFICERS = `select u.email::text as email, u.locale from hub.emergency_access e
  join hub.membership m on m.organization_id = e.care_org_id and m.ended_at is null and 'PRIVACY_OFFICER' = any (m.roles)
  join hub.user_account u on u.id = m.user_id and u.disabled_at is null
  where e.id = ? and e.reviewed_at is null order by u.id`;

/** Tells the privacy officers of the organization. The letter says neither who opened it nor whose it is. */
export const tellOfficers = defineTask<{ accessId: string }>(
  'caseload.tell-officers',
  async ({ accessId }, context) => {
    const { db, platform } = context;
    const em = await db.em();
    const officers = await em.execute<{ email: string; locale: Language }[]>(OFFICERS, [accessId]);
    await db.end();
    const text = fill(TEXT, { link: `${baseUrlOf(platform.config)}/emergencies` });
    const sending = officers.map(({ email, locale }) => () => {
      const id = uuidOf(email, accessId);
      return platform.mail.send({ to: email, subject: SUBJECT[locale], text: text[locale], purpose: 'notice', id });
    });
    await sendEach(sending);
  },
);
