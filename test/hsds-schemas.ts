import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';

/** Folder of the published HSDS 3.1 schemas (`schema/` of openreferral/specification), where they are at hand. */
export const schemaDir = process.env['HSDS_SCHEMA_DIR'];

/** Ends the title of tests that need the published schemas. */
export const unlessSchemas = schemaDir ? '' : ' (skipped: HSDS_SCHEMA_DIR is not set)';

const validators = new Map<string, ValidateFunction>();

function validatorOf(name: string): ValidateFunction {
  const known = validators.get(name);
  if (known) return known;
  // The schemas carry keywords of the data package beside those of JSON Schema.
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true });
  formats.default(ajv);
  for (const file of references(name)) ajv.addSchema(read(file), file);
  const validate = ajv.compile(read(name));
  validators.set(name, validate);
  return validate;
}

function read(name: string): object {
  return JSON.parse(readFileSync(join(schemaDir ?? '', name), 'utf8')) as object;
}

/** The files that a schema refers to, and those that they refer to. */
function references(name: string, found = new Set<string>()): Set<string> {
  for (const [, file = ''] of JSON.stringify(read(name)).matchAll(/"\$ref":"([\w.]+\.json)"/g)) {
    if (found.has(file) || file === name) continue;
    found.add(file);
    references(file, found);
  }
  return found;
}

/** What a published schema (`compiled/service.json`) says against a value: nothing, when it is valid. */
export function schemaProblems(name: string, value: unknown): string[] {
  const validate = validatorOf(name);
  if (validate(value)) return [];
  return (validate.errors ?? []).slice(0, 10).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}
