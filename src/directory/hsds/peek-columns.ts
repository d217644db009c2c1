import { type ColumnChoice, proposeColumns } from './column-choices.js';
import { openPackage } from './package.js';
import { UnreadablePackage } from './problems.js';
import { openInput } from './read/input.js';
import { peek } from './tables.js';

/**
 * What the columns of a plain table may mean; nothing for a package that is known as it is, or for several tables.
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
      const [file, ...more] = input.files;
      if (!file || more.length > 0) throw error;
      const { columns } = await peek(file);
      if (columns.length === 0) throw error;
      return proposeColumns([...new Set(columns.filter((column) => column !== ''))]);
    } finally {
      input.close();
    }
  }
}
