import type { IncomingMessage, ServerResponse } from 'node:http';
import { answer, type Incoming } from './answer';
import type { AnyContract } from './contract';
import type { Outgoing } from './envelope';
import { readLimited } from './read-limited';

function incoming(request: IncomingMessage, url: URL, params: Incoming['params']): Incoming {
  return {
    method: request.method ?? 'GET',
    url,
    params,
    header: (name) => {
      const value = request.headers[name];
      return Array.isArray(value) ? value.join(', ') : (value ?? null);
    },
    // A refused body leaves the connection standing, so that the refusal can be sent on it.
    readBody: (limit) => readLimited({ declared: request.headers['content-length'], chunks: request.iterator({ destroyOnReturn: false }) }, limit),
  };
}

function send(response: ServerResponse, { status, headers, body }: Outgoing): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

interface Found {
  contract: AnyContract;
  params: Record<string, string>;
}

const placeholder = /\{(\w+)\}/g;

/** Finds the contract at an address; those without parameters first, by one look. */
function finder(contracts: readonly AnyContract[]): (method: string, path: string) => Found | undefined {
  const addresses = contracts.flatMap((contract) => [contract.path, ...(contract.aliases ?? [])].map((path) => ({ path, contract })));
  const fixed = new Map(addresses.filter(({ path }) => !path.includes('{')).map(({ path, contract }) => [`${contract.method} ${path}`, { contract, params: {} }]));
  const named = addresses
    .filter(({ path }) => path.includes('{'))
    .map(({ path, contract }) => ({
      contract,
      names: [...path.matchAll(placeholder)].map(([, name = '']) => name),
      pattern: new RegExp(`^${contract.method} ${path.replace(placeholder, '([^/]+)')}$`),
    }));
  return (method, path) => {
    const target = `${method} ${path}`;
    const exact = fixed.get(target);
    if (exact) return exact;
    for (const { contract, names, pattern } of named) {
      const values = pattern.exec(target)?.slice(1).map(decoded);
      // What cannot be decoded is left to the next handler, which refuses it.
      if (values?.every((value) => value !== undefined)) return { contract, params: Object.fromEntries(names.map((name, index) => [name, values[index] ?? ''])) };
    }
    return undefined;
  };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/**
 * A door for `node:http` to contracts, ahead of Next, whose own handling of a request costs more than a quota decision.
 * What it opens to is what the Next routes mount: the same contracts through the same `answer`.
 * The door takes a request and answers it, or returns false and leaves it to somebody else.
 */
export function nodeDoor(contracts: readonly AnyContract[]): (request: IncomingMessage, response: ServerResponse) => boolean {
  const find = finder(contracts);
  return (request, response) => {
    const target = request.url ?? '/';
    const query = target.indexOf('?');
    const found = find(request.method ?? 'GET', query < 0 ? target : target.slice(0, query));
    if (!found) return false;
    const url = new URL(target, 'http://localhost');
    void answer(found.contract, incoming(request, url, found.params)).then((outgoing) => send(response, outgoing));
    return true;
  };
}
