import { afterAll, beforeAll } from 'vitest';
import type { NewCheckout } from '@/lib/billing/payments/gateway/checkouts';
import type { PaymentGateway } from '@/lib/billing/payments/gateway/gateway';
import { newId } from '@/lib/core/ids';
import type { PayPalGatewaySettings } from '@/lib/providers/paypal/client';
import { paypalGateway } from '@/lib/providers/paypal/gateway';
import { setupNamed } from '@/lib/providers/paypal/setups';
import { startPayPalSandbox, type PayPalSandbox, type PayPalSandboxOptions } from './server';

export interface SandboxForTests {
  sandbox: PayPalSandbox;
  gateway: PaymentGateway;
  settings(change?: Partial<PayPalGatewaySettings>): PayPalGatewaySettings;
}

/** A sandbox for a file of tests, with a gateway that speaks to it. */
export function useSandboxGateway(options: PayPalSandboxOptions = {}): SandboxForTests {
  const held = {} as SandboxForTests;
  beforeAll(async () => {
    const sandbox = await startPayPalSandbox({ settleAfter: 3_600_000, ...options });
    const { clientId, clientSecret, webhookId, url } = sandbox;
    const settings: SandboxForTests['settings'] = (change = {}) => ({ clientId, clientSecret, webhookId, environment: 'sandbox', apiBase: new URL(url), ...change });
    Object.assign(held, { sandbox, settings, gateway: paypalGateway(settings()) } satisfies SandboxForTests);
  });
  afterAll(() => held.sandbox.close());
  return held;
}

type Specifics = NewCheckout extends infer One ? (One extends NewCheckout ? Omit<One, 'idempotencyKey' | 'checkoutId' | 'accountId' | 'customer' | 'successUrl' | 'cancelUrl' | 'expiresAt' | 'language'> : never) : never;

/** What a page is asked for with. */
export function checkoutOf(specifics: Specifics, customer = newId('acc')): NewCheckout {
  const addresses = { successUrl: 'https://portal.example.com/success', cancelUrl: 'https://portal.example.com/cancel' };
  return { idempotencyKey: newId('req'), checkoutId: newId('co'), accountId: customer, customer, ...addresses, expiresAt: new Date(Date.now() + 3_600_000), language: 'en', ...specifics };
}

/** Stores the wallet of a buyer, and gives the gateway's name of it. */
export async function storeWallet({ sandbox, gateway }: SandboxForTests, buyer: 'pays' | 'declines_later' | 'pending' = 'pays', customer?: string): Promise<string> {
  const { reference } = await gateway.createCheckout(checkoutOf({ mode: 'setup', currency: 'USD' }, customer));
  sandbox.approvals.approve(setupNamed(reference)!.token, buyer);
  return (await gateway.readCheckout(reference)).setup!.method!.reference;
}
