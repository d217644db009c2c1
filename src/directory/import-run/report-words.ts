import type { Language } from '../../platform/words.js';
import { problemWords } from '../hsds/problem-words.js';

/** A problem as the report holds it, by the columns of the file in English. */
export type ReportRow = Record<
  'severity' | 'code' | 'file' | 'table' | 'source_id' | 'column' | 'message' | 'name',
  string | null
> & {
  line: number | null;
};

const COLUMNS = ['severity', 'code', 'file', 'line', 'table', 'source_id', 'column', 'message', 'name'] as const;

/** English stays as software reads it: names of columns and codes do not change. */
const SPANISH: Readonly<Record<(typeof COLUMNS)[number], string>> = {
  severity: 'gravedad',
  code: 'código',
  file: 'archivo',
  line: 'línea',
  table: 'tabla',
  source_id: 'id en la fuente',
  column: 'columna',
  message: 'mensaje',
  name: 'nombre',
};
const SEVERITIES: Readonly<Record<string, string>> = { ERROR: 'se dejó fuera', WARNING: 'por revisar' };

/** The columns of a report and what stands above each, for somebody who has this language. */
export const reportColumns = (language: Language): { key: string; header: string }[] =>
  COLUMNS.map((key) => ({ key, header: language === 'es' ? SPANISH[key] : key }));

/** A row of a report in a language; what the source wrote stays as it is. */
export function reportRow(row: ReportRow, language: Language): ReportRow {
  if (language === 'en') return row;
  const { severity, message } = row;
  return {
    ...row,
    severity: SEVERITIES[severity ?? ''] ?? severity,
    message: message && problemWords.inLanguage(message, language),
  };
}

/** What the file is called. */
export const reportName = (id: string, language: Language): string =>
  `${language === 'es' ? 'problemas-de-importacion' : 'import-problems'}-${id}.csv`;
