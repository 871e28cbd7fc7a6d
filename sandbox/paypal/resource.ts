import type { z } from 'zod';
import { anything } from './input';
import type { Page as PageOf } from '../server/page';
import type { FormPart } from '../server/parts';
import type { Sandbox } from './sandbox';

/** One request to act upon. */
export interface Call<B, Q> {
  sandbox: Sandbox;
  /** The parts of the path that have a name. */
  path: Record<string, string>;
  body: B;
  query: Q;
  /** Documents that came beside the body. */
  documents: readonly FormPart[];
  /** Whether the answer shows everything: `Prefer: return=representation`. */
  full: boolean;
  /** `PayPal-Request-Id`. */
  requestId: string | null;
}

export interface Answer {
  status: number;
  body?: unknown;
}

export interface Route {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** `/v2/checkout/orders/:id` */
  path: string;
  body: z.ZodType;
  query: z.ZodType;
  answer(call: Call<unknown, unknown>): Answer;
}

interface RouteOptions<B extends z.ZodType, Q extends z.ZodType> {
  body: B;
  query: Q;
  answer(call: Call<z.output<B>, z.output<Q>>): Answer;
}

function route<B extends z.ZodType, Q extends z.ZodType>(method: Route['method'], path: string, { answer, ...options }: RouteOptions<B, Q>): Route {
  return { method, path, ...options, answer: (call) => answer(call as Call<z.output<B>, z.output<Q>>) };
}

/** A way to ask: what its body and query must hold, and what it does. */
export const get = <Q extends z.ZodType>(path: string, query: Q, answer: RouteOptions<typeof anything, Q>['answer']): Route => route('GET', path, { body: anything, query, answer });
export const post = <B extends z.ZodType>(path: string, body: B, answer: RouteOptions<B, typeof anything>['answer']): Route => route('POST', path, { body, query: anything, answer });
export const patch = <B extends z.ZodType>(path: string, body: B, answer: RouteOptions<B, typeof anything>['answer']): Route => route('PATCH', path, { body, query: anything, answer });
export const remove = (path: string, answer: RouteOptions<typeof anything, typeof anything>['answer']): Route => route('DELETE', path, { body: anything, query: anything, answer });

/** Something for a browser beside the API. */
export type Page = PageOf<Sandbox>;

/** A room of the API: its routes, its pages, and what happens in it by itself later. */
export interface Resource {
  routes?: readonly Route[];
  pages?: readonly Page[];
  /** Jobs for `sandbox.later`, by name; told the id that was scheduled. */
  jobs?: Record<string, (sandbox: Sandbox, subject: string) => void>;
}

/** A way on from an object: https://developer.paypal.com/api/rest/responses/#link-hateoaslinks */
export interface Link {
  href: string;
  rel: string;
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
}
