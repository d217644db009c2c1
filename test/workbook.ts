import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { zipFolder } from './zip.js';

export const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const rel = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
export const sheetOf = (rows: string): string => `<worksheet ${main}><sheetData>${rows}</sheetData></worksheet>`;

export interface Book {
  sheets: Record<string, string>;
  hidden?: string[];
  texts?: string;
  styles?: string;
  date1904?: boolean;
}

let made = 0;
/** A workbook as Excel saves it, as far as anybody reads it here. */
export async function writeWorkbook(
  folder: string,
  { sheets, hidden = [], texts = '', styles = '', date1904 = false }: Book,
): Promise<string> {
  const inside = join(folder, `inside-${(made += 1)}`);
  const put = async (path: string, body: string): Promise<void> => {
    await mkdir(dirname(join(inside, path)), { recursive: true });
    await writeFile(join(inside, path), `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${body}`);
  };
  const names = Object.keys(sheets);
  const listed = names.map(
    (title, n) =>
      `<sheet name="${title}" sheetId="${n + 1}" ${hidden.includes(title) ? 'state="hidden"' : ''} r:id="rId${n + 1}"/>`,
  );
  const targets = names.map((_, n) => `<Relationship Id="rId${n + 1}" Target="worksheets/sheet${n + 1}.xml"/>`);
  await put(
    'xl/workbook.xml',
    `<workbook ${main} ${rel}><workbookPr${date1904 ? ' date1904="1"' : ''}/><sheets>${listed.join('')}</sheets></workbook>`,
  );
  await put('xl/_rels/workbook.xml.rels', `<Relationships>${targets.join('')}</Relationships>`);
  if (texts) await put('xl/sharedStrings.xml', `<sst ${main}>${texts}</sst>`);
  if (styles) await put('xl/styles.xml', `<styleSheet ${main}>${styles}</styleSheet>`);
  for (const [n, rows] of Object.values(sheets).entries()) await put(`xl/worksheets/sheet${n + 1}.xml`, rows);
  const path = join(folder, `book-${made}.xlsx`);
  await zipFolder(inside, path);
  return path;
}

/** A cell with its text in it. */
export const inline = (place: string, words: string) => `<c r="${place}" t="inlineStr"><is><t>${words}</t></is></c>`;
