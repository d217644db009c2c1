import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Book, inline, main, sheetOf, writeWorkbook } from '../../../../../test/workbook.js';
import { zipFolder } from '../../../../../test/zip.js';
import { openInput } from '../input.js';
import { ZipGuard } from '../zip-guard.js';
import { formOf, numberWords } from './cell-form.js';
import { openWorkbook, workbookLimits } from './workbook.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-workbook-'));
});
afterAll(() => rm(folder, { recursive: true }));

const book = (given: Book): Promise<string> => writeWorkbook(folder, given);

async function tables(path: string, name = 'List.xlsx') {
  const { sheets, close } = await openWorkbook(path, name, new ZipGuard());
  const read = Object.fromEntries(
    await Promise.all(sheets.map(async (sheet) => [sheet.name, await text(await sheet.open())] as const)),
  );
  close();
  return read;
}

describe('a workbook of Excel', () => {
  it('gives each sheet that is shown and filled as a table, numbered as its rows are', async () => {
    const path = await book({
      sheets: {
        'Food pantries': sheetOf(
          '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="4"><c r="B4" t="s"><v>2</v></c></row><row r="5"><c r="A5"><v>7</v></c></row>',
        ),
        Empty: sheetOf('<row r="1"><c r="A1" s="1"/></row>'),
        Notes: sheetOf(`<row r="1">${inline('A1', 'As of May')}</row><row r="2">${inline('A2', 'Call first')}</row>`),
        Secret: sheetOf(`<row r="1">${inline('A1', 'x')}</row>`),
        'Meals/Kids': sheetOf(`<row>${inline('A1', 'Name')}<c t="inlineStr"><is><t>City</t></is></c></row>`),
      },
      hidden: ['Secret'],
      texts:
        '<si><t>Name</t></si><si><r><t>Pho</t></r><r><t>ne</t></r><rPh sb="0" eb="1"><t>aloud</t></rPh></si><si><t xml:space="preserve">say "hi"&#10;&amp; wait</t></si>',
    });
    expect(await tables(path)).toEqual({
      'Food pantries.csv': '"Name","Phone"\n\n\n,"say ""hi""\u2028& wait"\n"7",\n',
      'Meals Kids.csv': '"Name","City"\n',
    });
  });

  it('says numbers, days and times as Excel shows them', async () => {
    const numFmts =
      '<numFmts><numFmt numFmtId="164" formatCode="00000"/><numFmt numFmtId="165" formatCode="h:mm AM/PM"/></numFmts>';
    const xf = (id: number): string => `<xf numFmtId="${id}"/>`;
    const path = await book({
      sheets: {
        Sheet1: sheetOf(
          '<row r="1"><c r="A1"><v>4105550101</v></c><c r="B1" s="1"><v>2139</v></c><c r="C1" s="2"><v>46023</v></c>' +
            '<c r="D1" s="3"><v>0.39583333333333331</v></c><c r="E1"><v>39.290400000000002</v></c><c r="F1" t="b"><v>1</v></c>' +
            '<c r="G1" t="e"><v>#REF!</v></c><c r="H1" t="str"><f>A1</f><v>made</v></c></row>',
        ),
      },
      styles: `${numFmts}<cellStyleXfs>${xf(9)}</cellStyleXfs><cellXfs>${[0, 164, 14, 165].map(xf).join('')}</cellXfs>`,
    });
    expect(await tables(path, 'Pantries 2026.xlsx')).toEqual({
      'Pantries 2026.csv': '"4105550101","02139","2026-01-01","09:30","39.2904","yes",,"made"\n',
    });
  });

  it.each([
    ['00000\\-0000', '212014321', '21201-4321'],
    ['[<=9999999]###\\-####;\\(###\\)\\ ###\\-####', '4105550101', '4105550101'],
    ['"$"#,##0.00', '12.5', '$12.50'],
    ['_("$"* #,##0_)', '12', '$12'],
    ['yyyy\\-mm\\-dd hh:mm', '46023.75', '2026-01-01 18:00'],
    ['[h]:mm', '0.75', '18:00'],
    ['0.0%', '0.5', '0.5'],
    ['General', '1e21', '1e+21'],
    ['mmm d', '46023', '2026-01-01'],
    ['General', 'words', 'words'],
  ])('reads the form %s', (code, number, expected) => {
    expect(numberWords(number, formOf(164, code), 1900)).toBe(expected);
  });

  it('counts days from 1904 where its makers did', async () => {
    const day = sheetOf('<row r="1"><c r="A1" s="0"><v>44561</v></c><c r="B1"><v>44562</v></c></row>');
    const styles = '<cellXfs><xf numFmtId="14"/></cellXfs>';
    const path = await book({ sheets: { Days: day }, styles, date1904: true });
    expect(await tables(path)).toEqual({ 'Days.csv': '"2026-01-01","2026-01-02"\n' });
  });

  it('may stand in a folder or a zip, beside others', async () => {
    const inside = join(folder, 'packed');
    await mkdir(inside);
    await rename(
      await book({ sheets: { Sheet1: sheetOf(`<row>${inline('A1', 'Name')}${inline('B1', 'City')}</row>`) } }),
      join(inside, 'Food.xlsx'),
    );
    await writeFile(join(inside, 'Phones.csv'), 'Name,Phone\n');
    const zip = join(folder, 'packed.zip');
    await zipFolder(inside, zip);
    for (const path of [inside, zip]) {
      const input = await openInput(path);
      expect(input.files.map(({ name }) => name)).toEqual(['Food.xlsx/Food.csv', 'Phones.csv']);
      expect(await text(await (input.files[0]?.open() ?? Promise.reject(new Error('none'))))).toBe('"Name","City"\n');
      input.close();
    }
  });
});

