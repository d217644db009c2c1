import type { Catalogue } from '../platform/sentences.js';

export const IDENTITY_SPANISH: Catalogue = {
  'The e-mail address or the password is not right.': 'El correo electrónico o la contraseña no son correctos.',
  'Too many attempts. Try again {when}.': 'Demasiados intentos. Inténtelo de nuevo {when}.',
  'Too many attempts. Try again {when}. If that was not you, choose a new password.':
    'Demasiados intentos. Inténtelo de nuevo {when}. Si no fue usted, elija una contraseña nueva.',
  'in a minute': 'en un minuto',
  'in {minutes} minutes': 'en {minutes} minutos',
  'You belong to no organization at the moment. Ask an administrator there to invite you.':
    'En este momento no pertenece a ninguna organización. Pida una invitación a quien la administra.',
  'Only a person who is signed in may do this.': 'Solo puede hacerlo una persona con la sesión iniciada.',
  'Use at least {least} characters. A few unrelated words are easy to remember.':
    'Use al menos {least} caracteres. Unas pocas palabras sin relación son fáciles de recordar.',
  'Use at most {most} characters.': 'Use como máximo {most} caracteres.',
  'Your password may not contain your e-mail name.':
    'Su contraseña no puede contener el nombre de su correo electrónico.',
  'This password is among the first that are tried. Choose one that is harder to guess.':
    'Esta contraseña está entre las primeras que se prueban. Elija una más difícil de adivinar.',
  'This is not your present password.': 'Esta no es su contraseña actual.',
  'This link no longer works. Ask for a new one.': 'Este enlace ya no sirve. Pida uno nuevo.',
  'The hub speaks English and Spanish.': 'El sistema habla inglés y español.',
  'Write your name, with at most 200 letters.': 'Escriba su nombre, con 200 letras como máximo.',
  'Say what the key is for, with at most 100 letters.': 'Diga para qué es la clave, con 100 letras como máximo.',
  'A key may do no more than you may yourself.': 'Una clave no puede hacer más que usted.',
  'Choose today or a later day.': 'Elija hoy o un día posterior.',
  'This invitation is for another e-mail address. Sign out first.':
    'Esta invitación es para otro correo. Primero cierre su sesión.',
  'There is an account for your e-mail address already. Give its password, or ask for a new one first.':
    'Ya hay una cuenta con su correo electrónico. Escriba su contraseña, o pida antes una nueva.',
  'This invitation no longer works. Ask for a new one.': 'Esta invitación ya no sirve. Pida una nueva.',
  'This person is no longer a member. Invite them again.': 'Esta persona ya no es miembro. Invítela de nuevo.',
  'You cannot give yourself a role. Ask another administrator.':
    'No puede darse una función a sí mismo. Pídalo a otra persona que administre.',
  'This is the only administrator. Make somebody else one first.':
    'Es la única persona que administra. Nombre antes a otra.',
  'Choose at least one role.': 'Elija al menos una función.',
  'This role does not exist in your kind of organization.': 'Esta función no existe en su tipo de organización.',
  'This is not an e-mail address.': 'Esto no es un correo electrónico.',
  'This person is a member already.': 'Esta persona ya es miembro.',
  'Too many invitations are waiting. Withdraw some first.':
    'Hay demasiadas invitaciones pendientes. Retire antes algunas.',
  'Change your own second step in your settings, or ask another administrator.':
    'Cambie su segundo paso en su configuración, o pídalo a otra persona que administre.',
  'The second step is off already.': 'El segundo paso ya está desactivado.',
  'This invitation was used already.': 'Esta invitación ya se usó.',
  'This code is not right, or it was used already. Wait for the next one.':
    'Este código no es correcto o ya se usó. Espere el siguiente.',
  'Too much time has passed, or too many codes were wrong. Sign in again.':
    'Pasó mucho tiempo o hubo muchos códigos malos. Entre de nuevo.',
  'Give your password and a code first: from the app you have, or a recovery code.':
    'Escriba antes su contraseña y un código: el de su aplicación, o uno de recuperación.',
  'Too much has changed meanwhile. Start again and scan the new picture.':
    'Mientras tanto cambiaron muchas cosas. Empiece de nuevo y escanee la imagen nueva.',
  'This code is not right. Check that the time on your phone is.':
    'Este código no es correcto. Revise que la hora de su teléfono sí lo sea.',
  'Your role needs the second step, so it stays on. You can move it to another app or phone.':
    'Su función necesita el segundo paso, así que sigue activado. Puede pasarlo a otra aplicación o teléfono.',
  'There is no such file.': 'Ese archivo no existe.',
  'This link no longer works.': 'Este enlace ya no sirve.',
  'A name of at most 200 characters is expected.': 'Se espera un nombre de 200 caracteres como máximo.',
  'The file is empty.': 'El archivo está vacío.',
  'The file is larger than {most} MB.': 'El archivo pesa más de {most} MB.',
  'Only PDF, pictures, plain text and Word or OpenDocument texts can be attached.':
    'Solo se pueden adjuntar PDF, imágenes, texto simple y documentos de Word u OpenDocument.',
  'Send the file again.': 'Envíe el archivo otra vez.',
  'Too many files wait to be attached. Try again tomorrow.': 'Hay demasiados archivos sin adjuntar. Inténtelo mañana.',
  'This is not the password of the person who handed the device over.':
    'Esta no es la contraseña de la persona que entregó el dispositivo.',
};
