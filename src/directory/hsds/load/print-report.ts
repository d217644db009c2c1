import type { ImportReport } from './import-package.js';
import type { EntityCounts } from './tally.js';

const columns = [
  'read',
  'created',
  'updated',
  'unchanged',
  'removed',
  'rejected',
  'duplicate',
  'skipped',
  'taken',
] as const;

/** The report of an import as plain text for a terminal. */
export function printReport(report: ImportReport, reportPath?: string): string {
  const { source, format, dryRun, counts, problems, seconds } = report;
  const used = columns.filter(
    (name) => ['read', 'created', 'updated', 'unchanged', 'rejected'].includes(name) || sum(report, name) > 0,
  );
  const width = 11;
  const row = (name: string, cells: readonly string[]) =>
    `${name.padEnd(24)}${cells.map((cell) => cell.padStart(width)).join('')}`;
  const lines = [
    `${dryRun ? 'Dry run: nothing was changed. ' : ''}Source "${source}" (${format}), ${seconds.toFixed(1)} s`,
    '',
    row('', used),
    ...Object.entries(counts).map(([entity, count]) =>
      row(
        entity,
        used.map((name) => number(count[name])),
      ),
    ),
    row(
      'all',
      used.map((name) => number(sum(report, name))),
    ),
  ];
  for (const severity of ['ERROR', 'WARNING'] as const) {
    const kinds = problems.filter((kind) => kind.severity === severity);
    if (kinds.length === 0) continue;
    lines.push(
      '',
      severity === 'ERROR'
        ? 'Errors: these rows were left out'
        : 'Warnings: these rows came in, something about them is worth a look',
    );
    for (const { code, count, first } of kinds) {
      lines.push(`  ${code} × ${number(count)}`);
      for (const { file, line, message } of first) {
        lines.push(`    ${[file && `${file}${line ? `:${line}` : ''}`, message].filter(Boolean).join(' ')}`);
      }
      if (count > first.length) lines.push('    …');
    }
  }
  if (problems.length === 0) lines.push('', 'No problems.');
  if (reportPath && problems.length > 0) lines.push('', `All problems: ${reportPath}`);
  return `${lines.join('\n')}\n`;
}

function sum({ counts }: ImportReport, name: keyof EntityCounts): number {
  return Object.values(counts).reduce((total, count) => total + count[name], 0);
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
