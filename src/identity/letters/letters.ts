import { fill, join, type Language, type Words } from '../../platform/words.js';

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

/** What a person is told about their own account, so that a stranger's doing does not go unseen. */
export type Notice =
  'password' | 'second-factor-on' | 'second-factor-moved' | 'second-factor-off' | 'second-factor-reset';

const notYou: Words = {
  en: 'If that was not you, choose a new password at once: {link}',
  es: 'Si no fue usted, elija enseguida una contraseña nueva: {link}',
};
/** Each notice is one subject and one sentence between the same greeting and the same advice. */
const notices: Record<Notice, { subject: Words; sentence: Words }> = {
  password: {
    subject: { en: 'Your password was changed', es: 'Su contraseña cambió' },
    sentence: {
      en: 'the password of your account in the Community Referral Hub was changed. Other devices were signed out.',
      es: 'La contraseña de su cuenta en Community Referral Hub cambió. La sesión se cerró en los demás dispositivos.',
    },
  },
  'second-factor-on': {
    subject: { en: 'The second step at sign-in is on', es: 'El segundo paso al entrar está activado' },
    sentence: {
      en: 'the second step at sign-in is on. From now on the Community Referral Hub also asks you for a code from your phone.',
      es: 'El segundo paso al entrar está activado. Desde ahora Community Referral Hub también le pide un código de su teléfono.',
    },
  },
  'second-factor-moved': {
    subject: { en: 'The second step at sign-in was moved', es: 'El segundo paso al entrar cambió de lugar' },
    sentence: {
      en: 'the codes for the Community Referral Hub now come from another app or phone. The old app and the old recovery codes no longer work.',
      es: 'Los códigos para Community Referral Hub vienen ahora de otra aplicación o teléfono. La aplicación y los códigos de recuperación anteriores ya no sirven.',
    },
  },
  'second-factor-off': {
    subject: { en: 'The second step at sign-in is off', es: 'El segundo paso al entrar está desactivado' },
    sentence: {
      en: 'the second step at sign-in is off. The Community Referral Hub now asks you for your password alone.',
      es: 'El segundo paso al entrar está desactivado. Community Referral Hub ahora solo le pide su contraseña.',
    },
  },
  'second-factor-reset': {
    subject: {
      en: 'An administrator took away your second step at sign-in',
      es: 'Una persona administradora quitó su segundo paso al entrar',
    },
    sentence: {
      en: 'an administrator of {organization} took away the second step of your sign-in, as people ask for when a phone is lost. You were signed out everywhere. After you sign in, set it up again in your settings.',
      es: 'Una persona administradora de {organization} quitó el segundo paso de su entrada, como se pide cuando se pierde un teléfono. Su sesión se cerró en todas partes. Cuando entre, actívelo de nuevo en su configuración.',
    },
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

/** The letter that tells somebody what happened to their account. */
export function noticeLetter(
  language: Language,
  notice: Notice,
  values: { name: string; organization: string; link: string },
) {
  const { subject, sentence } = notices[notice];
  const greeting: Words = { en: 'Hello {name},', es: 'Hola, {name}:' };
  const text = join([greeting, sentence, notYou], '\n\n');
  return written({ subject, text: join([text, { en: '', es: '' }], '\n') }, language, values);
}
