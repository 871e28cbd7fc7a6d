import { errorCodes, type ErrorCode } from '@/lib/core/errors';
import type { AnyContract } from '@/lib/http/contract';
import { jsonSchemaOf, type JsonSchema } from './json-schema';
import { errorsOf } from './operation-errors';

type Json = Record<string, unknown>;

const idempotencyHeader = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same key and body give the same answer again; the same key with another body is refused with `idempotency_key_reused`.',
  schema: { type: 'string', minLength: 1, maxLength: 200, pattern: '^[\\x21-\\x7e]+$' },
};

const accountHeader = {
  name: 'Portal-Account',
  in: 'header',
  required: false,
  description: 'The account to act for. Needed with a seller key; with any other credential it must be that credential’s own account.',
  schema: { type: 'string' },
};

function parametersOf(contract: AnyContract): Json[] {
  const from = (schema: JsonSchema | undefined, place: 'path' | 'query') =>
    Object.entries(schema?.properties ?? {}).map(([name, { description, ...property }]) => ({
      name,
      in: place,
      required: place === 'path' || Boolean(schema?.required?.includes(name)),
      ...(description && { description }),
      schema: property,
    }));
  return [
    ...from(contract.params && jsonSchemaOf(contract.params, 'input'), 'path'),
    ...from(contract.query && jsonSchemaOf(contract.query, 'input'), 'query'),
    ...(contract.method === 'POST' ? [idempotencyHeader] : []),
    accountHeader,
  ];
}

function successOf(contract: AnyContract): Json {
  if (contract.output === 'file') {
    return { description: 'The file.', content: { '*/*': { schema: { type: 'string', contentEncoding: 'binary' } } } };
  }
  const envelope = {
    type: 'object',
    required: ['success', 'code', 'message', 'payload'],
    properties: {
      success: { const: true },
      code: { const: 'ok' },
      message: { type: 'string' },
      payload: jsonSchemaOf(contract.output, 'output'),
    },
  };
  return { description: 'Done.', content: { 'application/json': { schema: envelope } } };
}

/** One response a status, each naming the codes that travel with it. */
function failuresOf(codes: ErrorCode[]): Json {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) {
    const { status } = errorCodes[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const responses = [...byStatus].sort(([one], [other]) => one - other).map(([status, together]) => [
    String(status),
    {
      description: together.map((code) => `\`${code}\`: ${errorCodes[code].message}`).join('\n\n'),
      content: {
        'application/json': {
          schema: { allOf: [{ $ref: '#/components/schemas/Failure' }, { type: 'object', properties: { code: { enum: together } } }] },
        },
      },
    },
  ]);
  return Object.fromEntries(responses) as Json;
}

function operationOf(contract: AnyContract, address: string): Json {
  const isAlias = address !== contract.path;
  return {
    operationId: isAlias ? `${contract.id}${aliasSuffix(address)}` : contract.id,
    tags: [contract.group],
    summary: contract.summary,
    description: [contract.description, isAlias && `The same as \`${contract.path}\`.`, contract.permission === 'public' ? 'Open to everybody.' : `Needs the permission \`${contract.permission}\`.`].filter(Boolean).join('\n\n'),
    ...(contract.permission === 'public' && { security: [] }),
    parameters: parametersOf(contract),
    ...(contract.body && {
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: jsonSchemaOf(contract.body, 'input'), ...(contract.example !== undefined && { example: contract.example }) },
        },
      },
    }),
    responses: { 200: successOf(contract), ...failuresOf(errorsOf(contract)) },
  };
}

/** `_api_portal_account`: an operation id must be its own at each address. */
function aliasSuffix(address: string): string {
  return address.replace(/\W+/g, '_').replace(/_+$/, '');
}

const failure: JsonSchema = {
  type: 'object',
  required: ['success', 'code', 'message', 'payload'],
  properties: {
    success: { const: false },
    code: { type: 'string', description: 'Stable: decide by it.' },
    message: { type: 'string', description: 'For people. It may change.' },
    payload: {
      type: 'object',
      required: ['requestId'],
      properties: {
        requestId: { type: 'string', description: 'Tell it to support.' },
        issues: {
          type: 'array',
          description: 'What is wrong with the input, field by field.',
          items: {
            type: 'object',
            required: ['field', 'message'],
            properties: {
              field: { type: 'string', description: 'Path of the field, such as `items.3.quantity`.' },
              message: { type: 'string' },
              code: { type: 'string', description: 'The rule that was broken.' },
              example: { type: 'string', description: 'What a right value looks like.' },
            },
          },
        },
      },
    },
  },
};

export interface Deployment {
  /** The address that callers reach the portal at. */
  serverUrl: string;
  /** Name of the cookie that carries a browser's session. */
  sessionCookie: string;
}

/** The contracts as one OpenAPI 3.1 document. */
export function openApiDocument(contracts: readonly AnyContract[], { serverUrl, sessionCookie }: Deployment): Json {
  const paths: Record<string, Json> = {};
  for (const contract of contracts) {
    for (const address of [contract.path, ...(contract.aliases ?? [])]) {
      paths[address] = { ...paths[address], [contract.method.toLowerCase()]: operationOf(contract, address) };
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Customer portal API',
      version: '1',
      description:
        'Every answer is an envelope `{success, code, message, payload}`. Amounts of money are integers of minor units beside an ISO 4217 currency; integers may pass 2^53. Times are ISO 8601 in UTC.',
    },
    servers: [{ url: serverUrl }],
    tags: [...new Set(contracts.map((contract) => contract.group))].map((name) => ({ name })),
    security: [{ apiKey: [] }, { userToken: [] }, { session: [] }],
    paths,
    components: {
      schemas: { Failure: failure },
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key (`cpk_…`) of a product backend, with the permissions it was given.' },
        userToken: { type: 'http', scheme: 'bearer', description: 'A token of a person, with the permissions of their role.' },
        session: { type: 'apiKey', in: 'cookie', name: sessionCookie, description: 'The session of a signed-in browser.' },
      },
    },
  };
}
