import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative, sep } from 'node:path';
import ts from 'typescript';

export interface Import {
  /** The importing file, relative to the repository, with `/`. */
  from: string;
  /** A file or folder of the repository without its ending, or a package's name. */
  to: string;
  internal: boolean;
  typeOnly: boolean;
  /** Loaded when that line is reached, not with the file. */
  later: boolean;
}

const top = process.cwd();
const skipped = new Set(['node_modules', '.next', '.next-second', '.next-bench', '.git', '.data', 'dist', 'generated', 'test-results', 'playwright-report']);

/** Every TypeScript file of the repository, tests aside. */
export function sourceFiles(folder = top): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (skipped.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourceFiles(path);
    const source = /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts');
    return source ? [relative(top, path).split(sep).join('/')] : [];
  });
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.isTypeOnly) return true;
  const named = clause.namedBindings;
  return !clause.name && !!named && ts.isNamedImports(named) && named.elements.length > 0 && named.elements.every((element) => element.isTypeOnly);
}

function target(from: string, specifier: string): Pick<Import, 'to' | 'internal'> {
  if (specifier.startsWith('@/')) return { to: specifier.slice(2), internal: true };
  if (specifier.startsWith('.')) return { to: normalize(join(dirname(from), specifier)).split(sep).join('/'), internal: true };
  return { to: specifier, internal: false };
}

/** Finds the file that the path of an import means; none for what is no TypeScript of ours. */
export function fileAmong(files: readonly string[]): (path: string) => string | undefined {
  const known = new Set(files);
  return (path) => [path, `${path}.ts`, `${path}.tsx`, `${path}/index.ts`, `${path}/index.tsx`].find((candidate) => known.has(candidate));
}

/** What a file imports, statically, dynamically and by re-export. */
export function importsOf(file: string): Import[] {
  const source = ts.createSourceFile(file, readFileSync(join(top, file), 'utf8'), ts.ScriptTarget.Latest, false);
  const found: Import[] = [];
  const add = (specifier: ts.Expression | undefined, typeOnly: boolean, later = false): void => {
    if (specifier && ts.isStringLiteral(specifier)) found.push({ from: file, ...target(file, specifier.text), typeOnly, later });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeOnly(node.importClause));
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node.arguments[0], false, true);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
