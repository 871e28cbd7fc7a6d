import { DomainError } from '@/lib/core/errors';

/** A body on its way in: the length that its sender declared, if any, and its bytes as they come. */
export interface BodyStream {
  declared: string | null | undefined;
  chunks: AsyncIterable<Uint8Array> | null;
}

/** The body of a web request. */
export function bodyOf(request: Request): BodyStream {
  return { declared: request.headers.get('content-length'), chunks: request.body as unknown as AsyncIterable<Uint8Array> | null };
}

/**
 * A body as UTF-8 text. Throws `body_too_large` past `limit` bytes, having read no more than that, and `malformed_body`
 * when the sender went away before its end.
 */
export async function readLimited({ declared, chunks }: BodyStream, limit: number): Promise<string> {
  if (Number(declared ?? 0) > limit) throw new DomainError('body_too_large');
  if (!chunks) return '';
  const read: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of chunks) {
      size += chunk.byteLength;
      if (size > limit) throw new DomainError('body_too_large');
      read.push(chunk);
    }
  } catch (error) {
    throw error instanceof DomainError ? error : new DomainError('malformed_body', 'The body ended early. Send it again.');
  }
  return Buffer.concat(read).toString('utf8');
}
