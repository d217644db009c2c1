export { importPackage, type ImportOptions, type ImportReport } from './load/import-package.js';
export { printReport } from './load/print-report.js';
export { fillZipCodes } from './load/zip-codes.js';
export { readMapping, type Mapping } from './mapping.js';
export { type Problem, UnreadablePackage } from './problems.js';
export { readPackage, type Reading, type ReadOptions } from './read-package.js';
export { printHours } from './hours/print.js';
export { parseHours } from './hours/parse.js';
