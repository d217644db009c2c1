import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';

/** A sentence of the sources that may reach a person, with `{}` for what is filled in. */
export interface Sentence {
  text: string;
  file: string;
  line: number;
}

/** What speaks to whoever runs or extends the hub, not to the people who use it. */
const NOT_FOR_PEOPLE =
  /^src\/(demo|exchange|platform\/(database|search|jobs|mail)|directory\/hsds|directory\/import-run)\/|^src\/([a-z-]+|platform\/(config|secret|json-reader|log|metrics|start-error))\.ts$|(\.test|\/spanish)\.ts$/;
/** Properties whose text is documentation, or has its languages beside it. */
const OWN_WORDS = new Set(['description', 'deprecationReason', 'en', 'es']);
const THROWN = /Error$/;
/** Functions whose problems name fields of the API, for whoever writes software: they stay English. */
const FOR_DEVELOPERS = /^(fail\.badInput|badInput|log\.\w+|ctx\.log\.\w+)$/;
/** At least two words, from a capital to a full stop. */
const SENTENCE = /^[A-Z{“].* .*[.?!]$/s;

/** The text of a literal or a template, with `{}` where something is filled in; undefined for anything else. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map((span) => `{}${span.literal.text}`).join('');
}

/** Calls whose texts describe the API. */
const DESCRIBING = /^(payloadOf|registerEnumType|connectionOf|permissionNote)$/;

function isDocumentation(node: ts.Node): boolean {
  if (ts.isDecorator(node) || ts.isImportDeclaration(node) || ts.isTypeNode(node)) return true;
  if (ts.isPropertyAssignment(node)) return OWN_WORDS.has(node.name.getText());
  if (ts.isNewExpression(node)) return THROWN.test(node.expression.getText());
  if (!ts.isCallExpression(node)) return false;
  const called = node.expression.getText();
  if (called === 'failure') return /^'(INTERNAL|BAD_USER_INPUT)'$/.test(node.arguments[0]?.getText() ?? '');
  return FOR_DEVELOPERS.test(called) || DESCRIBING.test(called);
}

function isForPeople(node: ts.Node): boolean {
  for (let at: ts.Node | undefined = node; at; at = at.parent) if (isDocumentation(at)) return false;
  return true;
}

/** Every sentence that the sources may say to a person in English alone. */
export function sentencesOf(root = resolve('src')): Sentence[] {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((name) => join('src', name))
    .filter((name) => name.endsWith('.ts') && !NOT_FOR_PEOPLE.test(name))
    .toSorted();
  return files.flatMap((file) => {
    const source = ts.createSourceFile(file, readFileSync(resolve(file), 'utf8'), ts.ScriptTarget.Latest, true);
    const found: Sentence[] = [];
    const visit = (node: ts.Node): void => {
      const text = textOf(node);
      if (text !== undefined && SENTENCE.test(text) && isForPeople(node)) {
        found.push({ text, file, line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1 });
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });
}
