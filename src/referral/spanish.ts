import type { Catalogue } from '../platform/sentences.js';

export const REFERRAL_SPANISH: Catalogue = {
  'The person sent this paper themselves: it is on their page already.':
    'La propia persona envió este documento: ya está en su página.',
  'The person marked this paper as private. It may only go where it was sent for: ask them first.':
    'La persona marcó este documento como privado. Solo puede ir a donde lo envió: pregúntele antes.',
  'This paper is about a sensitive matter. It may only go to the agency that it was sent for.':
    'Este documento trata de un asunto delicado. Solo puede ir a la organización para la que se envió.',
  'This agency does not read about the person any more.': 'Esta organización ya no puede leer sobre la persona.',
  'This agency has the paper already.': 'Esta organización ya tiene el documento.',
  'Use at most {most} characters.': 'Use como máximo {most} caracteres.',
  'There is nothing to confirm on this referral.': 'En esta referencia no hay nada que confirmar.',
  'Confirm first that the patient wants help with each of these needs.':
    'Confirme antes que la persona desea ayuda con cada una de estas necesidades.',
  'This service is not offered at the moment.': 'Este servicio no se ofrece en este momento.',
  'This service takes no referrals through the hub. Help the patient to contact it.':
    'Este servicio no recibe referencias por este sistema. Ayude a la persona a comunicarse con él.',
  'This is a service of your own organization: nothing needs to be sent.':
    'Este servicio es de su propia organización: no hace falta enviar nada.',
  'This patient is not active any more.': 'Esta persona ya no está activa.',
  'The consent has ended, so nothing more may be shared. Ask the patient again, or cancel the referral.':
    'El consentimiento terminó y no se puede compartir nada más. Pregunte de nuevo a la persona, o cancele la referencia.',
  'Write something first.': 'Primero escriba algo.',
  'No consent of the person covers this agency.': 'La persona no dio permiso para esta organización.',
  'This referral is still open. Take it back, or pass it on.':
    'Esta referencia sigue abierta. Puede retirarla o pasarla a otros.',
  'Nothing can follow a referral that was a mistake. Send a new one.':
    'No se puede continuar una referencia enviada por error. Envíe una nueva.',
  'This referral is about somebody else.': 'Esta referencia es de otra persona.',
  'Opening it again goes to the same service. To ask another one, pass it on.':
    'Al reabrirla se pide al mismo servicio. Para pedir a otro, pásela.',
  'This service has it already. Choose another one.': 'Este servicio ya la tiene. Elija otro.',
  'This service takes no referrals now. Name another one.': 'Este servicio no recibe referencias ahora. Indique otro.',
  'Somebody has gone on with this referral already.': 'Alguien ya continuó con esta referencia.',
  'The agency has accepted it meanwhile. Write to them, or cancel it if help must stop.':
    'La organización la aceptó mientras tanto. Escríbale, o cancélela si la ayuda debe parar.',
  'This is an assessment: say what was found.': 'Es una evaluación: diga qué se encontró.',
  'Nobody asked for an assessment: say what help was given.': 'Nadie pidió una evaluación: diga qué ayuda se dio.',
  'Say what was found.': 'Diga qué se encontró.',
  'The service says it has no room right now.': 'El servicio dice que no tiene cupo en este momento.',
  'This patient already has an open referral to this service.':
    'Esta persona ya tiene una referencia abierta a este servicio.',
  'Choose a colleague who may see this patient.': 'Elija a un colega que pueda ver a esta persona.',
  'At most {most} colleagues can follow a referral.': 'Como máximo {most} colegas pueden seguir una referencia.',
  'You went on with this somewhere else. Load it again.': 'Usted siguió con esto en otro lugar. Cárguelo de nuevo.',
  'This help cannot be asked for here. Please call them.': 'Esta ayuda no se puede pedir aquí. Por favor, llámeles.',
  'Enough was asked for there today. Try again tomorrow, or call them.':
    'Hoy ya se pidió bastante allí. Inténtelo mañana o llámeles.',
  'This has ended already. Nothing is left to take back.': 'Esto ya terminó. No queda nada que retirar.',
  'What you agree to has changed. Please read it again.': 'Cambió lo que usted acepta. Por favor, léalo de nuevo.',
  'This is not the code. Look again at what we sent.': 'Este no es el código. Mire de nuevo lo que le enviamos.',
  'This code does not work any more. Ask for a new one.': 'Este código ya no funciona. Pida uno nuevo.',
  'Nobody reads messages on this referral.': 'Nadie lee mensajes en esta referencia.',
  'A referral is sent by a person.': 'Una referencia la envía una persona.',
  'This referral changed while you were looking at it. Here is how it stands now.':
    'Esta referencia cambió mientras la miraba. Así está ahora.',
  'This link no longer works. The referral may have been taken back or given to somebody else. Ask the sender.':
    'Este enlace ya no funciona. Es posible que la referencia se haya retirado o pasado a otra organización. Pregunte a quien la envió.',
  'This answer does not fit how the referral stands.': 'Esta respuesta no corresponde a cómo está la referencia.',
  'Write a message to the sender instead.': 'Mejor escriba un mensaje a quien la envió.',
  'This is not a phone number.': 'Esto no es un número de teléfono.',
  'Choose an hour of the day.': 'Elija una hora del día.',
  'This referral is not in your inbox any more.': 'Esta referencia ya no está en su bandeja.',
  'This referral is finished and cannot change.': 'Esta referencia terminó y no puede cambiar.',
  'Choose somebody who works at your agency now.': 'Elija a alguien que trabaje ahora en su organización.',
  'This is needed.': 'Esto es necesario.',
  'Say who told you.': 'Indique quién se lo dijo.',
  'Say what is right.': 'Indique qué es lo correcto.',
  'What was said is written down by a person.': 'Lo que se dijo lo anota una persona.',
  'Choose a time since the last answer, within two weeks, and not ahead of now.':
    'Elija un momento desde la última respuesta, dentro de dos semanas y no en el futuro.',
  'The person stopped sharing before there was an answer. Decide on that first.':
    'La persona dejó de compartir antes de que hubiera respuesta. Decida primero sobre eso.',
  'Another agency has accepted this already. Call this one to say so.':
    'Otra organización ya aceptó esto. Llame a esta para avisarle.',
  'Choose a day from now on, within two years.': 'Elija un día a partir de hoy, dentro de dos años.',
  'Give the place on the list as a number from 1 to 9999.': 'Indique el lugar en la lista con un número del 1 al 9999.',
  'Someone has done this already.': 'Alguien ya lo hizo.',
  'There is nothing to decide on this referral.': 'No hay nada que decidir sobre esta referencia.',
  'The agency has not answered and cannot see it any more. Withdraw it, or ask the patient for a new consent.':
    'La organización no respondió y ya no puede verla. Retírela o pida a la persona otro consentimiento.',
  'Another agency was faster and is helping now. Thank you: you need do nothing more.':
    'Otra organización fue más rápida y ya está ayudando. Gracias: no tiene que hacer nada más.',
  'Choose one service of each agency.': 'Elija un servicio de cada organización.',
  'Give hours as two times, such as 09:00 and 17:00.': 'Indique el horario con dos horas, por ejemplo 09:00 y 17:00.',
  'These hours overlap. Give each time of the week once.':
    'Estos horarios se superponen. Indique cada hora de la semana una sola vez.',
  'Give at least two hours a week in which somebody can answer.':
    'Indique al menos dos horas por semana en las que alguien pueda responder.',
  'Give a number from {least} to {longest}.': 'Indique un número de {least} a {longest}.',
  'Give at most 200 days.': 'Indique como máximo 200 días.',
  'Give days of the calendar.': 'Indique días del calendario.',
  'Choose a time zone of the list.': 'Elija una zona horaria de la lista.',
  'Someone changed this while you were looking at it. Look at it again.':
    'Alguien lo cambió mientras usted lo miraba. Mírelo de nuevo.',
  'Only somebody who was reached can say whether it helped.':
    'Solo alguien con quien se habló puede decir si le ayudó.',
  'Choose a day from today on, within a year.': 'Elija un día desde hoy, dentro de un año.',
  'Choose a service, or write down who was asked.': 'Elija un servicio, o anote a quién se preguntó.',
  'A consent names an agency of the directory. Let the person speak, or tell nothing about them.':
    'Un consentimiento nombra una organización del directorio. Deje hablar a la persona, o no cuente nada de ella.',
  'This has moved on, so this step is not possible. Load it again to see where it stands.':
    'Esto ya cambió y el paso no es posible. Cárguelo de nuevo para ver cómo está.',
  'Nobody has answered yet. Come back when they have.': 'Todavía nadie respondió. Vuelva cuando lo hagan.',
  'The secret is wrong.': 'La clave no es correcta.',
  'A mail is expected.': 'Se espera un correo.',
  'Attach at most 5 files, each once.': 'Adjunte 5 archivos como máximo, cada uno una vez.',
  'Attach the file again.': 'Adjunte el archivo otra vez.',
  'A letter with a link left a few minutes ago. Give it a moment.':
    'Hace unos minutos salió una carta con un enlace. Espere un momento.',
  'The person has died: nobody can agree for them. Withdraw it, or keep it where it still helps others.':
    'La persona falleció: nadie puede aceptar por ella. Retírela, o manténgala si todavía ayuda a otros.',
};
