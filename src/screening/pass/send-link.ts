import { linkToken, tokenLink } from '../../identity/index.js';
import { defineTask } from '../../platform/jobs/task.js';
import { languageOfTag } from '../../platform/language.js';
import { fill, type Words } from '../../platform/words.js';
import { Patient } from '../../caseload/index.js';
import { Organization } from '../../identity/index.js';
import { PASS_PURPOSE } from './pass-purpose.js';
import { ScreeningPass } from './screening-pass.entity.js';

// Nothing in them says what the questions are about, or whom they are for: others read mail and phones.
const SUBJECT: Words = { en: 'A message from {care}', es: 'Un mensaje de {care}' };
const LETTER: Words = {
  en: `Hello,

{care} asks you to answer a few questions on your phone or computer. You need no account:

{link}

The link works until {until}. You may leave out any question. If you do not want to answer, do nothing.
`,
  es: `Hola:

{care} le pide que conteste unas preguntas en su teléfono o computadora. No necesita una cuenta:

{link}

El enlace funciona hasta el {until}. Puede dejar cualquier pregunta sin contestar. Si no quiere contestar, no haga nada.
`,
};
const TEXT: Words = {
  en: '{care} asks you to answer a few questions: {link}',
  es: '{care} le pide que conteste unas preguntas: {link}',
};

/** Sends the link of a pass that still works, to where the patient is reached now. */
export const sendScreeningLink = defineTask<{ passId: string }>(
  'screening.send-link',
  async ({ passId }, { db, platform }) => {
    const em = await db.em();
    const pass = await em.findOne(ScreeningPass, passId);
    const now = platform.clock.now();
    if (!pass || pass.revokedAt || pass.endedAt || pass.expiresAt <= now) return;
    const patient = await em.findOne(Patient, pass.patientId);
    const organization = await em.findOne(Organization, pass.careOrgId);
    await db.end();
    // Whoever changed how they want to be reached meanwhile is not reached the old way.
    if (!patient || patient.contactMethod !== pass.sentBy) return;
    const language = languageOfTag(patient.language);
    const link = tokenLink(platform.config, 'questions', linkToken(platform.config.secret, PASS_PURPOSE, passId));
    const until = new Intl.DateTimeFormat(language === 'es' ? 'es-US' : 'en-US', { dateStyle: 'long', timeZone: 'America/New_York' }).format(pass.expiresAt); // prettier-ignore
    const values = { care: organization?.name ?? '', link, until };
    const said = (words: Words): string => fill(words, values)[language];
    const send = { purpose: 'screening', id: passId };
    if (pass.sentBy === 'TEXT' && patient.phone) {
      await platform.texts.send({ to: patient.phone, text: said(TEXT), ...send });
    }
    if (pass.sentBy === 'EMAIL' && patient.email) {
      await platform.mail.send({ to: patient.email, subject: said(SUBJECT), text: said(LETTER), ...send });
    }
  },
);
