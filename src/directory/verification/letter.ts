import { inBoth } from '../../platform/mail/in-both.js';
import { fill, type Words } from '../../platform/words.js';

const SUBJECT: Words = {
  en: 'Is your listing still right?',
  es: '¿Siguen correctos los datos de su servicio?',
};
const TEXT: Words = {
  en: `Hello {agency},

people find you in the community directory. Please look at your listing{about}. It takes two minutes on a phone, and you need no account:

{link}

Opening the link changes nothing. It works until {until}, for this one listing. If it is not yours, do nothing.
`,
  es: `Hola, {agency}:

La gente los encuentra en el directorio de la comunidad. Por favor, revise los datos de su servicio{about}. Toma dos minutos en un teléfono y no necesita una cuenta:

{link}

Abrir el enlace no cambia nada. Funciona hasta el {until}, solo para este servicio. Si no es suyo, no haga nada.
`,
};

/**
 * The letter that asks an agency to check a listing; in both languages, since nobody knows the reader's. The name of a
 * service that says what somebody suffers from stays out of it.
 */
export function verificationLetter(facts: {
  agency: string;
  /** null where the name is not told. */
  service: string | null;
  link: string;
  until: Date;
}): { subject: string; text: string } {
  const { agency, service, link, until } = facts;
  const day = (locale: string): string =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'America/New_York' }).format(until);
  const text = fill(TEXT, {
    agency,
    about: service === null ? '' : ` “${service}”`,
    link,
    until: { en: day('en-US'), es: day('es-US') },
  });
  return inBoth(SUBJECT, text);
}
