import type { ExampleCall } from './example-call';
import { javaScript, literal } from './literal';

type Lines = (body: object) => string[];

const written = (value: unknown): string => literal(value, javaScript);

/** A method that takes what the body says and answers with a decision. */
const decides = (method: string): Lines => (body) => [`const decision = await client.${method}(${written(body)});`];

/** How the client does what an operation does, by the operation's name, made of the example that its contract gives. */
const operations: Record<string, Lines> = {
  checkQuota: decides('check'),
  consumeQuota: decides('consume'),
  reserveQuota: decides('reserve'),
  commitReservation: decides('commit'),
  releaseReservation: (body) => [`await client.release(${written(body)});`],
  setLevel: decides('level'),
  takeLease: (body) => [
    `const lease = client.lease(${written('feature' in body ? body.feature : '')});`,
    'await lease.ready();',
    'const allowed = lease.take(1); // at once, in this process',
    'await client.close(); // settles the lease and returns the rest',
  ],
  recordUsage: (body) => [
    ...('events' in body && Array.isArray(body.events) ? body.events : [body]).map((event) => `client.record(${written(event)});`),
    'await client.flush(); // or let it leave by itself, with others',
  ],
};

/** The lines that do the same through the client; null where it has no method for it. */
export function clientLines({ id, body }: ExampleCall): string[] | null {
  const lines = operations[id];
  return lines && typeof body === 'object' && body !== null ? lines(body) : null;
}
