import { basename, extname, posix } from 'node:path';
import type { Readable } from 'node:stream';
import type { Entry, ZipFile } from 'yauzl';
import { UnreadablePackage } from '../../problems.js';
import { openZip } from '../zip-file.js';
import type { ZipGuard } from '../zip-guard.js';
import { type CellForm, formOf } from './cell-form.js';
import { type Shared, sheetAsCsv } from './sheet.js';
import { readWholeXml, readXml } from './xml.js';

export interface WorkbookSheet {
  /** As the sheet is called, ending in `.csv`, for that is what it is read as. */
  name: string;
  open(): Promise<Readable>;
}

export interface Workbook {
  sheets: WorkbookSheet[];
  close(): void;
}

/** Characters of all texts together, which have to be at hand while a sheet is read. */
export const workbookLimits = { texts: 64_000_000 };

/** Names that nobody chose. */
const unnamed = /^(sheet|hoja|feuil|tabelle|planilha) ?\d*$/i;

/**
 * The sheets of a workbook of Excel (2007 and later) that can be seen and hold a table. Of the file only the texts are
 * held in memory; rows are read one by one.
 */
export async function openWorkbook(path: string, name: string, guard: ZipGuard): Promise<Workbook> {
  const archive = await openZip(path).catch((cause: unknown) => {
    throw notExcel(name, cause);
  });
  try {
    return await read(archive, name, guard);
  } catch (error) {
    archive.close();
    throw error;
  }
}

const notExcel = (name: string, cause?: unknown): UnreadablePackage =>
  new UnreadablePackage(`${name} is damaged. Open it in Excel, save it again, then send it again.`, { cause });

async function read(archive: ZipFile, name: string, guard: ZipGuard): Promise<Workbook> {
  const entries = new Map<string, Entry>();
  for await (const entry of archive.eachEntry()) {
    guard.see(entry);
    entries.set(entry.fileName.replace(/^\//, ''), entry);
  }
  const part = async (path: string): Promise<Readable | undefined> => {
    const entry = entries.get(path);
    return entry && archive.openReadStreamPromise(entry);
  };
  const book = await part('xl/workbook.xml');
  if (!book) throw notExcel(name);
  const { listed, calendar } = await contents(book, name);
  const targets = await targetsOf(await part('xl/_rels/workbook.xml.rels'), name);
  const forms = await formsOf(await part('xl/styles.xml'), name);
  let texts: Promise<string[]> | undefined;
  const shared = async (): Promise<Shared> => {
    texts ??= part('xl/sharedStrings.xml').then((stream) => textsOf(stream, name));
    return { texts: await texts, forms, calendar };
  };
  const found: { title: string; path: string }[] = [];
  for (const { title, id } of listed) {
    const path = targets.get(id) ?? '';
    const stream = await part(path);
    if (stream && (await isTable(stream, name))) found.push({ title, path });
  }
  const alone = found.length === 1;
  const sheets = found.map(({ title, path }) => {
    const called = alone && unnamed.test(title) ? basename(name, extname(name)) : title;
    const open = async (): Promise<Readable> => {
      const stream = await part(path);
      if (!stream) throw notExcel(name);
      return sheetAsCsv(stream, name, await shared());
    };
    return { name: `${called.replaceAll(/[/\\]/g, ' ').trim() || 'sheet'}.csv`, open };
  });
  return { sheets, close: () => archive.close() };
}

/** The sheets that are shown, in their order, and the calendar that days are counted by. */
async function contents(stream: Readable, name: string) {
  const listed: { title: string; id: string }[] = [];
  let calendar: 1900 | 1904 = 1900;
  await readWholeXml(stream, name, {
    open(tag, attributes) {
      if (tag === 'workbookPr' && /^(1|true)$/.test(attributes['date1904'] ?? '')) calendar = 1904;
      if (tag !== 'sheet' || (attributes['state'] ?? 'visible') !== 'visible') return;
      const id = Object.entries(attributes).find(([key]) => /(^|:)id$/.test(key) && key !== 'sheetId')?.[1] ?? '';
      listed.push({ title: attributes['name'] ?? '', id });
    },
  });
  return { listed, calendar };
}

async function targetsOf(stream: Readable | undefined, name: string): Promise<Map<string, string>> {
  const targets = new Map<string, string>();
  if (!stream) return targets;
  await readWholeXml(stream, name, {
    open(tag, { Id: id, Target: target }) {
      if (tag !== 'Relationship' || !id || !target) return;
      targets.set(id, target.startsWith('/') ? target.slice(1) : posix.join('xl', target));
    },
  });
  return targets;
}

async function formsOf(stream: Readable | undefined, name: string): Promise<CellForm[]> {
  const codes = new Map<number, string>();
  const forms: CellForm[] = [];
  let inCells = false;
  if (!stream) return forms;
  await readWholeXml(stream, name, {
    open(tag, attributes) {
      if (tag === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
      if (tag === 'cellXfs') inCells = true;
      if (tag !== 'xf' || !inCells) return;
      const id = Number(attributes['numFmtId'] ?? 0);
      forms.push(formOf(id, codes.get(id)));
    },
    close(tag) {
      if (tag === 'cellXfs') inCells = false;
    },
  });
  return forms;
}

async function textsOf(stream: Readable | undefined, name: string): Promise<string[]> {
  const texts: string[] = [];
  let [size, current, taking, aloud] = [0, '', false, false];
  if (!stream) return texts;
  await readWholeXml(stream, name, {
    open(tag) {
      if (tag === 'si') current = '';
      if (tag === 'rPh') aloud = true;
      if (tag === 't') taking = !aloud;
    },
    text(text) {
      if (!taking) return;
      current += text;
      size += text.length;
      if (size > workbookLimits.texts) {
        throw new UnreadablePackage(
          `${name} is too large a workbook. Save each sheet as "CSV UTF-8", then send those files.`,
        );
      }
    },
    close(tag) {
      if (tag === 't') taking = false;
      if (tag === 'rPh') aloud = false;
      if (tag === 'si') texts.push(current);
    },
  });
  return texts;
}

/** Whether some row has two cells with something in them: a sheet of notes has one below the other. */
async function isTable(stream: Readable, name: string): Promise<boolean> {
  let [filled, most, counted] = [0, 0, false];
  const handlers = {
    open(tag: string): void {
      if (tag === 'row') filled = 0;
      if (tag === 'c') counted = false;
      if ((tag !== 'v' && tag !== 't') || counted) return;
      counted = true;
      most = Math.max(most, (filled += 1));
    },
  };
  for await (const _ of readXml(stream, name, handlers)) if (most > 1) return true;
  return most > 1;
}
