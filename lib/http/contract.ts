import type { z } from 'zod';
import type { Permission } from '@/lib/auth/permissions';
import type { Context } from '@/lib/core/context';
import type { ErrorCode } from '@/lib/core/errors';

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** A file instead of the JSON envelope, such as a PDF. */
export class FileAnswer {
  constructor(
    readonly contentType: string,
    readonly fileName: string,
    readonly bytes: Uint8Array,
  ) {}
}

export type Idempotency = 'stored' | 'kept' | 'own';

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

export interface Input<Params, Query, Body> {
  params: Parsed<Params>;
  query: Parsed<Query>;
  body: Parsed<Body>;
  /** The Idempotency-Key header, where the caller sent one. */
  idempotencyKey: string | undefined;
}

/**
 * One operation of the API, written once: where it is, who may call it, what goes in and out, which errors it
 * answers, and the use case behind it. Routes mount it, the reference page and openapi.json describe it.
 */
export interface Contract<Params = unknown, Query = unknown, Body = unknown, Output = unknown> {
  /** Stable operation name, such as `upgradeSubscription`. */
  id: string;
  method: Method;
  /** With `{name}` for parameters: `/api/v1/billing/invoices/{id}`. */
  path: string;
  /** Further addresses of the same operation. */
  aliases?: readonly string[];
  group: string;
  summary: string;
  description?: string;
  /** What the caller needs; `public`: nothing, not even to say who they are, and the context's `accountId` is empty. */
  permission: Permission | 'public';
  params?: Params;
  query?: Query;
  body?: Body;
  output: Output;
  errors: readonly ErrorCode[];
  /**
   * What an Idempotency-Key on a POST does. `stored`, unless said otherwise: the answer is stored with the change and
   * repeated. `kept`: the operation commits on its own and its answer is kept afterwards. `own`: the use case does it all.
   * A function says it by the account, where the operation asks somebody else for some of them.
   */
  idempotency?: Idempotency | ((context: Context) => Promise<Idempotency>);
  /** Largest body in bytes; 64 KiB unless said. */
  bodyLimit?: number;
  /** A body to show in the reference. */
  example?: unknown;
  handle(context: Context, input: Input<Params, Query, Body>): Promise<Output extends z.ZodType ? z.input<Output> : FileAnswer>;
}

/** Any contract, whatever its schemas: method parameters are compared both ways, so no cast is needed. */
export type AnyContract = Contract<z.ZodType | undefined, z.ZodType | undefined, z.ZodType | undefined, z.ZodType | 'file'>;

/** Checks a contract's types and gives it back as one that can be mounted. */
export function contract<
  const Params extends z.ZodType | undefined,
  const Query extends z.ZodType | undefined,
  const Body extends z.ZodType | undefined,
  const Output extends z.ZodType | 'file',
>(definition: Contract<Params, Query, Body, Output>): AnyContract {
  return definition as unknown as AnyContract;
}
