import { categoryLabel } from '../../access/sensitivity.js';
import { fill, join, type Words } from '../../platform/words.js';
import { CLASS_WORDS } from '../consent-scope.js';

/** What a detail of the audit is about. */
const NAMES: Readonly<Record<string, Words>> = {
  count: { en: 'How many', es: 'Cuántos' },
  fields: { en: 'What was changed', es: 'Qué se cambió' },
  filters: { en: 'Looked for', es: 'Se buscó por' },
  list: { en: 'List', es: 'Lista' },
  queue: { en: 'List', es: 'Lista' },
  categories: { en: 'Kinds of need', es: 'Tipos de necesidad' },
  sensitivities: { en: 'Sensitive matters', es: 'Asuntos delicados' },
  way: { en: 'How', es: 'Cómo' },
  withPrivate: { en: 'Sensitive matters shown', es: 'Con asuntos delicados' },
  reason: { en: 'Why', es: 'Por qué' },
  part2: { en: 'With substance use treatment', es: 'Con tratamiento por consumo de sustancias' },
  method: { en: 'How it was given', es: 'Cómo se dio' },
};

/** Values of the audit's details: fields of a record, filters and lists, queues, ways to consent. */
const VALUES: Readonly<Record<string, Words>> = {
  ...CLASS_WORDS,
  text: { en: 'words', es: 'palabras' },
  risk: { en: 'risk', es: 'riesgo' },
  mine: { en: 'own patients', es: 'pacientes propios' },
  needCategory: { en: 'kind of need', es: 'tipo de necesidad' },
  screeningDue: { en: 'screening due', es: 'cuestionario pendiente' },
  status: { en: 'status', es: 'estado' },
  overdue: { en: 'overdue', es: 'atrasado' },
  screeningsDue: { en: 'screenings due', es: 'cuestionarios pendientes' },
  highRisk: { en: 'high risk', es: 'riesgo alto' },
  givenName: { en: 'first name', es: 'nombre' },
  familyName: { en: 'last name', es: 'apellido' },
  preferredName: { en: 'preferred name', es: 'nombre preferido' },
  birthDate: { en: 'date of birth', es: 'fecha de nacimiento' },
  pronouns: { en: 'pronouns', es: 'pronombres' },
  gender: { en: 'gender', es: 'género' },
  language: { en: 'language', es: 'idioma' },
  interpreterNeeded: { en: 'interpreter', es: 'intérprete' },
  phone: { en: 'phone', es: 'teléfono' },
  email: { en: 'email', es: 'correo electrónico' },
  address1: { en: 'street', es: 'calle' },
  address2: { en: 'apartment', es: 'apartamento' },
  city: { en: 'city', es: 'ciudad' },
  state: { en: 'state', es: 'estado' },
  zip: { en: 'ZIP code', es: 'código postal' },
  county: { en: 'county', es: 'condado' },
  latitude: { en: 'place on the map', es: 'lugar en el mapa' },
  longitude: { en: 'place on the map', es: 'lugar en el mapa' },
  contactMethod: { en: 'how to reach them', es: 'cómo comunicarse' },
  contactTimes: { en: 'when to reach them', es: 'cuándo comunicarse' },
  contactWindows: { en: 'hours to reach them', es: 'horas para comunicarse' },
  phoneSafe: { en: 'whether the phone is safe', es: 'si el teléfono es seguro' },
  emailSafe: { en: 'whether the email is safe', es: 'si el correo es seguro' },
  contactNote: { en: 'note on reaching them', es: 'nota sobre cómo comunicarse' },
  voicemailOk: { en: 'voicemail', es: 'mensaje de voz' },
  householdSize: { en: 'size of the household', es: 'tamaño del hogar' },
  annualIncomeCents: { en: 'income', es: 'ingreso' },
  insurance: { en: 'insurance', es: 'seguro' },
  veteran: { en: 'served in the military', es: 'servicio militar' },
  disability: { en: 'disability', es: 'discapacidad' },
  caregiver: { en: 'cares for someone', es: 'cuida a alguien' },
  pregnant: { en: 'pregnancy', es: 'embarazo' },
  whatMatters: { en: 'what matters to them', es: 'lo que le importa' },
  timeZone: { en: 'time zone', es: 'zona horaria' },
  externalId: { en: 'number', es: 'número' },
  NEW: { en: 'new', es: 'nuevas' },
  OPEN: { en: 'open', es: 'abiertas' },
  OVERDUE: { en: 'overdue', es: 'atrasadas' },
  WAITING: { en: 'waiting', es: 'en espera' },
  IN_WORK: { en: 'being worked on', es: 'en curso' },
  STUCK: { en: 'stuck', es: 'detenidas' },
  DECLINED: { en: 'declined', es: 'rechazadas' },
  TO_CONFIRM: { en: 'to confirm', es: 'por confirmar' },
  LATE_HELP: { en: 'accepted, but no further', es: 'aceptadas, pero sin avance' },
  TO_DECIDE: { en: 'to decide', es: 'por decidir' },
  CLOSED: { en: 'closed', es: 'cerradas' },
  DONE: { en: 'done', es: 'terminadas' },
  ALL: { en: 'all', es: 'todas' },
  EMAIL: { en: 'by email', es: 'por correo electrónico' },
  TEXT: { en: 'by text message', es: 'por mensaje de texto' },
  MEDICAL_EMERGENCY: { en: 'a medical emergency', es: 'una emergencia médica' },
  DANGER: { en: 'danger now', es: 'peligro inmediato' },
  HELP_TODAY: { en: 'help needed today', es: 'ayuda necesaria hoy' },
  true: { en: 'yes', es: 'sí' },
  false: { en: 'no', es: 'no' },
  SIGNATURE: { en: 'signed', es: 'con firma' },
  PAPER: { en: 'signed on paper', es: 'con firma en papel' },
  VERBAL_WITNESSED: { en: 'by word of mouth, with a witness', es: 'de palabra, con testigo' },
};

const OTHER: Words = { en: 'something else', es: 'otra cosa' };

/** Whether a value of the audit has words of its own. */
export const hasWords = (value: string): boolean => Object.hasOwn(VALUES, value);

function valueWords(name: string, value: unknown): Words {
  const text = String(value);
  if (name === 'categories') return categoryLabel(text);
  if (typeof value === 'number') return { en: text, es: text };
  return VALUES[text] ?? OTHER;
}

/** One detail of the audit in words: `fields` and its values. No code is shown; what has no words is "something else". */
export function detailWords(name: string, values: readonly unknown[]): Words {
  const said = values.map((value) => valueWords(name, value));
  const words = said.filter((one, index) => said.findIndex(({ en }) => en === one.en) === index);
  return fill({ en: '{what}: {values}', es: '{what}: {values}' }, { what: NAMES[name] ?? OTHER, values: join(words) });
}
