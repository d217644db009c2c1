// The message catalogues: same keys in every language, same arguments, no key unused, and words for every enum shown.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSchema, isEnumType } from 'graphql';
import { IntlMessageFormat } from 'intl-messageformat';

const say = (line) => process.stdout.write(`${line}\n`);
const root = resolve(import.meta.dirname, '../src');
const read = (path) => readFileSync(path, 'utf8');
const catalogues = Object.fromEntries(
  ['en', 'es'].map((name) => [name, JSON.parse(read(join(root, `lib/i18n/${name}.json`)))]),
);
const { en, es } = catalogues;
const problems = [];

// 1. Both languages, the same keys and the same arguments.
const args = (nodes) =>
  nodes.flatMap((node) => [
    // 0 is plain text and 7 the "#" of a plural: neither takes a value.
    ...(node.type === 0 || node.type === 7 ? [] : [node.value]),
    ...Object.values(node.options ?? {}).flatMap((option) => args(option.value)),
  ]);
function argumentsOf(key, name, text) {
  try {
    return [...new Set(args(new IntlMessageFormat(text, name, undefined, { ignoreTag: true }).getAst()))].sort().join();
  } catch (cause) {
    problems.push(`${name}.json: ${key} is not a message: ${cause.message}`);
    return '';
  }
}
for (const key of new Set([...Object.keys(en), ...Object.keys(es)])) {
  if (!(key in en)) problems.push(`en.json has no ${key}`);
  else if (!(key in es)) problems.push(`es.json has no ${key}`);
  else if (argumentsOf(key, 'en', en[key]) !== argumentsOf(key, 'es', es[key])) {
    problems.push(`${key} takes different values in en and es`);
  }
}

// 2. Every key is used somewhere. Keys of enums are put together from values and are checked below.
const files = (folder) =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return name === 'gql' ? [] : files(path);
    return /\.(ts|svelte)$/.test(name) ? [path] : [];
  });
const source = files(root).map(read).join('\n');
const named = new Set([...source.matchAll(/'([\w.]+)'/g)].map((match) => match[1]));
for (const key of Object.keys(en)) {
  if (!key.startsWith('enum.') && !named.has(key)) problems.push(`${key} is used nowhere`);
}

// 3. Every enum that a page puts into words has words for every value, and no words for values that are gone.
const schemaFile = process.env.HUB_SCHEMA ?? resolve(root, '../../schema.graphql');
const types = buildSchema(read(schemaFile), { assumeValidSDL: true }).getTypeMap();
const shown = new Set([...source.matchAll(/(?:word|options)\('(\w+)'/g)].map((match) => match[1]));
for (const type of shown) {
  const words = new Set(Object.keys(en).filter((key) => key.startsWith(`enum.${type}.`)));
  if (words.size === 0) problems.push(`${type} has no words`);
  if (!isEnumType(types[type])) continue;
  for (const { name } of types[type].getValues()) {
    if (!words.delete(`enum.${type}.${name}`)) problems.push(`enum.${type}.${name} has no words`);
  }
  for (const key of words) problems.push(`${key} is no value of ${type}`);
}
for (const key of Object.keys(en)) {
  const [, type] = /^enum\.(\w+)\./.exec(key) ?? [];
  if (type && !shown.has(type)) problems.push(`${key}: no page shows ${type}`);
}

for (const problem of problems) process.stderr.write(`${problem}\n`);
say(`${Object.keys(en).length} messages in ${Object.keys(catalogues).length} languages, ${problems.length} problems`);
process.exitCode = problems.length > 0 ? 1 : 0;
