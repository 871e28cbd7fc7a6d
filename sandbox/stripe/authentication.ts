import { Refusal } from './errors';
import type { Access } from './resource';
import type { SandboxSettings } from './sandbox';

const liveKey = /^(sk|pk|rk)_live_/;

/** Throws for a key of a live account: nothing that is real may ever come here. */
export function refuseLiveKey(key: string): void {
  if (liveKey.test(key)) throw new Error(`The sandbox takes no live keys, and was given ${key.slice(0, 8)}… Use a test key, or talk to Stripe itself.`);
}

function keyOf(authorization: string | undefined): string {
  const [scheme = '', value = ''] = (authorization ?? '').split(/\s+/, 2);
  if (/^bearer$/i.test(scheme)) return value;
  if (/^basic$/i.test(scheme)) return Buffer.from(value, 'base64').toString('utf8').split(':')[0]!;
  return '';
}

const hidden = (key: string): string => (key.length <= 12 ? key.replace(/.(?=.{4})/g, '*') : `${key.slice(0, 8)}${'*'.repeat(key.length - 12)}${key.slice(-4)}`);

const unauthorised = (message: string, code?: string): Refusal => new Refusal(401, { type: 'invalid_request_error', message, ...(code && { code }) });

/** Tells which half of the API a request may use. Throws Stripe's 401. */
export function authenticate(authorization: string | undefined, { secretKey, publishableKey }: SandboxSettings): Access {
  const key = keyOf(authorization);
  if (key === secretKey) return 'secret';
  if (key === publishableKey) return 'publishable';
  if (key === '') {
    throw unauthorised(
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See https://stripe.com/docs/api#authentication for details, or we can help at https://support.stripe.com/.",
    );
  }
  if (liveKey.test(key)) throw unauthorised(`The sandbox takes no live keys: ${hidden(key)}`, 'testmode_charges_only');
  throw unauthorised(`Invalid API Key provided: ${hidden(key)}`);
}

/** Throws for a call that the publishable key may not make. */
export function refusePublishable(): never {
  throw unauthorised('This API call cannot be made with a publishable API key. Please use a secret API key. You can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.', 'secret_key_required');
}
