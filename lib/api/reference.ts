import { errorCodes } from '@/lib/core/errors';
import type { AnyContract, Method } from '@/lib/http/contract';
import { jsonSchemaOf, type JsonSchema } from './json-schema';
import { errorsOf } from './operation-errors';
import { prettyJson, sampleOf } from './sample';
import { fieldsOf, formsOf, type SchemaField } from './schema-fields';

export interface ReferenceParameter extends SchemaField {
  place: 'path' | 'query';
}

/** An operation as the reference page shows it: plain texts and rows. */
export interface ReferenceOperation {
  id: string;
  method: Method;
  path: string;
  aliases: readonly string[];
  summary: string;
  description: string | undefined;
  /** Null where everybody may. */
  permission: string | null;
  parameters: ReferenceParameter[];
  /** Each form that the body may have, as its fields. */
  bodies: SchemaField[][];
  /** Fields of the payload; null when the answer is a file. */
  answer: SchemaField[] | null;
  /** A command to try. */
  request: string;
  /** The answer to expect, as JSON; null when it is a file. */
  response: string | null;
  errors: { code: string; status: number; message: string }[];
}

export interface ReferenceGroup {
  name: string;
  operations: ReferenceOperation[];
}

function parametersOf(contract: AnyContract): ReferenceParameter[] {
  const rows = (schema: AnyContract['params'], place: 'path' | 'query') =>
    schema ? fieldsOf(jsonSchemaOf(schema, 'input')).map((field) => ({ ...field, place, required: place === 'path' || field.required })) : [];
  return [...rows(contract.params, 'path'), ...rows(contract.query, 'query')];
}

function sampleQuery(schema: JsonSchema): string {
  const required = (schema.required ?? []).map((name) => [name, String(sampleOf(schema.properties?.[name] ?? {}, name))]);
  return required.length > 0 ? `?${new URLSearchParams(required as [string, string][]).toString()}` : '';
}

/** `/invoices/{id}` with an id that looks like one: `inv_…`. */
function samplePath(path: string): string {
  return path.replace(/(\w+)\/\{(\w+)\}/g, (_, collection: string, name: string) => {
    const sample = name === 'id' ? `${collection.slice(0, 3)}_0f3k9m2q7v4x8z1c5b6n` : String(sampleOf({ type: 'string' }, name));
    return `${collection}/${sample}`;
  });
}

function requestOf(contract: AnyContract, serverUrl: string): string {
  const query = contract.query ? sampleQuery(jsonSchemaOf(contract.query, 'input')) : '';
  const lines = [`curl ${contract.method === 'GET' ? '' : `-X ${contract.method} `}'${serverUrl}${samplePath(contract.path)}${query}'`];
  if (contract.permission !== 'public') lines.push(`-H "Authorization: Bearer $API_KEY"`);
  if (contract.method === 'POST') lines.push(`-H 'Idempotency-Key: 4f1c2a'`);
  if (contract.body) {
    const example = contract.example ?? sampleOf(formsOf(jsonSchemaOf(contract.body, 'input'))[0] ?? {});
    lines.push(`-H 'Content-Type: application/json'`, `-d '${JSON.stringify(example).replaceAll("'", "'\\''")}'`);
  }
  if (contract.output === 'file') lines.push('-OJ');
  return lines.join(' \\\n  ');
}

function operationOf(contract: AnyContract, serverUrl: string): ReferenceOperation {
  const output = contract.output === 'file' ? null : jsonSchemaOf(contract.output, 'output');
  return {
    id: contract.id,
    method: contract.method,
    path: contract.path,
    aliases: contract.aliases ?? [],
    summary: contract.summary,
    description: contract.description,
    permission: contract.permission === 'public' ? null : contract.permission,
    parameters: parametersOf(contract),
    bodies: contract.body ? formsOf(jsonSchemaOf(contract.body, 'input')).map((form) => fieldsOf(form)) : [],
    answer: output && fieldsOf(output),
    request: requestOf(contract, serverUrl),
    response: output && prettyJson({ success: true, code: 'ok', message: 'OK', payload: sampleOf(output) }),
    errors: errorsOf(contract).map((code) => ({ code, ...errorCodes[code] })),
  };
}

/** Every operation under the name of its group, in the order of the contracts. `serverUrl` stands in the examples. */
export function referenceOf(contracts: readonly AnyContract[], serverUrl: string): ReferenceGroup[] {
  const names = [...new Set(contracts.map((contract) => contract.group))];
  return names.map((name) => ({
    name,
    operations: contracts.filter((contract) => contract.group === name).map((contract) => operationOf(contract, serverUrl)),
  }));
}
