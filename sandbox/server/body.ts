import type { IncomingMessage } from 'node:http';
import { boundaryOf } from './parts';

const largestBody = 1_000_000;
const largestForm = 12_000_000;

/** Told when a body is larger than a megabyte, or a form with files than twelve. */
export class BodyTooLarge extends Error {}

/** The body of a request as text; of a form in parts, which may hold files, one letter a byte. Throws `BodyTooLarge`. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const isForm = boundaryOf(request.headers['content-type']) !== null;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > (isForm ? largestForm : largestBody)) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString(isForm ? 'latin1' : 'utf8');
}
