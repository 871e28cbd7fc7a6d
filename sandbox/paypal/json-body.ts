import { Refusal } from './errors';

const malformed = (): Refusal =>
  new Refusal(400, 'INVALID_REQUEST', 'Request is not well-formed, syntactically incorrect, or violates schema.', [{ issue: 'MALFORMED_REQUEST_JSON', description: 'The request JSON is not well formed.', location: 'body' }]);

/** The part named `input` of a form in parts: how evidence is sent, with its documents in the other parts. */
function inputOfParts(body: string, boundary: string): string {
  const part = body.split(`--${boundary}`).find((one) => /content-disposition:[^\r\n]*name="?input"?/i.test(one));
  return part?.slice(part.indexOf('\r\n\r\n') + 4).trimEnd() ?? '';
}

/** What a request says in JSON; an empty body says nothing. Throws PayPal's refusals of what is no JSON. */
export function jsonOf({ body, headers }: { body: string; headers: Record<string, string | undefined> }): unknown {
  const type = headers['content-type'] ?? '';
  const boundary = /^multipart\/(?:form-data|related);.*boundary="?([^";]+)"?/i.exec(type)?.[1];
  const text = boundary ? inputOfParts(body, boundary) : body;
  if (text === '') return {};
  if (!boundary && !type.startsWith('application/json')) throw new Refusal(415, 'UNSUPPORTED_MEDIA_TYPE', 'The server does not support the request payload\'s media type.');
  try {
    return JSON.parse(text);
  } catch {
    throw malformed();
  }
}
