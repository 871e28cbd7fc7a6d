import { join, resolve } from 'node:path';
import type { Method } from '@/lib/http/contract';
import type { routes } from '@/lib/http/routes';

export interface ApiCall {
  method: Method;
  /** With `{name}` for parameters, as contracts write it. */
  address: string;
  params?: Record<string, string>;
  query?: Record<string, string | string[]>;
  headers?: Record<string, string>;
  /** Sent as JSON unless it is a text, which is sent as it is. */
  body?: unknown;
}

export interface ApiAnswer {
  status: number;
  headers: Headers;
  text: string;
  /** The envelope; undefined when the answer is a file. */
  envelope: { success: boolean; code: string; message: string; payload: unknown } | undefined;
}

function urlOf({ address, params = {}, query = {} }: ApiCall): URL {
  const url = new URL(address.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? '')), 'http://portal.example');
  for (const [name, values] of Object.entries(query)) for (const value of [values].flat()) url.searchParams.append(name, value);
  return url;
}

/** Calls the route file that is mounted at the address, as the server would: request in, response out. */
export async function callApi(call: ApiCall): Promise<ApiAnswer> {
  const file = join(resolve('app'), call.address.replace(/\{(\w+)\}/g, '[$1]'), 'route.ts');
  const handlers = (await import(file)) as ReturnType<typeof routes>;
  const hasBody = call.body !== undefined;
  const request = new Request(urlOf(call), {
    method: call.method,
    headers: { ...(hasBody && { 'content-type': 'application/json' }), ...call.headers },
    ...(hasBody && { body: typeof call.body === 'string' ? call.body : JSON.stringify(call.body) }),
  });
  const response = await handlers[call.method](request, { params: Promise.resolve(call.params ?? {}) });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  return { status: response.status, headers: response.headers, text, envelope: isJson ? (JSON.parse(text) as ApiAnswer['envelope']) : undefined };
}
