import type { IncomingMessage, ServerResponse } from 'node:http';
import { finder } from './addresses';
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
