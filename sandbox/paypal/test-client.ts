import { ApiError, Client, OrdersController, PaymentsController, SubscriptionsController, TransactionSearchController, VaultController } from '@paypal/paypal-server-sdk';
import { afterAll, beforeAll } from 'vitest';
import { startPayPalSandbox, type PayPalSandbox, type PayPalSandboxOptions } from './server';

/** The real SDK has PayPal's own addresses built in: this one asks the sandbox instead. */
class SandboxClient extends Client {
  constructor(private readonly sandbox: PayPalSandbox) {
    super({ clientCredentialsAuthCredentials: { oAuthClientId: sandbox.clientId, oAuthClientSecret: sandbox.clientSecret }, httpClientOptions: { timeout: 2_000, retryConfig: { maxNumberOfRetries: 0 } as never } });
  }

  override getRequestBuilderFactory(): ReturnType<Client['getRequestBuilderFactory']> {
    const original = super.getRequestBuilderFactory();
    return (...given) => {
      const builder = original(...given);
      builder.interceptRequest((request) => ({ ...request, url: request.url.replace('https://api-m.sandbox.paypal.com', this.sandbox.url) }));
      return builder;
    };
  }
}

export interface Clients {
  orders: OrdersController;
  payments: PaymentsController;
  vault: VaultController;
  subscriptions: SubscriptionsController;
  transactions: TransactionSearchController;
}

/** The controllers of the real SDK, pointed at a sandbox. */
export function clientsFor(sandbox: PayPalSandbox): Clients {
  const client = new SandboxClient(sandbox);
  return {
    orders: new OrdersController(client),
    payments: new PaymentsController(client),
    vault: new VaultController(client),
    subscriptions: new SubscriptionsController(client),
    transactions: new TransactionSearchController(client),
  };
}

/** An access token of its own. */
export async function accessToken({ url, clientId, clientSecret }: PayPalSandbox): Promise<string> {
  const response = await fetch(`${url}/v1/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: 'grant_type=client_credentials',
  });
  return ((await response.json()) as { access_token: string }).access_token;
}

export interface PlainAnswer<T> {
  status: number;
  body: T;
}

/** Asks the API without the SDK, where that has no words for it. */
export async function ask<T = Record<string, never>>(sandbox: PayPalSandbox, method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<PlainAnswer<T>> {
  const response = await fetch(`${sandbox.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${await accessToken(sandbox)}`, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: (text === '' ? null : JSON.parse(text)) as T };
}

export interface SandboxForTests extends Clients {
  sandbox: PayPalSandbox;
}

/** Starts a sandbox for a file of tests and closes it after them. */
export function useSandbox(options: PayPalSandboxOptions = {}): SandboxForTests {
  const held = {} as SandboxForTests;
  beforeAll(async () => {
    const sandbox = await startPayPalSandbox(options);
    Object.assign(held, { sandbox, ...clientsFor(sandbox) });
  });
  afterAll(() => held.sandbox.close());
  return held;
}

/** PayPal's refusal of a promise: its status and the issue. Fails when it was kept. */
export async function refusal(promise: Promise<unknown>): Promise<{ status: number; issue: string | undefined; name: string | undefined; body: Record<string, unknown> }> {
  const error = await promise.then(
    (value) => {
      throw new Error(`Not refused: ${JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? String(one) : one))}`);
    },
    (reason: unknown) => reason,
  );
  if (!(error instanceof ApiError)) throw error;
  const body = JSON.parse(String(error.body)) as { name?: string; details?: { issue: string }[] } & Record<string, unknown>;
  return { status: error.statusCode, issue: body.details?.[0]?.issue, name: body.name, body };
}

/** An order's body for so much money. */
export const orderBody = (value: string, more: Record<string, unknown> = {}) => ({
  intent: 'CAPTURE' as never,
  purchaseUnits: [{ amount: { currencyCode: 'USD', value }, customId: 'custom-1', description: 'Ten credits' }],
  ...more,
});

/** Has a buyer pay so much; gives the capture's id. */
export async function paidCapture({ sandbox, orders }: Pick<SandboxForTests, 'sandbox' | 'orders'>, value: string): Promise<string> {
  const { result } = await orders.createOrder({ body: orderBody(value) });
  sandbox.approvals.approve(result.id!);
  const captured = await orders.captureOrder({ id: result.id!, prefer: 'return=representation' });
  return captured.result.purchaseUnits![0]!.payments!.captures![0]!.id!;
}
