import { errorCodes } from '@/lib/core/errors';
import type { AnyContract, Method } from '@/lib/http/contract';
import { requestExamples, type RequestExample } from './examples';
import { jsonSchemaOf } from './json-schema';
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
  /** A call to try, in each language. */
  requests: RequestExample[];
  /** The answer to expect, as JSON; null when it is a file. */
  response: string | null;
  errors: { code: string; status: number; message: string }[];
}

/** A group of operations, as a table of contents names them. */
export interface ReferenceGroup {
  name: string;
  operations: { id: string; summary: string }[];
}

function parametersOf(contract: AnyContract): ReferenceParameter[] {
  const rows = (schema: AnyContract['params'], place: 'path' | 'query') =>
    schema ? fieldsOf(jsonSchemaOf(schema, 'input')).map((field) => ({ ...field, place, required: place === 'path' || field.required })) : [];
  return [...rows(contract.params, 'path'), ...rows(contract.query, 'query')];
}

/** What there is to say of one operation. `serverUrl` stands in the examples. */
export function operationOf(contract: AnyContract, serverUrl: string): ReferenceOperation {
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
    requests: requestExamples(contract, serverUrl),
    response: output && prettyJson({ success: true, code: 'ok', message: 'OK', payload: sampleOf(output) }),
    errors: errorsOf(contract).map((code) => ({ code, ...errorCodes[code] })),
  };
}

/** Every operation under the name of its group, in the order of the contracts. */
export function groupsOf(contracts: readonly AnyContract[]): ReferenceGroup[] {
  const names = [...new Set(contracts.map((contract) => contract.group))];
  return names.map((name) => ({
    name,
    operations: contracts.filter((contract) => contract.group === name).map(({ id, summary }) => ({ id, summary })),
  }));
}
