import { readFileSync } from 'node:fs';
import ts from 'typescript';
import type { Import } from './imports';

/** What a file says of texts, as far as the browser is concerned. */
export interface TextUse {
  /** The namespaces that its components ask for, by the first word: `usage` for `useTranslations('usage.axis')`. */
  asked: string[];
  /** The namespaces that its `<Texts of={[…]}>` gives. */
  given: string[];
  /** Whether it begins with `'use client'`, so that it and all that it imports run in the browser. */
  isClient: boolean;
  /** Whether it begins with `'use server'`: the browser calls it and does not load it. */
  isServer: boolean;
}

function directiveOf(source: ts.SourceFile): string | undefined {
  const [first] = source.statements;
  return first && ts.isExpressionStatement(first) && ts.isStringLiteral(first.expression) ? first.expression.text : undefined;
}

function namesIn(expression: ts.Expression | undefined, file: string): string[] {
  const names = expression && ts.isArrayLiteralExpression(expression) ? expression.elements.filter(ts.isStringLiteral) : [];
  if (names.length === 0) throw new Error(`${file} gives texts without naming them: <Texts of={['…']}>.`);
  return names.map(({ text }) => text);
}

export function textUseOf(file: string): TextUse {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, false, file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  const directive = directiveOf(source);
  const use: TextUse = { asked: [], given: [], isClient: directive === 'use client', isServer: directive === 'use server' };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'useTranslations') {
      const [namespace] = node.arguments;
      if (!namespace || !ts.isStringLiteral(namespace)) throw new Error(`${file} asks for texts without naming them: useTranslations('…').`);
      use.asked.push(namespace.text.split('.')[0]!);
    }
    if ((ts.isJsxOpeningElement(node) || ts.isJsxSelfClosingElement(node)) && ts.isIdentifier(node.tagName) && node.tagName.text === 'Texts') {
      const of = node.attributes.properties.find((property) => ts.isJsxAttribute(property));
      const value = of?.initializer && ts.isJsxExpression(of.initializer) ? of.initializer.expression : undefined;
      use.given = [...use.given, ...namesIn(value, file)];
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return use;
}

interface House {
  importsOf: (file: string) => readonly Import[];
  /** The file of an import's path, if it is one of ours. */
  fileOf: (path: string) => string | undefined;
  useOf: (file: string) => TextUse;
}

/**
 * The namespaces that what a page or layout shows in the browser asks for: those of every client component that it reaches,
 * and of what these import, whether it is loaded at once or later.
 */
export function namespacesAsked(entry: string, { importsOf, fileOf, useOf }: House): Set<string> {
  const found = new Set<string>();
  const seen = new Set<string>();
  const walk = (file: string, fromBrowser: boolean): void => {
    const { asked, isClient, isServer } = useOf(file);
    const inBrowser = fromBrowser || isClient;
    if (seen.has(`${file} ${inBrowser}`) || (fromBrowser && isServer)) return;
    seen.add(`${file} ${inBrowser}`);
    if (inBrowser) for (const namespace of asked) found.add(namespace);
    for (const { to, internal, typeOnly } of importsOf(file)) {
      const next = internal && !typeOnly ? fileOf(to) : undefined;
      if (next?.startsWith('app/') || next?.startsWith('components/')) walk(next!, inBrowser);
    }
  };
  walk(entry, false);
  return found;
}
