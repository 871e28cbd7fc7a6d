import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { quantityInput } from '@/lib/core/input';
import { allContracts } from './index';
import { jsonSchemaOf } from './json-schema';
import { groupsOf, operationOf } from './reference';
import { fieldsOf } from './schema-fields';

const operations = allContracts.map((contract) => operationOf(contract, 'https://portal.example'));

describe('the reference', () => {
  it('names every operation once', () => {
    expect(groupsOf(allContracts).flatMap((group) => group.operations.map(({ id }) => id)).sort()).toEqual(allContracts.map((contract) => contract.id).sort());
  });

  it('gives every example body a form that the contract accepts', () => {
    for (const contract of allContracts) {
      if (!contract.body) continue;
      expect(contract.example, `${contract.id} has no example`).toBeDefined();
      expect(contract.body.safeParse(contract.example).error, contract.id).toBeUndefined();
    }
  });

  it('gives every answer an example that is JSON', () => {
    for (const { id, response } of operations) {
      if (response) expect(() => JSON.parse(response), id).not.toThrow();
    }
  });

  it('leaves no placeholder in a request', () => {
    const open = operations.flatMap(({ id, requests }) => requests.filter(({ text }) => /\/[{]\w+[}]/.test(text)).map(({ language }) => `${id} ${language}`));
    expect(open).toEqual([]);
  });

  it('gives every operation a request in each language', () => {
    for (const { id, requests } of operations) expect([id, requests.map(({ language }) => language)]).toEqual([id, ['curl', 'TypeScript', 'Python']]);
  });

  it('writes TypeScript that is TypeScript', () => {
    for (const { id, requests } of operations) {
      const text = requests.find(({ language }) => language === 'TypeScript')?.text ?? '';
      const { diagnostics } = ts.transpileModule(text, { reportDiagnostics: true, compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext } });
      expect([id, diagnostics?.map(({ messageText }) => messageText)]).toEqual([id, []]);
    }
  });

  it('lists fields with the fields inside them, in the types of the wire', () => {
    const schema = z.object({
      amount: z.bigint().nullable().describe('Minor units.'),
      at: z.date().optional(),
      kind: z.enum(['a', 'b']),
      lines: z.array(z.object({ quantity: z.bigint() })),
    });
    expect(fieldsOf(jsonSchemaOf(schema, 'output'))).toEqual([
      { path: 'amount', type: 'integer or null', required: true, description: 'Minor units.' },
      { path: 'at', type: 'string (date-time)', required: false, description: undefined },
      { path: 'kind', type: '"a" or "b"', required: true, description: undefined },
      { path: 'lines', type: 'list of object', required: true, description: undefined },
      { path: 'lines[].quantity', type: 'integer', required: true, description: undefined },
    ]);
    expect(fieldsOf(jsonSchemaOf(z.object({ quantity: quantityInput }), 'input'))[0]?.type).toBe('integer or string');
  });
});
