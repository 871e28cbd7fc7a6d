import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { toJson } from '@/lib/http/json';
import { allContracts } from './index';
import { openApiDocument } from './openapi';

interface Operation {
  operationId: string;
  parameters: { name: string; in: string }[];
  responses: Record<string, { description: string }>;
}

const document = JSON.parse(toJson(openApiDocument(allContracts, { serverUrl: 'https://portal.example', sessionCookie: 'session' }))) as {
  paths: Record<string, Record<string, Operation>>;
};
const operations = Object.entries(document.paths).flatMap(([address, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ address, method, operation })),
);

describe('openapi.json', () => {
  it('is a valid OpenAPI 3.1 document', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(structuredClone(document));
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
    expect(validator.version).toBe('3.1');
  });

  it('has every contract at every address, each with a name of its own', () => {
    const expected = allContracts.flatMap((contract) => [contract.path, ...(contract.aliases ?? [])].map((address) => `${contract.method.toLowerCase()} ${address}`));
    expect(operations.map(({ address, method }) => `${method} ${address}`).sort()).toEqual(expected.sort());
    const names = operations.map(({ operation }) => operation.operationId);
    expect(new Set(names).size).toBe(names.length);
  });

  it('names every parameter of every path', () => {
    for (const { address, operation } of operations) {
      const named = [...address.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(operation.parameters.filter((parameter) => parameter.in === 'path').map((parameter) => parameter.name)).toEqual(named);
    }
  });

  it('lets every POST carry an Idempotency-Key', () => {
    const without = operations.filter(({ method, operation }) => (method === 'post') !== operation.parameters.some(({ name }) => name === 'Idempotency-Key'));
    expect(without).toEqual([]);
  });

  it('names the codes of every operation', () => {
    for (const contract of allContracts) {
      const responses = Object.values(document.paths[contract.path]?.[contract.method.toLowerCase()]?.responses ?? {});
      for (const code of contract.errors) expect(responses.some(({ description }) => description.includes(`\`${code}\``))).toBe(true);
    }
  });
});
