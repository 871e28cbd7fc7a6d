import type { IncomingMessage, ServerResponse } from 'node:http';
import { answer, type Incoming } from './answer';
import type { AnyContract } from './contract';
import type { Outgoing } from './envelope';
import { readNodeBody } from './read-limited';

class NodeRequest implements Incoming {
  readonly method: string;

  constructor(
    private readonly request: IncomingMessage,
    readonly path: string,
    readonly search: string,
    readonly params: Record<string, string>,
  ) {
    this.method = request.method ?? 'GET';
  }

  get url(): URL {
    return new URL(this.request.url ?? '/', 'http://localhost');
  }

  header(name: string): string | null {
    const value = this.request.headers[name];
    return Array.isArray(value) ? value.join(', ') : (value ?? null);
  }

  readBody(limit: number): Promise<string> {
    return readNodeBody(this.request, limit);
  }
}

function send(response: ServerResponse, { status, headers, body }: Outgoing): void {
  headers['content-length'] = String(Buffer.byteLength(body));
  response.writeHead(status, headers);
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
    const path = query < 0 ? target : target.slice(0, query);
    const found = find(request.method ?? 'GET', path);
    if (!found) return false;
    const incoming = new NodeRequest(request, path, query < 0 ? '' : target.slice(query), found.params);
    void answer(found.contract, incoming).then((outgoing) => send(response, outgoing));
    return true;
  };
}
