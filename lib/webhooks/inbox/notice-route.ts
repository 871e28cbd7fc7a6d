import { systemClock } from '@/lib/core/clock';
import { DomainError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { failure, success } from '@/lib/http/envelope';
import { readLimitedBytes } from '@/lib/http/read-limited';
import { toResponse } from '@/lib/http/routes';
import { receiveNotice } from './receive-notice';

const bodyLimit = 256 * 1024;

/** One that is too large is refused as one that is forged: nobody who is to be believed sends it. */
async function readBody(request: Request): Promise<Uint8Array> {
  try {
    return await readLimitedBytes(request, bodyLimit);
  } catch (error) {
    throw error instanceof DomainError && error.code === 'body_too_large' ? new DomainError('webhook_refused') : error;
  }
}

/** Takes a notice from a gateway: it needs no session, since its signature says who sent it. Answered once it is kept. */
export async function noticeRoute(request: Request, { params }: { params: Promise<{ provider: string }> }): Promise<Response> {
  try {
    const { provider } = await params;
    await receiveNotice(systemClock, { gateway: provider, body: await readBody(request), headers: Object.fromEntries(request.headers) });
    return toResponse(success({ received: true }));
  } catch (error) {
    return toResponse(failure(error, newId('req')));
  }
}
