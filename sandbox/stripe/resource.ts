import type Stripe from 'stripe';
import type { z } from 'zod';
import type { Page as PageOf } from '../server/page';
import type { FormPart } from '../server/parts';
import type { Row } from '../server/tables';
import type { Sandbox } from './sandbox';

/** One kind of Stripe object: how it is named, and what of it may be expanded. */
export interface Kind<T extends Row = Row> {
  /** Stripe's `object`, such as `customer`: also the name of its table. */
  object: string;
  /** What its ids begin with, without the underscore. */
  prefix: string;
  /** Others that its ids may begin with. */
  otherPrefixes?: readonly string[];
  /** Fields that hold the id of another object, and the object's name: `{ 'invoice_settings.default_payment_method': 'payment_method' }`. `any` tells by the id. */
  expandable?: Record<string, string>;
  /** Fields that are there only when they are expanded, and how they are made. */
  included?: Record<string, { object: string; make: (row: T, sandbox: Sandbox) => unknown }>;
}

/** Declares a kind of object, for `sandbox.rows(kind)`. */
export function kind<T extends Row>(definition: Kind<T>): Kind<T> {
  return definition;
}

export type Access = 'secret' | 'publishable';

/** One request to act upon. */
export interface Call<P> {
  sandbox: Sandbox;
  /** The parts of the path that have a name: `{ id: 'cus_…' }`. */
  path: Record<string, string>;
  parameters: P;
  /** The files of a form in parts. */
  files: readonly FormPart[];
  access: Access;
}

export interface Route {
  method: 'GET' | 'POST' | 'DELETE';
  /** `/v1/customers/:id` */
  path: string;
  shape: z.ZodRawShape;
  /** The kind of object it answers with, alone or in a list, which decides what may be expanded. */
  returns: string;
  /** Whether Stripe.js may call it with the publishable key. */
  publishable: boolean;
  answer(call: Call<unknown>): unknown;
}

interface RouteOptions<S extends z.ZodRawShape> {
  returns: Pick<Kind, 'object'>;
  parameters: S;
  publishable?: boolean;
  answer(call: Call<z.output<z.ZodObject<S>>>): unknown;
}

function route<S extends z.ZodRawShape>(method: Route['method'], path: string, { returns, parameters, publishable = false, answer }: RouteOptions<S>): Route {
  return { method, path, shape: parameters, returns: returns.object, publishable, answer: (call) => answer(call as Call<z.output<z.ZodObject<S>>>) };
}

export const get = <S extends z.ZodRawShape>(path: string, options: RouteOptions<S>): Route => route('GET', path, options);
export const post = <S extends z.ZodRawShape>(path: string, options: RouteOptions<S>): Route => route('POST', path, options);
export const remove = <S extends z.ZodRawShape>(path: string, options: RouteOptions<S>): Route => route('DELETE', path, options);

export type { PageAnswer } from '../server/page';
/** Something for a browser beside the API, by Stripe's stand-in. */
export type Page = PageOf<Sandbox>;

/** A room of the API: its kinds of objects, its routes, its pages, and what happens in it by itself later. */
export interface Resource {
  kinds?: readonly Kind<never>[];
  routes?: readonly Route[];
  pages?: readonly Page[];
  /** Jobs for `sandbox.schedule`, by name; told the id that was scheduled. */
  jobs?: Record<string, (sandbox: Sandbox, subject: string) => void>;
  /** What it does by itself when an event of this type was made elsewhere; told the object as it is now. */
  reactions?: Partial<Record<Stripe.Event['type'], (sandbox: Sandbox, object: never) => void>>;
}
