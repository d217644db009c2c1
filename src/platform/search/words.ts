/** At most this many words of a question are read; people type three. */
const MAX_WORDS = 16;
const MAX_LENGTH = 200;

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
    'need needs want wants help helps helping looking look find finding get getting give someone somebody something anything ' +
    'please people person persons personas gente near nearby around close where who how can could would like i im my me mine our us we you your local program programs ' +
    'service services place places pay paying tengo necesito necesita quiero busco buscar buscando ayuda ayudar ayudame con de del ' +
    'la el los las un una unos unas para por en y o mi mis me se que donde como cerca quien hay lugar lugares programa programas ' +
    'servicio servicios pagar al'
  ).split(' '),
);

export function isFiller(word: string): boolean {
  return FILLERS.has(word);
}
