import { boundaryOf, partsOf, type FormPart } from '../server/parts';
import { Refusal } from './errors';

const malformed = (): Refusal =>
  new Refusal(400, 'INVALID_REQUEST', 'Request is not well-formed, syntactically incorrect, or violates schema.', [{ issue: 'MALFORMED_REQUEST_JSON', description: 'The request JSON is not well formed.', location: 'body' }]);

/** What a request says in JSON; an empty body says nothing. Of a form in parts it is the one named `input`, beside which documents come. Throws PayPal's refusals of what is no JSON. */
export function jsonOf({ body, headers }: { body: string; headers: Record<string, string | undefined> }): unknown {
  const type = headers['content-type'] ?? '';
  const boundary = boundaryOf(type);
  const text = boundary === null ? body : (partsOf(body, boundary).find(({ name }) => name === 'input')?.content.toString('utf8') ?? '');
  if (text === '') return {};
  if (boundary === null && !type.startsWith('application/json')) throw new Refusal(415, 'UNSUPPORTED_MEDIA_TYPE', 'The server does not support the request payload\'s media type.');
  try {
    return JSON.parse(text);
  } catch {
    throw malformed();
  }
}

/** The documents beside the JSON of a form in parts. */
export function documentsOf({ body, headers }: { body: string; headers: Record<string, string | undefined> }): FormPart[] {
  const boundary = boundaryOf(headers['content-type']);
  return boundary === null ? [] : partsOf(body, boundary).filter(({ fileName }) => fileName !== '');
}
