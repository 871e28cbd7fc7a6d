import { setTimeout as wait } from 'node:timers/promises';
import {
  Client, DEFAULT_RETRY_CONFIG, Environment, FileWrapper, OAuthAuthorizationController, OrdersController, PaymentsController, SubscriptionsController, TransactionSearchController, VaultController,
} from '@paypal/paypal-server-sdk';
import { AccessTokens } from './access-token';

/** What the adapter is told at the start. */
export interface PayPalGatewaySettings {
  clientId: string;
  clientSecret: string;
  /** PayPal's id of the webhook at which notices come; it is part of what is signed. */
  webhookId: string;
  environment: 'sandbox' | 'live';
  /** The local sandbox; undefined: PayPal itself. */
  apiBase?: URL | undefined;
  /** Whether PayPal is asked about the signature of every notice, instead of checking it here. */
  verifyOnline?: boolean;
  /** How long one request may take. 20 seconds unless told. */
  timeoutMilliseconds?: number;
  /** How often a request without an answer is sent again, with the same id. Twice unless told. */
  retries?: number;
}

type BuilderFactory = ReturnType<Client['getRequestBuilderFactory']>;
type Method = Parameters<BuilderFactory>[0];

export interface PlainRequest {
  method: Method;
  path: string;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is, with its own type. */
  form?: Blob;
  query?: Record<string, string>;
  requestId?: string;
}

/** Milliseconds before a request without an answer is sent again: about as much to twice as much. */
const firstWait = 250;
const tokenPath = '/v1/oauth2/token';

/**
 * PayPal's own client with what it lacks: the address of the local sandbox, and a token that is renewed in between when
 * PayPal refuses it. A request without an answer is sent again with its `PayPal-Request-Id`, so that it counts once.
 */
class PayPalClient extends Client {
  readonly #settings: PayPalGatewaySettings;
  readonly #tokens: AccessTokens;

  constructor(settings: PayPalGatewaySettings) {
    const { clientId, clientSecret, environment, timeoutMilliseconds = 20_000 } = settings;
    super({
      environment: environment === 'live' ? Environment.Production : Environment.Sandbox,
      // The token is set below; given one that never ends, the client asks for none of its own.
      clientCredentialsAuthCredentials: { oAuthClientId: clientId, oAuthClientSecret: clientSecret, oAuthToken: { accessToken: 'unset', tokenType: 'Bearer' } },
      // Its own repetition would send again what PayPal has refused, too.
      httpClientOptions: { timeout: timeoutMilliseconds, retryConfig: { ...DEFAULT_RETRY_CONFIG, maxNumberOfRetries: 0, retryOnTimeout: false } },
    });
    this.#settings = settings;
    const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
    this.#tokens = new AccessTokens(async () => (await new OAuthAuthorizationController(this).requestToken({ authorization })).result);
  }

  override getRequestBuilderFactory(): BuilderFactory {
    const original = super.getRequestBuilderFactory();
    return (...given) => {
      const builder = original(...given);
      builder.intercept(async (request, options, next) => {
        const { apiBase, retries = 2 } = this.#settings;
        const { pathname, search } = new URL(request.url);
        const addressed = apiBase ? { ...request, url: new URL(`${pathname}${search}`, apiBase).href } : request;
        if (pathname === tokenPath) return untilAnswered(retries, () => next(addressed, options));
        const send = (token: string) => untilAnswered(retries, () => next({ ...addressed, headers: { ...withoutAuthorization(addressed.headers), authorization: `Bearer ${token}` } }, options));
        const token = await this.#tokens.current();
        const answer = await send(token);
        return answer.response.statusCode === 401 ? send(await this.#tokens.renewed(token)) : answer;
      });
      return builder;
    };
  }
}

const isFailure = (status: number): boolean => status === 408 || status >= 500;

/** Sends a request again while there is no answer to it, or PayPal says that it failed, after ever longer waits. */
async function untilAnswered<T extends { response: { statusCode: number } }>(retries: number, send: () => Promise<T>): Promise<T> {
  for (let retry = 0; ; retry += 1) {
    try {
      const answer = await send();
      if (retry >= retries || !isFailure(answer.response.statusCode)) return answer;
    } catch (error) {
      if (retry >= retries) throw error;
    }
    await wait(firstWait * 2 ** retry * (1 + Math.random()));
  }
}

function withoutAuthorization(headers: Record<string, string> | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(headers ?? {}).filter(([name]) => name.toLowerCase() !== 'authorization'));
}

/** PayPal's API by its own client, and by plain requests where that has no words for it. */
export interface PayPal {
  orders: OrdersController;
  payments: PaymentsController;
  vault: VaultController;
  subscriptions: SubscriptionsController;
  transactions: TransactionSearchController;
  /** The answer's body as PayPal writes it; null for an empty one. */
  request(asked: PlainRequest): Promise<unknown>;
}

export function paypalClient(settings: PayPalGatewaySettings): PayPal {
  const client = new PayPalClient(settings);
  return {
    orders: new OrdersController(client),
    payments: new PaymentsController(client),
    vault: new VaultController(client),
    subscriptions: new SubscriptionsController(client),
    transactions: new TransactionSearchController(client),
    async request({ method, path, body, form, query, requestId }) {
      const builder = client.getRequestBuilderFactory()(method, path);
      if (body !== undefined) builder.json(body);
      if (form) builder.stream(new FileWrapper(form));
      if (query) builder.query(query);
      builder.acceptJson();
      if (requestId) builder.header('PayPal-Request-Id', requestId);
      builder.authenticate([]);
      const { result } = await builder.callAsText();
      return result === '' ? null : JSON.parse(result);
    },
  };
}
