import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';

/** A sentence of the sources that may reach a person, with `{}` for what is filled in. */
export interface Sentence {
  text: string;
  file: string;
  line: number;
}

/** What speaks to whoever runs or extends the hub, not to the people who use it; and files whose words have both languages. */
const NOT_FOR_PEOPLE =
  /^src\/(demo|exchange|platform\/(database|search|jobs|mail)|directory\/hsds)\/|^src\/([a-z-]+|platform\/(config|secret|json-reader|log|metrics|start-error))\.ts$|(\.test|\/spanish|-words)\.ts$/;
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

function sourcesOf(isIn: (file: string) => boolean): ts.SourceFile[] {
  return readdirSync(resolve('src'), { recursive: true, encoding: 'utf8' })
    .map((name) => join('src', name))
    .filter((name) => name.endsWith('.ts') && isIn(name))
    .toSorted()
    .map((file) => ts.createSourceFile(file, readFileSync(resolve(file), 'utf8'), ts.ScriptTarget.Latest, true));
}

function walk(source: ts.SourceFile, visit: (node: ts.Node, line: number) => void): void {
  const step = (node: ts.Node): void => {
    visit(node, source.getLineAndCharacterOfPosition(node.getStart()).line + 1);
    ts.forEachChild(node, step);
  };
  step(source);
}

/** Every sentence that the sources may say to a person in English alone. */
export function sentencesOf(): Sentence[] {
  return sourcesOf((file) => !NOT_FOR_PEOPLE.test(file)).flatMap((source) => {
    const found: Sentence[] = [];
    walk(source, (node, line) => {
      const text = textOf(node);
      if (text !== undefined && SENTENCE.test(text) && isForPeople(node)) {
        found.push({ text, file: source.fileName, line });
      }
    });
    return found;
  });
}

/** Every text of the sources that stands in both languages beside each other: `{ en: '…', es: '…' }`. */
export function pairsOf(): { en: string; es: string; file: string; line: number }[] {
  return sourcesOf((file) => !/^src\/demo\/|\.test\.ts$/.test(file)).flatMap((source) => {
    const found: { en: string; es: string; file: string; line: number }[] = [];
    walk(source, (node, line) => {
      if (!ts.isObjectLiteralExpression(node)) return;
      const texts = new Map(
        node.properties.filter(ts.isPropertyAssignment).map((one) => [one.name.getText(), textOf(one.initializer)]),
      );
      const [en, es] = [texts.get('en'), texts.get('es')];
      if (en !== undefined && es !== undefined) found.push({ en, es, file: source.fileName, line });
    });
    return found;
  });
}
