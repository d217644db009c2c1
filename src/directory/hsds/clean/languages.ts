/** A language named in a cell. */
interface Language {
  name: string;
  /** ISO 639-1, or 639-3 where there is no shorter one. */
  code: string | undefined;
  note: string | undefined;
}

export interface Languages {
  languages: Language[];
  /** What the cell says beside languages, such as "Accommodations possible." */
  rest: string | undefined;
}

const aliases: Readonly<Record<string, string>> = {
  yiddish: 'yi',
  'american sign language': 'ase',
  asl: 'ase',
  'a.s.l': 'ase',
  'sign language': 'ase',
  mandarin: 'cmn',
  cantonese: 'yue',
  farsi: 'fa',
  'haitian creole': 'ht',
  filipino: 'fil',
  phillipino: 'fil',
  tagalog: 'tl',
  portugese: 'pt',
  castilian: 'es',
  'cape verdean creole': 'kea',
  pashtu: 'ps',
  pushto: 'ps',
  oromifa: 'om',
  tigrigna: 'ti',
  khmer: 'km',
  cambodian: 'km',
  'mandarin chinese': 'cmn',
  burmese: 'my',
  moldovan: 'ro',
  flemish: 'nl',
  'simplified chinese': 'zh',
  'traditional chinese': 'zh',
  kiswahili: 'sw',
  twi: 'tw',
  hmong: 'hmn',
};

let codes: Map<string, string> | undefined;
const english = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

/** Every language name that ICU knows in English, lower case, with its ISO 639 code; the two-letter code wins. */
function names(): Map<string, string> {
  if (codes) return codes;
  codes = new Map();
  const abc = [...'abcdefghijklmnopqrstuvwxyz'];
  const two = abc.flatMap((a) => abc.map((b) => a + b));
  const three = two.flatMap((ab) => abc.map((c) => ab + c));
  for (const code of [...two, ...three]) {
    const name = english.of(code)?.toLowerCase();
    if (name && !codes.has(name)) codes.set(name, code);
  }
  for (const [name, code] of Object.entries(aliases)) codes.set(name, code);
  return codes;
}

/** ISO 639 code of a language given by name or by code. */
export function languageCode(text: string): string | undefined {
  const word = text.trim().toLowerCase().replace(/\.$/, '');
  const byName = names().get(word);
  if (byName) return byName;
  return /^[a-z]{2,3}$/.test(word) && english.of(word) ? word : undefined;
}

/** The language's name in English: "es" → "Spanish"; a name stays as it is written. */
export function languageName(text: string): string {
  const word = text.trim().replace(/\.$/, '');
  return (/^[a-z]{2,3}$/.test(word) && english.of(word)) || word;
}

// Languages that share a name with an everyday word or a person never count inside a sentence.
const sentenceNames =
  /\b(american sign language|sign language|a\.?s\.?l|haitian creole|cape verdean creole|spanish|french|russian|chinese|mandarin|cantonese|korean|vietnamese|arabic|amharic|german|italian|portugu?ese|polish|hebrew|hindi|urdu|farsi|persian|japanese|tagalog|greek|somali|swahili|nepali|bengali|tigrinya|ukrainian|turkish|creole|english)\b/gi;

/**
 * Cuts a cell such as "Spanish, ASL. Accommodations possible." into its languages and the rest. A sentence that says more
 * about a language than its name ("Spanish (call ahead)") is kept as that language's note.
 */
export function readLanguages(text: string): Languages {
  const languages: Language[] = [];
  const rest: string[] = [];
  const add = (name: string, note?: string) => {
    const code = languageCode(name);
    if (!languages.some((l) => (code ? l.code === code : l.name === name))) {
      languages.push({ name: languageName(name), code, note });
    }
  };
  for (const sentence of text.replace(/\ba\.s\.l\.?/gi, 'ASL').split(/(?<=[a-z)])[.;]\s*|\n+/i)) {
    const said = sentence.trim();
    if (!said) continue;
    const parts = said.split(/\s*(?:,|;|&|\/|\+|\band\b)\s*/i).filter(Boolean);
    if (parts.every((p) => languageCode(p) !== undefined)) {
      for (const part of parts) add(part);
      continue;
    }
    const named = /^(no|not|none)\b|\bnon-? ?english\b|\bexcept\b|\bother than\b/i.test(said)
      ? []
      : [...new Set(said.match(sentenceNames) ?? [])];
    for (const name of named) add(name, said);
    if (named.length === 0 && !/^none$/i.test(said)) rest.push(said);
  }
  return { languages, rest: rest.length > 0 ? `${rest.join('. ')}.`.replace(/\.\.$/, '.') : undefined };
}
