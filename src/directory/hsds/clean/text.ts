const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  rsquo: '’',
  lsquo: '‘',
  rdquo: '”',
  ldquo: '“',
  sbquo: '‚',
  bdquo: '„',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  bull: '•',
  middot: '·',
  reg: '®',
  copy: '©',
  trade: '™',
  deg: '°',
  frac12: '½',
  frac14: '¼',
  frac34: '¾',
  sect: '§',
  para: '¶',
  dagger: '†',
  Dagger: '‡',
  not: '¬',
  laquo: '«',
  raquo: '»',
  times: '×',
  divide: '÷',
  plusmn: '±',
  cent: '¢',
  pound: '£',
  euro: '€',
  aacute: 'á',
  eacute: 'é',
  iacute: 'í',
  oacute: 'ó',
  uacute: 'ú',
  ntilde: 'ñ',
  uuml: 'ü',
  ouml: 'ö',
  auml: 'ä',
  ccedil: 'ç',
  agrave: 'à',
  egrave: 'è',
  ecirc: 'ê',
  ocirc: 'ô',
  acirc: 'â',
  szlig: 'ß',
  oslash: 'ø',
  aring: 'å',
  Aacute: 'Á',
  Eacute: 'É',
  Iacute: 'Í',
  Oacute: 'Ó',
  Uacute: 'Ú',
  Ntilde: 'Ñ',
  Uuml: 'Ü',
  Ouml: 'Ö',
  Auml: 'Ä',
  Ccedil: 'Ç',
  iquest: '¿',
  iexcl: '¡',
  shy: '',
  zwj: '',
  zwnj: '',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
};

/** HTML character references turned into the characters they stand for; unknown ones stay. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,8}));/gi,
    (whole, decimal, hex, name: string | undefined) => {
      if (name !== undefined) return named[name] ?? named[name.toLowerCase()] ?? whole;
      const code = decimal ? Number(decimal) : Number.parseInt(String(hex), 16);
      return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : whole;
    },
  );
}

// What a cell holds when it holds nothing: a spreadsheet's null, the folded-text sign of a YAML export, notes that are elsewhere.
const nothing = /^(?:null|nil|none given|undefined|n\/a|#n\/a|#ref!|nan|>-|\|-|-+|\.+|see notes?\.?)$/i;
// Tab, line feed and carriage return are text; other control characters and invisible joiners are not.
// eslint-disable-next-line no-control-regex
const invisible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b-\u200f\ufeff]/g;
/** Ends of lines in other forms, and those that a program wrote as the two characters of a string: "9-5 \\n Tue". */
const lineEnd = /[\u2028\u2029]|(?:\\r)?\\n(?=\s|[^a-z]|$)/g;

/** A cell's text without invisible characters and outer blanks; undefined when nothing is in it. */
export function clean(text: string | undefined): string | undefined {
  if (!text) return undefined;
  const bare = text
    .replace(invisible, '')
    .replace(lineEnd, '\n')
    .replace(/\u00a0/g, ' ')
    .trim();
  return bare === '' || nothing.test(bare) ? undefined : bare;
}

/** One line of plain text, such as a name: character references decoded, tags taken out, blanks single. */
export function line(text: string): string {
  const bare = decodeEntities(text)
    .replace(/<\/?[a-z][^>]*>/gi, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  // Quoted once more by some program: ""House of Hope, Inc."".
  return /^"([^"]+)"$/.exec(bare)?.[1]?.trim() ?? bare;
}

/** A description: line ends made plain. References are decoded unless it is HTML, where they belong. */
export function prose(text: string): string {
  const plain = text
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return /<\/?[a-z][^>]*>/i.test(plain) ? plain : decodeEntities(plain);
}
