/** How a table lies in its file. */
export interface Layout {
  delimiter: string;
  /** Records before the header, such as a title. */
  before: number;
  /** Whether any of them says something, such as a title. */
  titled: boolean;
  /** Names of columns: those of the header, each different from the others. */
  columns: string[];
}

const delimiters = [',', ';', '\t', '|'];
/** Records that are looked at. */
const looked = 30;
/** A header stands among the first so many records. */
const headerWithin = 10;

/**
 * Finds out what parts the cells, and in which record the header stands: sheets of an office begin with a title, a date,
 * or a line of headings over several columns.
 */
export function layoutOf(head: string, name: string): Layout {
  const [, told] = /^\ufeff?sep=([,;|\t])\r?\n/i.exec(head) ?? [];
  const first = /\.tsv$/i.test(name) ? '\t' : ',';
  const tried = told ? [told] : [first, ...delimiters.filter((one) => one !== first)];
  const samples = tried.map((delimiter) => ({ delimiter, records: sample(head, delimiter).slice(told ? 1 : 0) }));
  const { delimiter, records } = likeliest(samples) ?? { delimiter: first, records: sample(head, first) };
  const at = headerAt(records);
  return {
    delimiter,
    before: at + (told ? 1 : 0),
    titled: at > 0,
    columns: named(records[at] ?? [], at > 0 ? records[at - 1] : undefined),
  };
}

interface Sample {
  delimiter: string;
  records: string[][];
}

/** The delimiter that cuts the first record, or else most records, into the same number of cells as the others. */
function likeliest(samples: readonly Sample[]): Sample | undefined {
  const rated = samples.map((one) => {
    const widths = one.records.map((record) => record.length);
    const width = commonest(widths);
    const share = widths.filter((other) => other === width).length / Math.max(1, widths.length);
    return { ...one, width, score: share * width };
  });
  const cut = rated.filter(({ width }) => width > 1);
  const orderly = cut.filter(({ records, width }) => records[0]?.length === width);
  return (orderly.length > 0 ? orderly : cut).toSorted((a, b) => b.score - a.score)[0];
}

function commonest(numbers: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  return [...counts].toSorted(([a, n], [b, m]) => m - n || b - a)[0]?.[0] ?? 0;
}

const filled = (record: readonly string[]): string[] => record.filter((cell) => cell !== '');

/** Whether a cell says something of a listing rather than what a column is called. */
const isData = (cell: string): boolean => /\d{3}|@|:\/\/|^www\./.test(cell) || cell.length > 60;

function headerAt(records: readonly string[][]): number {
  const widths = records.map((record) => filled(record).length).toSorted((a, b) => a - b);
  const usual = widths[Math.floor(widths.length / 2)] ?? 0;
  const whole = (record: readonly string[]): boolean => filled(record).length >= usual * 0.6;
  if (usual < 3 || whole(records[0] ?? [])) return 0;
  const found = records
    .slice(0, headerWithin)
    .findIndex((record) => whole(record) && !filled(record).some((cell) => isData(cell)));
  return Math.max(0, found);
}

/** Names of columns. One that stands twice is told apart by the heading above it, or by its number. */
function named(header: readonly string[], above: readonly string[] | undefined): string[] {
  const groups = above && filled(above).length > 1 ? above : [];
  const count = (name: string): number => header.filter((other) => same(other, name)).length;
  const seen = new Set<string>();
  let group = '';
  return header.map((name, i) => {
    group = groups[i] || group;
    if (name === '') return '';
    const wanted = count(name) > 1 && group !== '' ? `${group} ${name}` : name;
    let own = wanted;
    for (let n = 2; seen.has(own.toLowerCase()); n += 1) own = `${wanted} ${n}`;
    seen.add(own.toLowerCase());
    return own;
  });
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** The first records of a text, cut in the simplest way: quotes, doubled quotes, line ends. Empty ones are left out. */
function sample(head: string, delimiter: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let cell = '';
  let quoted = false;
  const endCell = () => {
    record.push(cell.trim());
    cell = '';
  };
  const endRecord = () => {
    endCell();
    if (record.length > 1 || record[0] !== '') records.push(record);
    record = [];
  };
  const text = head.replace(/^\ufeff/, '');
  for (let i = 0; i < text.length && records.length < looked; i += 1) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else quoted = false;
    } else if (c === '"' && cell === '') quoted = true;
    else if (c === delimiter) endCell();
    else if (c === '\n' || c === '\r') endRecord();
    else cell += c;
  }
  if (records.length < looked && !quoted && (cell !== '' || record.length > 0)) endRecord();
  return records;
}
