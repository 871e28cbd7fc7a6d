import { randomBytes } from 'node:crypto';
import { Refusal } from './errors';
import { newId } from './ids';
import type { Sandbox } from './sandbox';

interface AccessToken {
  /** The token itself. */
  id: string;
  /** Milliseconds since 1970, in real time. */
  expires: number;
}

const tokens = (sandbox: Sandbox) => sandbox.tables.of<AccessToken>('access_token');

/** An error of OAuth, which has another form than those of the API. */
export class TokenRefusal extends Error {
  constructor(
    readonly status: number,
    readonly error: string,
    message: string,
  ) {
    super(message);
  }
}

/** Throws unless both are of the sandbox: PayPal's ids do not tell test from live, so that only plain ones are taken. */
export function refuseLiveCredentials(clientId: string, clientSecret: string): void {
  for (const [name, value] of [['client id', clientId], ['client secret', clientSecret]] as const) {
    if (!value.startsWith('sandbox')) throw new Error(`The sandbox takes no credentials of a PayPal account: its ${name} must begin with "sandbox". Talk to PayPal itself with yours.`);
  }
}

/** Gives a token for the client id and secret: https://developer.paypal.com/api/rest/authentication/ */
export function issueToken(sandbox: Sandbox, authorization: string | undefined, form: URLSearchParams) {
  const { clientId, clientSecret, tokenLifetime } = sandbox.settings;
  const [scheme = '', value = ''] = (authorization ?? '').split(/\s+/, 2);
  const given = /^basic$/i.test(scheme) ? Buffer.from(value, 'base64').toString('utf8') : '';
  if (given !== `${clientId}:${clientSecret}`) throw new TokenRefusal(401, 'invalid_client', 'Client Authentication failed');
  if (form.get('grant_type') !== 'client_credentials') throw new TokenRefusal(400, 'unsupported_grant_type', 'Grant Type is NULL or not supported');
  const rows = tokens(sandbox);
  for (const old of rows.where(({ expires }) => expires < Date.now())) rows.delete(old.id);
  const { id } = rows.insert({ id: `A21AA${randomBytes(48).toString('base64url')}`, expires: Date.now() + tokenLifetime * 1_000 });
  return {
    scope: 'https://uri.paypal.com/services/payments/payment https://uri.paypal.com/services/payments/refund https://uri.paypal.com/services/vault/payment-tokens/readwrite https://uri.paypal.com/services/subscriptions https://uri.paypal.com/services/disputes/read-seller https://uri.paypal.com/services/reporting/search/read',
    access_token: id,
    token_type: 'Bearer',
    app_id: 'APP-SANDBOX',
    expires_in: tokenLifetime,
    nonce: `${new Date().toISOString()}${newId.request()}`,
  };
}

/** Throws PayPal's 401 unless the request has a token that is alive. */
export function authenticate(sandbox: Sandbox, authorization: string | undefined): void {
  const [scheme = '', value = ''] = (authorization ?? '').split(/\s+/, 2);
  if (!/^bearer$/i.test(scheme)) throw new Refusal(401, 'AUTHENTICATION_FAILURE', 'Authentication failed due to missing authorization header, or invalid authentication credentials.');
  const known = tokens(sandbox).get(value);
  if (!known) throw new TokenRefusal(401, 'invalid_token', 'Access Token not found in cache');
  if (known.expires <= Date.now()) throw new TokenRefusal(401, 'invalid_token', 'The token passed in was not found in the system, or has expired');
}

/** From now on nobody has a token that is alive. */
export function expireTokens(sandbox: Sandbox): void {
  for (const token of tokens(sandbox).all()) token.expires = 0;
}
