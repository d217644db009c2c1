import type { Words } from '../../platform/words.js';

/** What a list says around its listings, on paper and in letters. */
export const LIST_WORDS = {
  title: { en: 'My list of help', es: 'Mi lista de ayuda' },
  before: { en: 'Call before you go. Hours can change.', es: 'Llame antes de ir. El horario puede cambiar.' },
  when: { en: 'When', es: 'Cuándo' },
  where: { en: 'Where', es: 'Dónde' },
  phone: { en: 'Phone', es: 'Teléfono' },
  apply: { en: 'How to get it', es: 'Cómo obtenerlo' },
  bring: { en: 'Bring', es: 'Lleve' },
  cost: { en: 'Cost', es: 'Costo' },
  checked: { en: 'Checked on {day}', es: 'Revisado el {day}' },
  unchecked: { en: 'Not checked yet. Call first.', es: 'Todavía sin revisar. Llame primero.' },
  ended: { en: 'This help is not offered now.', es: 'Esta ayuda no se ofrece por ahora.' },
  scan: {
    en: 'Scan this code with your phone to see this list.',
    es: 'Escanee este código con su teléfono para ver esta lista.',
  },
  page: { en: 'Page {page} of {pages}', es: 'Página {page} de {pages}' },
  printed: { en: 'Made on {day}', es: 'Hecha el {day}' },
} satisfies Record<string, Words>;
