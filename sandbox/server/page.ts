import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from './body';
import { matchPath } from './path';
import type { StandIn } from './stand-in';

/** What a page of the sandbox answers: HTML unless the headers say otherwise. */
export interface PageAnswer {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
}

/** Something for a browser beside the API: a page, or a script. It is asked for without a key. */
export interface Page<S extends StandIn> {
  method: 'GET' | 'POST';
  /** `/_pages/challenge/:id` */
  path: string;
  answer(call: { sandbox: S; path: Record<string, string>; query: URLSearchParams; form: URLSearchParams }): PageAnswer | Promise<PageAnswer>;
}

/** Answers with the page that the request is for; false when there is none. */
export async function answerPage<S extends StandIn>(sandbox: S, pages: readonly Page<S>[], request: IncomingMessage, url: URL, response: ServerResponse): Promise<boolean> {
  for (const page of pages) {
    const path = page.method === request.method ? matchPath(page.path, url.pathname) : null;
    if (!path) continue;
    const form = new URLSearchParams(page.method === 'POST' ? await readBody(request) : '');
    const answer = await page.answer({ sandbox, path, query: url.searchParams, form });
    if (page.method === 'POST') await sandbox.saved();
    response.writeHead(answer.status ?? 200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', ...answer.headers }).end(answer.body ?? '');
    return true;
  }
  return false;
}
