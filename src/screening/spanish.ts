import type { Catalogue } from '../platform/sentences.js';

export const SCREENING_SPANISH: Catalogue = {
  'This screening is completed; begin another to ask again.':
    'Este cuestionario ya terminó; empiece otro para preguntar de nuevo.',
  'Choose a kind of need.': 'Elija un tipo de necesidad.',
  'Use at most {most} characters.': 'Use como máximo {most} caracteres.',
  'This patient has such a need already: go on with that one.': 'Esta persona ya tiene una así: siga con esa.',
  'This need has moved on, so this step is not possible. Load it again to see where it stands.':
    'Esta necesidad ya cambió. Ábrala de nuevo para ver cómo está.',
  'Say whether the need was met.': 'Diga si la necesidad quedó cubierta.',
  'This patient is no longer served.': 'Esta persona ya no se atiende aquí.',
  'Choose one of the forms in use.': 'Elija una de las hojas en uso.',
  'This form does not exist in that language.': 'Este cuestionario no existe en ese idioma.',
  'Answer the questions that must be answered, or say why not.':
    'Conteste las preguntas obligatorias o diga por qué no.',
  'This form is here already. A change of it needs a higher version.':
    'Este formulario ya está aquí. Para cambiarlo hace falta una versión más alta.',
  'This file is not JSON. Choose a form in JSON.': 'Este archivo no es JSON. Elija un formulario en JSON.',
  'This Questionnaire cannot be read. Check it against FHIR R4.':
    'Este Questionnaire no se puede leer. Compruébelo con FHIR R4.',
  'Choose a day after today, at most a year ahead.': 'Elija un día después de hoy, como máximo dentro de un año.',
  'Choose a day within the last year.': 'Elija un día del último año.',
  'This rule is here twice.': 'Esta regla está dos veces.',
  'Choose between 1 and 1095 days.': 'Elija entre 1 y 1095 días.',
  'This link no longer works. Ask your care team for a new one.':
    'Este enlace ya no funciona. Pida otro a su equipo de atención.',
  'This is not the birth date that your care team has.':
    'Esta no es la fecha de nacimiento que tiene su equipo de atención.',
  'This person did not agree to be reached this way. Hand the link over yourself.':
    'Esta persona no aceptó que se le contacte así. Entregue el enlace usted.',
  'There is no address to send it to. Add one to the patient first.':
    'No hay dirección a la que enviarlo. Añada una primero.',
  'Choose between 1 and 30 days.': 'Elija entre 1 y 30 días.',
  'Say what is to be reached.': 'Diga qué se quiere lograr.',
  'Choose today or a later day.': 'Elija hoy o un día posterior.',
  'Confirm the need with the patient first.': 'Confirme primero la necesidad con la persona.',
  'This goal has ended. Set a new one to go on.': 'Esta meta terminó. Ponga otra para seguir.',
};
