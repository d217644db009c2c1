import { readSeed } from '../seed.js';

/** At most this much of a question is read: people type three words, or paste what somebody wrote to them. */
const MAX_WORDS = 60;
const MAX_LENGTH = 400;

/** Words as the search compares them: no accents, no case, no apostrophes. The same as hub.search_text. */
export function wordsOf(text: string): string[] {
  return text
    .slice(0, MAX_LENGTH)
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/['’`]/g, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && word.length <= 40)
    .slice(0, MAX_WORDS);
}

/** Words that carry a wish and no thing; they count in phrases and are left out otherwise. Stop words of English are not here. */
const FILLERS = new Set(
  (
    'need needs want wants help helps helping looking look find finding get getting got give gives someone somebody something anything ' +
    'please people person persons personas gente near nearby around close where who how can cant cannot could couldnt would wouldnt dont doesnt didnt wont ' +
    'like i im ive id ill my me mine our us we you your local program programs ' +
    'service services place places pay paying take takes taking accept accepts use using know think feel feeling going trying try thing things way so really just still too much many very lot lots ever never because about get gets ' +
    'tengo tiene tienen esta estoy soy necesito necesita necesitamos quiero quiere queremos busco buscar buscando ayuda ayudar ayudame puedo puede con sin de del ' +
    'la el los las un una unos unas para por en y o mi mis me se que no es esta este donde como cerca quien hay lugar lugares programa programas ' +
    'servicio servicios pagar al'
  ).split(' '),
);

export function isFiller(word: string): boolean {
  return FILLERS.has(word);
}

/** Words that say for whom, how or on what terms, and not what: beside a thing they help to order what is found, and need not be met. */
const QUALIFIERS = new Set(
  (
    'free cheap cheaper cheapest low cost affordable afford inexpensive discount discounted gratis gratuito gratuita gratuitos gratuitas barato barata baratos baratas ' +
    'economico economica new nuevo nueva old viejo vieja good bueno buena best mejor nice bad broken used my own whole entire ' +
    'center centers centre centro centros office offices oficina oficinas agency agencies agencia organization group groups grupo class classes lesson lessons ' +
    'family families familia familias kid kids child children childs son sons daughter daughters nino ninos nina ninas hijo hijos hija hijas ' +
    'mother mothers mom moms father fathers dad dads parent parents husband wife spouse partner brother sister ex friend friends neighbor neighbors ' +
    'grandma grandpa grandmother grandfather grandson granddaughter uncle aunt cousin boyfriend girlfriend madre padre padres mama papa esposo esposa ' +
    'hermano hermana amigo amiga abuela abuelo abuelos vecino vecina man men woman women hombre hombres mujer mujeres adult adults adulto adultos boy boys girl girls ' +
    'baby babies infant infants newborn toddler toddlers teen teens teenager teenagers teenage bebe bebes joven jovenes adolescente adolescentes ' +
    'money cash dinero efectivo problem problems problema problemas trouble ' +
    'home house casa hogar here year years month months week weekend day days night nights ano anos mes meses today tonight tonite 2nite now ahora hoy today right away soon asap urgent urgente ' +
    'apply applying application file filing register renew replace replacement lost sign fill report become becoming ' +
    'bring come comes coming go make made put keep keeps start started stop stopped fix fixed fixing be being been am is are was were have has had do does did'
  ).split(' '),
);

/** "For my 3 year old". */
const AGE = /^\d{1,2}$/;

export function isQualifier(word: string): boolean {
  return QUALIFIERS.has(word) || AGE.test(word);
}

const everyday = readSeed('everyday-words.json') as { en: string[]; es: string[] };
const EVERYDAY = new Set([...everyday.en, ...everyday.es].flatMap((line) => line.split(' ')));

/** Words of everyday speech: no misspelling of anything, and beside a kind of help they only help to order. */
export function isEveryday(word: string): boolean {
  return EVERYDAY.has(word) || (/.{4}s$/.test(word) && EVERYDAY.has(word.slice(0, -1)));
}

/** Words that say for whom it is; kinds of help are named after them too, but "roof repair for seniors" looks for a roofer. */
const PEOPLE = new Set(
  (
    'senior seniors elderly elder elders older aging aged veteran veterans vet vets disabled disability disabilities handicapped youth youths teen teens ' +
    'teenager teenagers adolescent adolescents student students homeless immigrant immigrants refugee refugees pregnant single low income poor ' +
    'mayor mayores anciano ancianos anciana ancianas tercera edad veterano veteranos discapacitado discapacitados discapacidad joven jovenes adolescentes ' +
    'inmigrante inmigrantes embarazada embarazadas soltera solteras estudiantes bajos recursos ingresos ' +
    // How it is given.
    'hotline helpline line linea support group groups apoyo grupo grupos de'
  ).split(' '),
);

export function isPeople(word: string): boolean {
  return PEOPLE.has(word);
}

/** With what insurance, or none. */
const TERMS = new Set(
  'no without with uninsured insurance medicaid medicare takes accepts sin con tengo seguro aseguranza'.split(' '),
);

export function isTerm(word: string): boolean {
  return TERMS.has(word);
}
