import Stripe from 'stripe';

/** What the adapter is told at the start. */
export interface StripeGatewaySettings {
  secretKey: string;
  publishableKey: string;
  webhookSecret: string;
  /** The local sandbox; undefined: Stripe itself. */
  apiBase?: URL | undefined;
  /** How long one request may take. 20 seconds unless told. */
  timeoutMilliseconds?: number;
  /** How often a request without an answer is sent again, with the same key. Twice unless told. */
  retries?: number;
}

/** Stripe's own client, held to the API version that this folder was written for. Tells Stripe nothing but the requests. */
export function stripeClient({ secretKey, apiBase, timeoutMilliseconds = 20_000, retries = 2 }: StripeGatewaySettings): Stripe {
  return new Stripe(secretKey, {
    apiVersion: '2026-10-28.endive',
    timeout: timeoutMilliseconds,
    maxNetworkRetries: retries,
    telemetry: false,
    ...(apiBase && serverOf(apiBase)),
  });
}

function serverOf({ protocol, hostname, port }: URL) {
  const isPlain = protocol === 'http:';
  return { protocol: isPlain ? ('http' as const) : ('https' as const), host: hostname.replace(/^\[|\]$/g, ''), port: port || (isPlain ? '80' : '443') };
}
