import type { IncomingMessage } from 'node:http';

const largestBody = 1_000_000;

/** Told when a body is larger than a megabyte. */
export class BodyTooLarge extends Error {}

/** The body of a request as text. Throws `BodyTooLarge`. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
