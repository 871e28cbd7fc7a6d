import { SandboxClock } from '../server/clock';
import { serve, type Served } from '../server/serve';
import { refuseLiveCredentials } from './access-tokens';
import { answerApi } from './api';
import { signingCertificate } from './certificate';
import { paypalControlRoutes } from './control-routes';
import { paypalControls, type PayPalControls } from './controls';
import { resources } from './resources';
import { Sandbox } from './sandbox';

export interface PayPalSandboxOptions {
  /** 0, a free one, unless told. */
  port?: number;
  /** Begins with `sandbox`, as does the secret. */
  clientId?: string;
  clientSecret?: string;
  /** Where events are sent, and the id of the webhook, `WH-SANDBOX` unless told. */
  webhook?: { url: string; id?: string };
  /** Seconds that an access token lives; nine hours unless told. */
  tokenLifetime?: number;
  /** Keeps the state over a restart; in memory only unless told. */
  stateFile?: string;
  /** Milliseconds that reviews and slow refunds take; two seconds unless told. */
  settleAfter?: number;
  clock?: SandboxClock;
}

/** Its address is the base of the API, and where the approval page and `/sdk/js` are. */
export interface PayPalSandbox extends PayPalControls, Served {
  clientId: string;
  clientSecret: string;
  webhookId: string;
  /** The certificate, as PEM, of the authority that issued the one which signs events. */
  rootCertificate: string;
}

const defaultWebhookId = 'WH-SANDBOX';

const errors = {
  tooLarge: { name: 'PAYLOAD_TOO_LARGE', message: 'The request is too large.' },
  internal: { name: 'INTERNAL_SERVER_ERROR', message: 'An internal server error has occurred.' },
};

/** Starts a stand-in for PayPal on this machine: one seller's account, by default empty and in memory. Throws for credentials of another. */
export async function startPayPalSandbox(options: PayPalSandboxOptions = {}): Promise<PayPalSandbox> {
  const { port = 0, clientId = 'sandbox-client', clientSecret = 'sandbox-secret', tokenLifetime = 32_400, settleAfter = 2_000, stateFile, clock = new SandboxClock() } = options;
  refuseLiveCredentials(clientId, clientSecret);
  const webhookId = options.webhook?.id ?? defaultWebhookId;
  const webhook = options.webhook && { url: options.webhook.url, id: webhookId };
  const sandbox = new Sandbox({ clientId, clientSecret, tokenLifetime, settleAfter, webhook, stateFile }, clock, resources, await signingCertificate());
  const controls = paypalControls(sandbox);
  const served = await serve({
    sandbox, pages: sandbox.pages, controls, controlRoutes: paypalControlRoutes, errors,
    answerApi: ({ method, url, headers, body }) => answerApi(sandbox, { method, path: url.pathname, query: url.searchParams, headers, body }),
  }, port);
  return { ...controls, ...served, clientId, clientSecret, webhookId, rootCertificate: sandbox.certificate.root };
}
