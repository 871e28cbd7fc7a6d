import type { StripeError } from '@stripe/stripe-js';
import { refusal, type Language } from './words';

export interface ApiRequest {
  method: 'GET' | 'POST';
  path: string;
  parameters?: Record<string, unknown>;
  /** Of the messages that a person reads. */
  language: Language;
}

/** Either the object, or Stripe's error with `payment_intent` or `setup_intent` inside where the API gives it. */
export type ApiAnswer<Shape> = { object: Shape; error?: undefined } | { object?: undefined; error: StripeError };

/** Milliseconds until an answer that does not come counts as none. */
const longestWait = 60_000;

function* pairs(value: unknown, name: string): Generator<[string, string]> {
  if (value === undefined || value === null) return;
  if (typeof value !== 'object') yield [name, String(value)];
  else for (const [key, inner] of Object.entries(value)) yield* pairs(inner, name ? `${name}[${key}]` : key);
}

/** One request with the publishable key. A refusal and a network that fails both come back as Stripe.js tells them. */
export async function askApi<Shape>(origin: string, publishableKey: string, { method, path, parameters = {}, language }: ApiRequest): Promise<ApiAnswer<Shape>> {
  const form = new URLSearchParams([...pairs(parameters, '')]);
  const url = method === 'GET' ? `${origin}${path}?${form}` : `${origin}${path}`;
  try {
    const response = await fetch(url, {
      method,
      headers: { authorization: `Bearer ${publishableKey}` },
      body: method === 'GET' ? undefined : form,
      credentials: 'omit',
      signal: AbortSignal.timeout(longestWait),
    });
    const body = (await response.json()) as { error?: StripeError };
    if (body.error) return { error: { ...body.error, message: refusal(language, body.error) } };
    return { object: body as Shape };
  } catch {
    return { error: { type: 'api_connection_error', message: language === 'zh' ? '无法连接到支付服务，请稍后重试。' : 'We could not reach the payment service. Try again in a moment.' } };
  }
}
