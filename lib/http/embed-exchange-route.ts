import { authenticate } from '@/lib/auth/authenticate';
import { embedCookieHeader } from '@/lib/auth/embedding/embed-cookie';
import { embedCookieLifetime, exchangeEmbedToken } from '@/lib/auth/embedding/embed-session';
import { embedExchangeInput } from '@/lib/auth/embedding/schema';
import { systemClock } from '@/lib/core/clock';
import { DomainError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { portalIsOff } from '@/lib/core/portal-switch';
import { failure, success } from './envelope';
import { parseJson } from './json';
import { readLimited } from './read-limited';
import { toResponse } from './routes';
import { assertSameOrigin } from './same-origin';

const bodyLimit = 4 * 1024;

async function answered(request: Request, work: () => Promise<Response>): Promise<Response> {
  try {
    if (portalIsOff(new URL(request.url).pathname)) throw new DomainError('portal_disabled');
    return await work();
  } catch (error) {
    return toResponse(failure(error, newId('req')));
  }
}

/**
 * The portal in a frame hands in the one-time token that the page around it gave: the cookie of its session follows. The answer
 * holds the same as a bearer, which the frame forgets unless its browser keeps no cookie.
 */
export function embedExchangeRoute(request: Request): Promise<Response> {
  return answered(request, async () => {
    assertSameOrigin({ url: new URL(request.url), header: (name) => request.headers.get(name) });
    const input = embedExchangeInput.safeParse(parseJson(await readLimited(request, bodyLimit)));
    if (!input.success) throw new DomainError('embed_token_invalid');
    const { cookie, bearer } = await exchangeEmbedToken(input.data, request.headers.get('user-agent') ?? '', systemClock);
    const response = toResponse(success({ bearer }));
    response.headers.append('set-cookie', embedCookieHeader(input.data.account, cookie, embedCookieLifetime));
    return response;
  });
}

/** Whether the frame has a session: asked once after the exchange, to learn whether the browser kept the cookie. */
export function embedCheckRoute(request: Request): Promise<Response> {
  return answered(request, async () => {
    await authenticate({ header: (name) => request.headers.get(name) }, systemClock);
    return toResponse(success({}));
  });
}
