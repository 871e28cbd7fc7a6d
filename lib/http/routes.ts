import { DomainError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { answer, type Incoming } from './answer';
import type { AnyContract, Method } from './contract';
import { failure, type Outgoing } from './envelope';
import { readLimited } from './read-limited';

type PathParameters = Incoming['params'];
type RouteHandler = (request: Request, route: { params: Promise<PathParameters> }) => Promise<Response>;

/** Next hands each of these out through a proxy: each is asked for once, and what only some operations need when they ask. */
class RouteRequest implements Incoming {
  readonly method: string;
  private readonly headers: Headers;
  private known: URL | null = null;

  constructor(
    private readonly request: Request,
    readonly params: PathParameters,
  ) {
    this.method = request.method;
    this.headers = request.headers;
  }

  get url(): URL {
    return (this.known ??= new URL(this.request.url));
  }

  get path(): string {
    return this.url.pathname;
  }

  get search(): string {
    return this.url.search;
  }

  header(name: string): string | null {
    return this.headers.get(name);
  }

  readBody(limit: number): Promise<string> {
    return readLimited(this.request, limit);
  }
}

/** An answer as Next sends it. */
export function toResponse(outgoing: Outgoing): Response {
  return new Response(outgoing.body as BodyInit, { status: outgoing.status, headers: outgoing.headers });
}

/**
 * Mounts contracts at the address of a Next route file, one for each method:
 * `export const { GET, POST, PATCH, PUT, DELETE } = routes(getAccount, updateAccount);`
 * A method without a contract answers `method_not_allowed` in the envelope.
 */
export function routes(...contracts: AnyContract[]): Record<Method, RouteHandler> {
  const handler = (method: Method): RouteHandler => {
    const mounted = contracts.find((candidate) => candidate.method === method);
    if (!mounted) {
      const allow = contracts.map((candidate) => candidate.method).join(', ');
      return async () => {
        const outgoing = failure(new DomainError(contracts.length > 0 ? 'method_not_allowed' : 'not_found'), newId('req'));
        return toResponse({ ...outgoing, headers: { ...outgoing.headers, ...(allow && { allow }) } });
      };
    }
    return async (request, route) => toResponse(await answer(mounted, new RouteRequest(request, await route.params)));
  };
  return { GET: handler('GET'), POST: handler('POST'), PATCH: handler('PATCH'), PUT: handler('PUT'), DELETE: handler('DELETE') };
}
