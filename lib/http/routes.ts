import { DomainError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { answer, type Incoming } from './answer';
import type { AnyContract, Method } from './contract';
import { failure, type Outgoing } from './envelope';
import { bodyOf, readLimited } from './read-limited';

type PathParameters = Incoming['params'];
type RouteHandler = (request: Request, route: { params: Promise<PathParameters> }) => Promise<Response>;

function incoming(request: Request, params: PathParameters): Incoming {
  const url = new URL(request.url);
  return {
    method: request.method,
    path: url.pathname,
    search: url.search,
    url,
    params,
    header: (name) => request.headers.get(name),
    readBody: (limit) => readLimited(bodyOf(request), limit),
  };
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
    return async (request, route) => toResponse(await answer(mounted, incoming(request, await route.params)));
  };
  return { GET: handler('GET'), POST: handler('POST'), PATCH: handler('PATCH'), PUT: handler('PUT'), DELETE: handler('DELETE') };
}
