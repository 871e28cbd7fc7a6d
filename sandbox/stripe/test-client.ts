import Stripe from 'stripe';
import { afterAll, beforeAll } from 'vitest';
import { startStripeSandbox, type StripeSandbox, type StripeSandboxOptions } from './server';

/** The real SDK, pointed at a sandbox. */
export function clientFor({ host, port, secretKey }: Pick<StripeSandbox, 'host' | 'port' | 'secretKey'>, config: ConstructorParameters<typeof Stripe>[1] = {}): Stripe {
  return new Stripe(secretKey, { host, port, protocol: 'http', maxNetworkRetries: 0, telemetry: false, ...config });
}

export interface SandboxForTests {
  sandbox: StripeSandbox;
  stripe: Stripe;
}

/** Starts a sandbox for a file of tests and closes it after them. */
export function useSandbox(options: StripeSandboxOptions = {}): SandboxForTests {
  const held = {} as SandboxForTests;
  beforeAll(async () => {
    held.sandbox = await startStripeSandbox(options);
    held.stripe = clientFor(held.sandbox);
  });
  afterAll(() => held.sandbox.close());
  return held;
}

/** The error that a promise was refused with; fails when it was kept. */
export async function refusal(promise: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  const kept = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in kept && kept.error instanceof Stripe.errors.StripeError) return kept.error;
  throw 'error' in kept ? kept.error : new Error(`Not refused: ${JSON.stringify(kept.value)}`);
}
