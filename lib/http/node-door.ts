import type { IncomingMessage, ServerResponse } from 'node:http';
import { answer, type Incoming } from './answer';
import type { AnyContract } from './contract';
import type { Outgoing } from './envelope';
import { readLimited } from './read-limited';

function incoming(request: IncomingMessage, url: URL): Incoming {
  return {
    method: request.method ?? 'GET',
    url,
    params: {},
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

/**
 * A door for `node:http` to contracts at fixed addresses, ahead of Next, whose own handling of a request costs more than
 * a quota decision. What it opens to is what the Next routes mount: the same contracts through the same `answer`.
 * The door takes a request and answers it, or returns false and leaves it to somebody else.
 */
export function nodeDoor(contracts: readonly AnyContract[]): (request: IncomingMessage, response: ServerResponse) => boolean {
  const mounted = new Map(
    contracts.flatMap((contract) => [contract.path, ...(contract.aliases ?? [])].map((path) => [`${contract.method} ${path}`, contract])),
  );
  return (request, response) => {
    const target = request.url ?? '/';
    const query = target.indexOf('?');
    const contract = mounted.get(`${request.method} ${query < 0 ? target : target.slice(0, query)}`);
    if (!contract) return false;
    const url = new URL(target, 'http://localhost');
    void answer(contract, incoming(request, url)).then((outgoing) => send(response, outgoing));
    return true;
  };
}
