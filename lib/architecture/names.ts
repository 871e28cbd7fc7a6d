import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** The lines of a file in which one of the names stands as a text, a key or a property. What it imports is not looked at. */
export function linesNaming(file: string, names: readonly string[]): string[] {
  const text = readFileSync(file, 'utf8');
  if (!names.some((name) => text.includes(name))) return [];
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const isName = (node: ts.Node): boolean =>
    (ts.isStringLiteralLike(node) && names.includes(node.text)) ||
    (ts.isIdentifier(node) && names.includes(node.text) && (ts.isPropertyAccessExpression(node.parent) || ts.isPropertyAssignment(node.parent)) && node.parent.name === node);
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (isName(node)) found.push(`${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
