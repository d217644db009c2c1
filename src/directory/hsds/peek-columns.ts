import type { ColumnChoice } from './column-choices.js';
import { proposeColumns } from './column-names.js';
import { openPackage } from './package.js';
import { UnreadablePackage } from './problems.js';
import { type InputFile, openInput } from './read/input.js';
import { peek, tableName } from './tables.js';

/**
 * What the columns of plain tables may mean; nothing for a package that is known as it is.
 * @throws UnreadablePackage when there is no table in it
 */
export async function peekColumns(path: string, fileName?: string): Promise<ColumnChoice[] | undefined> {
  try {
    (await openPackage(path, undefined, fileName)).close();
    return undefined;
  } catch (error) {
    if (!(error instanceof UnreadablePackage)) throw error;
    const input = await openInput(path, fileName);
    try {
      const tables: { file: InputFile; columns: string[] }[] = [];
      for (const file of input.files) tables.push({ file, columns: (await peek(file)).columns });
      const filled = tables.filter(({ columns }) => columns.some((column) => column !== ''));
      if (filled.length === 0) throw error;
      return filled.flatMap(({ file, columns }) =>
        proposeColumns(
          [...new Set(columns.filter((column) => column !== ''))],
          filled.length > 1 ? tableName(file.name) : undefined,
        ),
      );
    } finally {
      input.close();
    }
  }
}
