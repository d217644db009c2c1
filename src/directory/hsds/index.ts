export { importPackage } from './load/import-package.js';
export { printReport } from './load/print-report.js';
export { fillZipCodes } from './load/zip-codes.js';
export { readMapping } from './mapping.js';
export { UnreadablePackage } from './problems.js';
export { type ExportForm, exportForms, exportPackage } from './export/export-package.js';
export { PathTaken } from './export/sink.js';
