import type { Catalogue } from '../platform/sentences.js';

export const CASELOAD_SPANISH: Catalogue = {
  'Send 1 to 5 papers at once.': 'Envíe de 1 a 5 documentos a la vez.',
  'Use at most 500 characters.': 'Use como máximo 500 caracteres.',
  'Choose the paper again.': 'Elija otra vez el documento.',
  'Nobody reads papers here. Bring them to the agency.': 'Aquí nadie lee documentos. Llévelos a la organización.',
  'You sent many papers today. Send the others tomorrow, or call your care team.':
    'Hoy envió muchos documentos. Envíe los demás mañana o llame a su equipo de atención.',
  'Your care team has looked at it already. Call them if it was a mistake.':
    'Su equipo ya lo revisó. Llámelo si fue un error.',
  'Choose a consent of this person that holds now.': 'Elija un consentimiento de esta persona que esté vigente.',
  'This paper is kept with another consent already.': 'Este documento ya está guardado con otro consentimiento.',
  'This consent has its signature already. Record a new one if the paper says more.':
    'Este consentimiento ya tiene su firma. Registre uno nuevo si el documento dice más.',
  'A signature is kept as a photo or a PDF. Ask for one of these.':
    'Una firma se guarda como foto o PDF. Pida uno de estos.',
  'This person is no longer around the patient.': 'Esta persona ya no está cerca del paciente.',
  'This person has a record already.': 'Esta persona ya tiene un expediente.',
  'This is the record of the patient.': 'Este es el expediente del propio paciente.',
  'This record belongs to somebody else around the patient.': 'Este expediente es de otra persona cercana al paciente.',
  'Say in a sentence what has happened.': 'Diga en una frase qué ha pasado.',
  'Use at most 1000 characters.': 'Use como máximo 1000 caracteres.',
  'Only a medical emergency has this.': 'Esto es solo para una emergencia médica.',
  'Say in a few words what kind of emergency it is.': 'Diga en pocas palabras qué tipo de emergencia es.',
  'Enter the whole name and the date of birth.': 'Escriba el nombre completo y la fecha de nacimiento.',
  'You opened enough protected records for today.': 'Ya abrió suficientes expedientes protegidos por hoy.',
  'We found no such record. Check the name and the date of birth.':
    'No encontramos ese expediente. Revise el nombre y la fecha de nacimiento.',
  'Choose colleagues who are care managers or supervisors.': 'Elija colegas que coordinen o supervisen la atención.',
  'Choose at least one colleague who sees the record.': 'Elija al menos a una persona que vea el expediente.',
  'Say what has to be looked into.': 'Diga qué hay que investigar.',
  'Somebody else has to review what you opened.': 'Otra persona tiene que revisar lo que usted abrió.',
  'Leave this out when the patient agreed.': 'Déjelo vacío si fue la propia persona quien aceptó.',
  'Choose who agreed for the patient.': 'Elija quién aceptó en nombre de la persona.',
  'This person has no authority to decide for the patient today.':
    'Hoy esta persona no tiene autoridad para decidir por el paciente.',
  'Choose one organization, or all community agencies.':
    'Elija una organización, o todas las organizaciones comunitarias.',
  'Choose an agency of the directory.': 'Elija una organización del directorio.',
  'Choose at least one kind of need.': 'Elija al menos un tipo de necesidad.',
  'Choose a kind of need.': 'Elija un tipo de necesidad.',
  'Some of this is sensitive: name what it reveals, or leave that kind of need out.':
    'Una parte es delicada: nombre lo que revela, o deje fuera ese tipo de necesidad.',
  'Name who witnessed it.': 'Diga quién fue testigo.',
  'Read the text aloud word for word, or say where and how it was noted down.':
    'Lea el texto en voz alta palabra por palabra, o diga dónde y cómo se anotó.',
  'Keep the signature or the scan, or say where the signed form is.':
    'Guarde la firma o la copia, o diga dónde está el formulario firmado.',
  'Sign or attach the file again.': 'Firme o adjunte el archivo otra vez.',
  'Choose someone around the patient.': 'Elija a alguien cercano a la persona.',
  'Sensitive matters are never shown to someone around the patient.':
    'Los asuntos delicados nunca se muestran a personas cercanas.',
  'This purpose does not fit who may receive.': 'Este fin no corresponde a quien puede recibir.',
  'About violence at home, the consent may last at most 180 days.':
    'Sobre violencia en el hogar, el consentimiento puede durar como máximo 180 días.',
  'This consent names no event that ends it.': 'Este consentimiento no indica ningún hecho que le ponga fin.',
  'Say until when it holds, or which event ends it.': 'Diga hasta cuándo vale, o qué hecho le pone fin.',
  'The last day cannot be in the past.': 'El último día no puede estar en el pasado.',
  'For substance use, name the organization that receives it.':
    'Sobre consumo de sustancias, nombre a la organización que recibe la información.',
  'For substance use, the consent must be signed.': 'Si trata del uso de drogas, el permiso debe llevar firma.',
  'About violence at home, the consent must be signed.':
    'Sobre violencia en el hogar, el consentimiento debe estar firmado.',
  'About violence at home, the consent needs a last day.':
    'Sobre violencia en el hogar, el consentimiento necesita un último día.',
  'Use at most {most} characters.': 'Use como máximo {most} caracteres.',
  'May be revoked at any time, in writing or by telling {who}, except for what was shared before.':
    'Se puede revocar en cualquier momento, por escrito o avisando a {who}, salvo lo que ya se compartió.',
  'What {who} receives could be passed on and then no longer be protected by 42 CFR part 2. Care does not depend on signing.':
    'Lo que reciba {who} podría pasarse a otros y entonces ya no estar protegido por 42 CFR parte 2. La atención no depende de firmar.',
  'Say which authority these days belong to.': 'Diga a qué autoridad corresponden estos días.',
  'The last day cannot be before the first.': 'El último día no puede ser anterior al primero.',
  'Choose a colleague who is a care manager.': 'Elija a un colega que coordine la atención.',
  'First record what the patient lets this person see.': 'Primero registre qué deja ver el paciente a esta persona.',
  'Enough links were made for today.': 'Ya se crearon suficientes enlaces por hoy.',
  'Enter a name.': 'Escriba un nombre.',
  'Enter a name made of letters.': 'Escriba un nombre con letras.',
  'This text has characters that cannot be kept.': 'Este texto tiene caracteres que no se pueden guardar.',
  'This cannot be left empty.': 'Esto no puede quedar vacío.',
  'Enter a phone number with its area code, such as 410-555-0123.':
    'Escriba un teléfono con su código de área, como 410-555-0123.',
  'Enter an e-mail address, such as name@example.org.': 'Escriba un correo electrónico, como nombre@example.org.',
  'Choose a language.': 'Elija un idioma.',
  'Enter a whole number from {least} to {most}.': 'Escriba un número entero de {least} a {most}.',
  'Add the hours, or say that any time is fine.': 'Agregue las horas, o diga que cualquier hora está bien.',
  'Enter hours that begin before they end.': 'Escriba horas que empiecen antes de terminar.',
  'Choose a time zone.': 'Elija una zona horaria.',
  'Use at most 20 short entries.': 'Use como máximo 20 textos cortos.',
  'A date of birth cannot be in the future.': 'La fecha de nacimiento no puede estar en el futuro.',
  'Check the year of birth.': 'Revise el año de nacimiento.',
  'Use the two letters of a state, such as MD.': 'Use las dos letras de un estado, como MD.',
  'This ZIP code is not known.': 'Este código postal no se conoce.',
  'This ZIP code is in {state}.': 'Este código postal está en {state}.',
  'Only a care manager can take a patient.': 'Solo quien coordina la atención puede tomar un paciente.',
  'A patient with this number is registered already.': 'Ya hay una persona registrada con este número.',
  'This needs a person who is signed in, not an API key.':
    'Esto necesita una persona con la sesión iniciada, no una clave.',
  'This person has died: nobody can agree for them.': 'Esta persona falleció: nadie puede aceptar por ella.',
  'This person has died: nobody opens their page any more.': 'Esta persona falleció: nadie abre ya su página.',
};
