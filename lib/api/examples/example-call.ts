import type { AnyContract, Method } from '@/lib/http/contract';
import { jsonSchemaOf } from '../json-schema';
import { sampleOf } from '../sample';
import { formsOf } from '../schema-fields';

/** What one example call of an operation sends. */
export interface ExampleCall {
  id: string;
  method: Method;
  /** Of the server, without a slash at the end. */
  serverUrl: string;
  /** The whole address, with its query. */
  url: string;
  /** Undefined where the operation takes none. */
  body: unknown;
  headers: Record<string, string>;
  /** Whether it needs a credential. */
  signed: boolean;
  /** Whether the answer is a file. */
  isFile: boolean;
}

function sampleQuery(contract: AnyContract): string {
  const schema = contract.query ? jsonSchemaOf(contract.query, 'input') : {};
  const required = (schema.required ?? []).map((name) => [name, String(sampleOf(schema.properties?.[name] ?? {}, name))]);
  return required.length > 0 ? `?${new URLSearchParams(required as [string, string][]).toString()}` : '';
}

const prefixes: Record<string, string> = { usage: 'evt', lease: 'lease' };

/** `/invoices/{id}` with an id that looks like one: `inv_…`. */
function samplePath(path: string): string {
  return path.replace(/(\w+)\/\{(\w+)\}/g, (_, collection: string, name: string) => {
    const sample = name === 'id' ? `${prefixes[collection] ?? collection.slice(0, 3)}_0f3k9m2q7v4x8z1c5b6n` : String(sampleOf({ type: 'string' }, name));
    return `${collection}/${sample}`;
  });
}

/** The contract's example, else one made of its schema. */
function bodyOf(contract: AnyContract): unknown {
  if (!contract.body) return undefined;
  return contract.example ?? sampleOf(formsOf(jsonSchemaOf(contract.body, 'input'))[0] ?? {});
}

/** What an example call of the operation sends. An operation that has its key in the body is sent none beside it. */
export function exampleCall(contract: AnyContract, serverUrl: string): ExampleCall {
  const body = bodyOf(contract);
  const headers: Record<string, string> = {};
  if (contract.method === 'POST' && contract.idempotency !== 'kept' && contract.idempotency !== 'own') headers['Idempotency-Key'] = '4f1c2a';
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  return {
    id: contract.id, method: contract.method, serverUrl, url: `${serverUrl}${samplePath(contract.path)}${sampleQuery(contract)}`, body, headers,
    signed: contract.permission !== 'public', isFile: contract.output === 'file',
  };
}
