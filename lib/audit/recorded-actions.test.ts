import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { messages } from '@/lib/i18n/messages';
import { groupOf } from './action-groups';

const sources = readdirSync('lib', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts') && !entry.parentPath.startsWith('lib/testing'))
  .map((entry) => join(entry.parentPath, entry.name));

const form = /^[a-z_]+\.[a-z_]+$/;

/** Each text in the form of an action inside a node, and `payment.*` for one that is put together. */
function actionsIn(node: ts.Node): string[] {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return form.test(node.text) ? [node.text] : [];
  if (ts.isTemplateExpression(node) && /^[a-z_]+\.$/.test(node.head.text)) return [`${node.head.text}*`];
  const found: string[] = [];
  ts.forEachChild(node, (child) => {
    found.push(...actionsIn(child));
  });
  return found;
}

const nameOf = (name: ts.Node | undefined): string => (name && ts.isIdentifier(name) ? name.text : '');

const isSellers = (record: ts.Node): boolean =>
  ts.isObjectLiteralExpression(record) && record.properties.some((property) => nameOf(property.name) === 'ofSeller');

/** Every action that a file records: what stands where something is called `action`, or is handed to a function of the file that takes one. */
function recordedIn(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const takers = new Set<string>();
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionDeclaration(node) && node.parameters.some(({ name }) => nameOf(name) === 'action')) takers.add(nameOf(node.name));
    if (ts.isPropertyAssignment(node) && nameOf(node.name) === 'action' && !isSellers(node.parent)) found.push(...actionsIn(node.initializer));
    if (ts.isVariableDeclaration(node) && nameOf(node.name) === 'action' && node.initializer) found.push(...actionsIn(node.initializer));
    if (ts.isPropertySignature(node) && nameOf(node.name) === 'action' && node.type) found.push(...actionsIn(node.type));
    if (ts.isCallExpression(node) && takers.has(nameOf(node.expression))) found.push(...node.arguments.flatMap(actionsIn));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const recorded = [...new Set(sources.flatMap(recordedIn))].sort();
const words = (action: string): string => `change_${action.replaceAll('.', '_')}`;

describe('every action that is recorded in an account’s log', () => {
  it('is found', () => {
    expect(recorded).toEqual(expect.arrayContaining(['account.updated', 'invoice.given_up', 'subscription.resumed', 'subscription.downgraded', 'usage.voided', 'payment.*', 'member.removed']));
    expect(recorded).not.toContain('plan.published');
  });

  it('has its words in both languages', () => {
    for (const texts of [messages.en.account, messages.zh.account] as Record<string, string>[]) {
      const told = (action: string) => (action.endsWith('.*') ? Object.keys(texts).some((key) => key.startsWith(words(action.slice(0, -1)))) : words(action) in texts);
      expect(recorded.filter((action) => !told(action))).toEqual([]);
    }
  });

  it('belongs to a group by which people find it', () => {
    expect(recorded.filter((action) => groupOf(action) === null)).toEqual([]);
  });
});