const two = (row: number): string => `<row r="${row}">${inline(`A${row}`, 'x')}${inline(`B${row}`, 'y')}</row>`;

describe('a workbook that would do harm', () => {
  const refusal = async (given: Book): Promise<string> =>
    tables(await book(given)).then(
      () => 'read',
      (error: Error) => error.message,
    );
  const shown = /is damaged/;

  it.each([
    ['a row that comes twice', sheetOf(`${two(2)}${two(2)}`)],
    ['a row far below all', sheetOf(two(99_999_999))],
    ['a column far beyond all', sheetOf(`<row r="1">${inline('ZZZ1', 'x')}${inline('ZZZ2', 'x')}</row>`)],
    ['a column that is none', sheetOf(`<row r="1">${inline('7', 'x')}${inline('8', 'x')}</row>`)],
    ['what ends early', `<worksheet ${main}><sheetData><row r="1">${inline('A1', 'x')}`],
    ['entities of its own', `<!DOCTYPE x [<!ENTITY a "aaaa">]>${sheetOf(`<row r="1">${inline('A1', '&a;')}</row>`)}`],
    ['one endless cell', sheetOf(`<row r="1">${inline('A1', 'x'.repeat(9_000_000))}</row>`)],
  ])('is refused for %s', async (_, rows) => {
    expect(await refusal({ sheets: { List: rows } })).toMatch(shown);
  });

  it('is refused when its texts do not fit into memory, or it grows too much', async () => {
    const before = workbookLimits.texts;
    workbookLimits.texts = 1000;
    const list = sheetOf('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>');
    const texts = '<si><t>0123456789</t></si>'.repeat(200);
    expect(await refusal({ sheets: { List: list }, texts })).toMatch(/too large a workbook/);
    workbookLimits.texts = before;
    const rows = `<row>${inline('A1', 'x')}</row>`.repeat(800_000);
    expect(await refusal({ sheets: { List: sheetOf(rows) } })).toMatch(/grows too much/);
  });
});
