import { defineLetter } from '../../caseload/index.js';
import { linkToken, Organization, tokenLink } from '../../identity/index.js';
import { fill, type Words } from '../../platform/words.js';
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
/** The letter with the link of a pass that still works. It goes when and how the patient said that it is safe. */
export const screeningLetter = defineLetter({
  name: 'screening-link',
  async words(em, { aboutId }, { config, clock }) {
    const pass = aboutId ? await em.findOne(ScreeningPass, aboutId) : null;
    if (!pass || pass.revokedAt || pass.endedAt || pass.expiresAt <= clock.now()) return null;
    const organization = await em.findOne(Organization, pass.careOrgId);
    const day = (locale: string): string =>
      new Intl.DateTimeFormat(locale, {
        dateStyle: 'long',
        timeZone: organization?.timeZone ?? 'America/New_York',
      }).format(pass.expiresAt);
    const values = {
      care: organization?.name ?? '',
      link: tokenLink(config, 'questions', linkToken(config.secret, PASS_PURPOSE, pass.id)),
      until: { en: day('en-US'), es: day('es-US') },
    };
    return { subject: fill(SUBJECT, values), text: fill(LETTER, values) };
  },
});
