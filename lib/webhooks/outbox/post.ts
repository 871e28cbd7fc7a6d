import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { sentenceOf, type Failure } from './failures';
import { problemOf, reachableLookup } from './reachable';

/** How long an endpoint may take to answer, in milliseconds. */
const patience = 10_000;

/** What an endpoint said: its HTTP status, or why there was no answer. */
export type Answer = { status: number } | { failure: string };

const failures: Record<string, Failure> = {
  ECONNREFUSED: 'refused', ENOTFOUND: 'unknown_host', EAI_AGAIN: 'unresolved', ECONNRESET: 'closed', EUNREACHABLE: 'unreachable', ABORT_ERR: 'late',
};

function whyFailed(error: Error): string {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const code = first instanceof Error && 'code' in first ? String(first.code) : '';
  return sentenceOf(failures[code] ?? (/CERT|SSL|TLS/.test(code) ? 'certificate' : 'connection'), code);
}

/**
 * Sends a JSON body by POST and gives the status of the answer, of which nothing more is read; redirects are not followed.
 * Only addresses that may be called are connected to (see `reachable.ts`); `development` allows this machine. Never throws.
 */
export function post(url: string, headers: Record<string, string>, body: string, development: boolean): Promise<Answer> {
  const problem = problemOf(url, development);
  if (problem) return Promise.resolve({ failure: problem });
  const send = new URL(url).protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve) => {
    const request = send(url, {
      method: 'POST',
      agent: false,
      lookup: reachableLookup(development),
      signal: AbortSignal.timeout(patience),
      headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'user-agent': 'customer-portal-webhooks' },
    });
    request.on('response', (response) => {
      resolve({ status: response.statusCode ?? 0 });
      response.destroy();
    });
    request.on('error', (error) => resolve({ failure: whyFailed(error) }));
    request.end(body);
  });
}
