import { SandboxClock } from '../server/clock';
import { serve, type Served } from '../server/serve';
import { answerApi } from './api';
import { refuseLiveKey } from './authentication';
import { stripeControlRoutes } from './control-routes';
import { stripeControls, type StripeControls } from './controls';
import { resources } from './resources';
import { Sandbox } from './sandbox';

export interface StripeSandboxOptions {
  /** 0, a free one, unless told. */
  port?: number;
  secretKey?: string;
  publishableKey?: string;
  /** Where events are sent, and the secret that signs them. */
  webhook?: { url: string; secret: string };
  /** Keeps the state over a restart; in memory only unless told. */
  stateFile?: string;
  /** Milliseconds that bank debits and the like take; two seconds unless told. */
  settleAfter?: number;
  clock?: SandboxClock;
}

export interface StripeSandbox extends StripeControls, Served {
  secretKey: string;
  publishableKey: string;
}

const crossOrigin = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, HEAD, POST, DELETE, OPTIONS',
  'access-control-allow-headers': 'authorization, content-type, idempotency-key, stripe-version, x-stripe-client-user-agent',
  'access-control-expose-headers': 'request-id, stripe-version, idempotent-replayed, stripe-should-retry',
  'access-control-max-age': '300',
};

const errors = {
  tooLarge: { error: { type: 'invalid_request_error', message: 'Request body too large.' } },
  internal: { error: { type: 'api_error', message: 'An unknown error occurred' } },
};

/** Starts a stand-in for Stripe on this machine: one account, by default empty and in memory. Throws for live keys. */
export async function startStripeSandbox(options: StripeSandboxOptions = {}): Promise<StripeSandbox> {
  const { port = 0, secretKey = 'sk_test_sandbox', publishableKey = 'pk_test_sandbox', settleAfter = 2_000, webhook, stateFile, clock = new SandboxClock() } = options;
  refuseLiveKey(secretKey);
  refuseLiveKey(publishableKey);
  const sandbox = new Sandbox({ secretKey, publishableKey, settleAfter, webhook, stateFile }, clock, resources);
  const controls = stripeControls(sandbox);
  const served = await serve({
    sandbox, pages: sandbox.pages, controls, controlRoutes: stripeControlRoutes, crossOrigin, errors,
    answerApi: ({ method, url, headers, body }) => answerApi(sandbox, { method, path: url.pathname, query: url.search.slice(1), headers, body }),
  }, port);
  return { ...controls, ...served, secretKey, publishableKey };
}
