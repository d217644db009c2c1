import type { Catalogue } from './sentences.js';

export const PLATFORM_SPANISH: Catalogue = {
  'Sign in first.': 'Primero inicie sesión.',
  'You may not do this.': 'Usted no puede hacer esto.',
  '{what} was not found.': 'No se encontró: {what}.',
  This: 'esto',
  Thing: 'esto',
  'API key': 'la clave',
  Change: 'el cambio',
  Consent: 'el consentimiento',
  Location: 'el lugar',
  Membership: 'la persona',
  Need: 'la necesidad',
  Organization: 'la organización',
  Patient: 'la persona',
  PopulationReport: 'el informe',
  Referral: 'la referencia',
  Screening: 'el cuestionario',
  Service: 'el servicio',
  Suggestion: 'la sugerencia',
  User: 'la cuenta',
  'Someone else changed this in the meantime. Load it again and repeat your change.':
    'Otra persona cambió esto mientras tanto. Cárguelo de nuevo y repita su cambio.',
  'Very many people are using the hub right now. Try again in a moment.':
    'Muchas personas usan el sistema en este momento. Inténtelo de nuevo en un momento.',
  'Too many attempts. Try again in a few minutes.': 'Demasiados intentos. Inténtelo de nuevo en unos minutos.',
  'Not read, because another part of this request failed.': 'No se leyó, porque falló otra parte de la petición.',
  'Something went wrong on our side.': 'Algo falló de nuestro lado.',
  'An idempotency key has 8 to 100 characters.': 'Una clave de repetición tiene de 8 a 100 caracteres.',
  'This key was used for another request.': 'Esta clave ya se usó para otra petición.',
  'This operation could return too much (cost {cost} of at most {most}). Ask for smaller pages or fewer nested lists.':
    'Esta operación podría devolver demasiado (costo {cost} de {most} como máximo). Pida páginas más pequeñas o menos listas anidadas.',
  'Too many subscriptions on one connection.': 'Demasiadas suscripciones en una conexión.',
  'In a browser session only the operations of this release of the web client run. Reload the page.':
    'En el navegador solo funcionan las operaciones de esta versión de la página. Vuelva a cargarla.',
  'Requests from other sites are refused.': 'No se aceptan peticiones de otros sitios.',
  'The body is not valid JSON.': 'El cuerpo no es JSON válido.',
  'The request is too large.': 'La petición es demasiado grande.',
  'The body must be application/json.': 'El cuerpo debe ser application/json.',
  'Too many requests. Try again in a minute.': 'Demasiadas peticiones. Inténtelo de nuevo en un minuto.',
  'The request cannot be answered.': 'La petición no se puede responder.',
};
