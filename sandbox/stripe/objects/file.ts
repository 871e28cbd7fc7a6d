import type Stripe from 'stripe';
import { invalidRequest } from '../errors';
import { newId } from '../ids';
import { kind } from '../resource';
import type { Sandbox } from '../sandbox';
import type { FormPart } from '../../server/parts';

export const file = kind<Stripe.File>({ object: 'file', prefix: 'file', expandable: {} });

/** What evidence may be: https://docs.stripe.com/file-upload#uploading-a-file */
const types: Record<string, string> = { 'application/pdf': 'pdf', 'image/jpeg': 'jpg', 'image/png': 'png' };
const largestFile = 5_000_000;

/** Keeps what is said of a file; its bytes are looked at and let go. */
export function createFile(sandbox: Sandbox, purpose: string, part: FormPart | undefined): Stripe.File {
  if (!part) throw invalidRequest('Missing required param: file.', { code: 'parameter_missing', param: 'file' });
  const type = types[part.type];
  if (!type) throw invalidRequest(`A file of the type ${part.type} is not supported for ${purpose}.`, { param: 'file' });
  if (part.content.length > largestFile) throw invalidRequest('The file is larger than 5 MB.', { param: 'file' });
  if (part.content.length === 0) throw invalidRequest('The file is empty.', { param: 'file' });
  return sandbox.insert(file, {
    id: newId('file'), object: 'file', created: sandbox.now(), expires_at: null, filename: part.fileName, links: null, purpose, size: part.content.length, title: null, type,
    url: `${sandbox.url}/v1/files`,
  });
}
