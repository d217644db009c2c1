import { fill, type Language, type Words } from '../../platform/words.js';

interface LetterWords {
  subject: Words;
  text: Words;
}

const reset: LetterWords = {
  subject: { en: 'Choose a new password', es: 'Elija una contraseña nueva' },
  text: {
    en: `Hello {name},

someone, probably you, asked for a new password for the Community Referral Hub.

Choose it here: {link}

The link works for one hour and only once. If you did not ask for it, do nothing: your password stays as it is.
`,
    es: `Hola, {name}:

Alguien, probablemente usted, pidió una contraseña nueva para Community Referral Hub.

Elíjala aquí: {link}

El enlace funciona durante una hora y una sola vez. Si no lo pidió usted, no haga nada: su contraseña no cambia.
`,
  },
};

const invitation: LetterWords = {
  subject: {
    en: '{organization} invites you to the Community Referral Hub',
    es: '{organization} le invita a Community Referral Hub',
  },
  text: {
    en: `Hello,

{inviter} invites you to work for {organization} in the Community Referral Hub.

Accept here: {link}

The link works for seven days and only once. If you do not know {organization}, do nothing.
`,
    es: `Hola:

{inviter} le invita a trabajar para {organization} en Community Referral Hub.

Acepte aquí: {link}

El enlace funciona durante siete días y una sola vez. Si no conoce {organization}, no haga nada.
`,
  },
};

function written({ subject, text }: LetterWords, language: Language, values: Record<string, string>) {
  return { subject: fill(subject, values)[language], text: fill(text, values)[language] };
}

/** The letter behind `requestPasswordReset`. */
export function resetLetter(language: Language, values: { name: string; link: string }) {
  return written(reset, language, values);
}

/** The letter behind `inviteMember`; in both languages, since nobody knows the reader's. */
export function invitationLetter(values: { organization: string; inviter: string; link: string }) {
  const [english, spanish] = [written(invitation, 'en', values), written(invitation, 'es', values)];
  return { subject: english.subject, text: `${english.text}\n---\n\n${spanish.text}` };
}
