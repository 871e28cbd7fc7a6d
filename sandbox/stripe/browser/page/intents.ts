import type { PaymentIntent, SetupIntent } from '@stripe/stripe-js';
import { askApi, type ApiAnswer } from '../api';
import type { Language } from '../words';
import { IntegrationError } from './integration-error';

export type Intent = PaymentIntent | SetupIntent;

/** Where the sandbox is, and as whom the page asks it. */
export interface Connection {
  origin: string;
  publishableKey: string;
  language: Language;
}

/** An intent as the page knows it: by its client secret, `pi_…_secret_…` or `seti_…_secret_…`. */
export interface IntentReference {
  id: string;
  clientSecret: string;
  /** What Stripe.js calls it in its answers. */
  name: 'paymentIntent' | 'setupIntent';
  path: string;
}

export function referenceOf(clientSecret: unknown): IntentReference {
  const match = typeof clientSecret === 'string' ? /^((pi|seti)_[A-Za-z0-9]+)_secret_[A-Za-z0-9]+$/.exec(clientSecret) : null;
  if (!match?.[1]) throw new IntegrationError(`Invalid value for clientSecret: it should be of the form \${id}_secret_\${secret}. You specified: ${String(clientSecret)}.`);
  const isPayment = match[2] === 'pi';
  return { id: match[1], clientSecret: String(clientSecret), name: isPayment ? 'paymentIntent' : 'setupIntent', path: `/v1/${isPayment ? 'payment_intents' : 'setup_intents'}/${match[1]}` };
}

export function retrieveIntent({ origin, publishableKey, language }: Connection, { path, clientSecret }: IntentReference): Promise<ApiAnswer<Intent>> {
  return askApi(origin, publishableKey, { method: 'GET', path, parameters: { client_secret: clientSecret }, language });
}

/** Confirms with the parameters of the API. */
export function confirmIntent({ origin, publishableKey, language }: Connection, { path, clientSecret }: IntentReference, parameters: Record<string, unknown>): Promise<ApiAnswer<Intent>> {
  return askApi(origin, publishableKey, { method: 'POST', path: `${path}/confirm`, parameters: { ...parameters, client_secret: clientSecret }, language });
}
