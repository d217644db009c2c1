import type { Words } from '../../platform/words.js';
import type { Fault } from './read-rule.js';

/** Why a rule cannot be saved yet, and what to do. */
export const FAULT_WORDS: Readonly<Record<Fault, Words>> = {
  INCOMPLETE: {
    en: 'This rule is not filled in yet. Fill it in, or remove it.',
    es: 'Esta regla todavía no está completa. Complétela o quítela.',
  },
  REVERSED: {
    en: 'The lowest number is above the highest, so nobody fits. Swap the two, or correct one.',
    es: 'El número menor está por encima del mayor, así que nadie cumple. Cámbielos de lugar o corrija uno.',
  },
  OUT_OF_RANGE: {
    en: 'This number is not possible here. Correct it.',
    es: 'Este número no es posible aquí. Corríjalo.',
  },
  UNKNOWN_PLACE: {
    en: '“{about}” is not known. Write a state, a county such as Howard County, MD, or a ZIP code.',
    es: 'No se conoce “{about}”. Escriba un estado, un condado como Howard County, MD, o un código postal.',
  },
  UNKNOWN_VALUE: {
    en: '“{about}” is not possible here. Choose from the list.',
    es: '“{about}” no es posible aquí. Elija de la lista.',
  },
  TOO_DEEP: {
    en: 'There are too many groups inside each other. Make it simpler.',
    es: 'Hay demasiados grupos uno dentro de otro. Hágalo más sencillo.',
  },
};

/** What rules that can be saved do wrong all the same, and what to change. */
export const WARNING_WORDS = {
  NOBODY_BOTH: {
    en: 'Nobody can meet rule {one} and rule {other} at once. If one of the two is enough, put them in a group “one of these is enough”; else change one.',
    es: 'Nadie puede cumplir la regla {one} y la regla {other} a la vez. Si basta con una de las dos, póngalas en un grupo “basta con una de estas”; si no, cambie una.',
  },
  NOBODY_ALONE: {
    en: 'Nobody can meet this rule. Change it.',
    es: 'Nadie puede cumplir esta regla. Cámbiela.',
  },
  NOBODY_ALL: {
    en: 'Nobody can meet all of these rules at once. Change or remove one.',
    es: 'Nadie puede cumplir todas estas reglas a la vez. Cambie o quite una.',
  },
  NO_INCOME: {
    en: 'A limit of 0 shuts out everyone who has any income. Write the highest income that is allowed, or remove the rule.',
    es: 'Un límite de 0 excluye a todas las personas con algún ingreso. Escriba el ingreso más alto permitido o quite la regla.',
  },
  OUTSIDE_AREA: {
    en: '{places}: outside the area that this service covers ({area}). Remove it here, or add it to the area.',
    es: '{places}: fuera de la zona que cubre este servicio ({area}). Quítelo aquí o agréguelo a la zona.',
  },
  SHUTS_NOBODY_OUT: {
    en: 'This rule shuts nobody out. Remove it, or make it stricter.',
    es: 'Esta regla no excluye a nadie. Quítela o hágala más estricta.',
  },
  SAID_ALREADY: {
    en: 'Rule {other} says this already. Remove one of the two.',
    es: 'La regla {other} ya lo dice. Quite una de las dos.',
  },
  EVERYONE_AND_OTHERS: {
    en: '“Open to everyone” means nothing beside other rules. Remove it, or remove the others.',
    es: '“Abierto a todas las personas” no significa nada junto a otras reglas. Quítela o quite las otras.',
  },
  UNREADABLE: {
    en: 'Some rules of this listing cannot be read ({count}). Saving takes them out: say here what they should say.',
    es: 'Algunas reglas de esta ficha no se pueden leer ({count}). Al guardar se quitan: diga aquí lo que deben decir.',
  },
} as const satisfies Record<string, Words>;
